"""The knowledge that is shown: of today, of the end of a day, or of a numbered state of the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from indicators import german
from indicators.knowledge.bodies import BodyKind
from indicators.knowledge.meeting_records import Meeting, meetings
from indicators.ledger import archive
from indicators.moments import end_of_day, local_day, parse_day
from indicators.store import Store
from indicators.ui import address, dead_links, html, session

MOMENT = "stand"
NOW = "heute"
SHOWN = "shown-moment"
MEETING = "sitzung"
LONGEST_NUMBER = 9
NEAR = 3


@dataclass(frozen=True)
class States:
    """What can be chosen: `titles` by code (meetings first, then days), `days` those on which something came or that
    were a meeting's, `moments` those of meetings that look at another knowledge than that of the end of their day."""

    titles: Mapping[str, str]
    days: tuple[date, ...]
    moments: Mapping[str, datetime]


def moment() -> datetime | None:
    """What the page is to show; None is today."""
    return st.session_state.get(SHOWN)


def choose() -> None:
    """What is picked beside the navigation, or named by the address.

    A state that does not exist ends the page, and is kept nowhere.
    """
    store, chosen = session.store(), st.session_state.setdefault(MOMENT, NOW)
    states = _states(store)
    if (wanted := address.followed(MOMENT)) is not None:
        if wanted != NOW and at(store, wanted, states) is None:
            _stop(wanted, states)
        chosen = wanted
    picked = _picked(chosen, states)
    st.session_state[MOMENT] = picked
    address.note(MOMENT, picked)
    if picked != NOW:
        _banner(picked, states, "Zu sehen ist, was damals bekannt war. Was seither geliefert wurde, fehlt.")
    st.session_state[SHOWN] = at(store, picked, states)


def elsewhere() -> None:
    """On a page that does not follow the chosen state: says so where one is chosen."""
    wanted, states = address.followed(MOMENT), _states(session.store())
    if wanted is not None and (wanted == NOW or at(session.store(), wanted, states)):
        st.session_state[MOMENT] = wanted
    chosen = st.session_state.setdefault(MOMENT, NOW)
    address.note(MOMENT, chosen)
    if chosen != NOW:
        _banner(chosen, states, "Er gilt auf den anderen Seiten; diese hier richtet sich nicht danach.")


def at(store: Store, code: str, states: States) -> datetime | None:
    """The moment that a day (2026-11-14), a meeting (sitzung12) or the number of a state of the data (nr57) stands for;
    None for no such."""
    if code in states.moments:
        return states.moments[code]
    if (number := number_in(code.removeprefix("nr"))) is not None and code.startswith("nr"):
        return archive.moment_of(store, number)
    day, days = parse_day(code), states.days
    known = day is not None and days and min(days) <= day <= max(local_day(session.now()), *days)
    return end_of_day(day) if day and known else None


def said(*, dated: bool) -> str:
    """The state of the data that the page shows, for paper; today's where the page follows no chosen one."""
    store, shown = session.store(), moment() if dated else None
    known = archive.last_until(store, shown or archive.present(store, session.now()))
    return f"Datenstand {german.moment(known[1])}, Nr. {known[0]}" if known else "noch keine Daten"


def code_of(meeting: Meeting) -> str:
    """The state of the data that a meeting looks at, as an address names it."""
    return f"{MEETING}{meeting.number}" if meeting.settled else meeting.held_on.isoformat()


def number_in(text: str) -> int | None:
    """A number as an address writes it: a few digits 0 to 9. „²“ is a digit as well, and no number."""
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if plain else None


def _states(store: Store) -> States:
    """The meetings first, then the days on which something came."""
    changed = sorted({local_day(at.to_pydatetime()) for at in archive.history(store)["happened_at"]}, reverse=True)
    if not changed:
        return States({}, (), {})
    today = local_day(session.now())
    held = [one for one in meetings(store) if changed[-1] <= one.held_on <= today]
    same: dict[str, list[Meeting]] = {}  # several bodies on one day look at the same
    for one in held:
        same.setdefault(code_of(one), []).append(one)
    titles = {
        code: f"{german.enumeration([_said(one) for one in group])} am {german.day(group[0].held_on)}"
        for code, group in same.items()
    }
    plain = {day.isoformat(): german.day(day) for day in changed if day.isoformat() not in titles}
    days = tuple(dict.fromkeys([*(one.held_on for one in held), *changed]))
    return States(titles | plain, days, {code_of(one): one.moment for one in held if one.settled})


def _said(meeting: Meeting) -> str:
    """„Sitzung“ is the steering group's; others are named."""
    return "Sitzung" if meeting.body.kind is BodyKind.STEERING else meeting.body.name


def _picked(chosen: str, states: States) -> str:
    options = [NOW, *states.titles]
    options += [chosen] if chosen not in options else []
    with st.sidebar:
        picked = st.selectbox(
            "Stand der Daten",
            options,
            index=options.index(chosen),
            key=f"filter-stand-{chosen}",
            format_func=lambda code: _title(code, states),
        )
        st.caption("Alle Seiten zeigen, was zu diesem Zeitpunkt bekannt war.")
    return picked


def _title(code: str, states: States) -> str:
    if code == NOW or code in states.titles:
        return states.titles.get(code, NOW)
    return f"Datenstand Nr. {code[2:]}" if code.startswith("nr") else german.day(date.fromisoformat(code))


def _banner(chosen: str, states: States, text: str) -> None:
    """On every page and on paper, so that nobody takes an earlier state for today's."""
    title = f"Früherer Stand: {_title(chosen, states)}."
    others = {name: value for name, value in st.query_params.to_dict().items() if name != MOMENT}
    link = html.link(st.session_state.get("page", ""), **{**others, MOMENT: NOW})
    html.template("as_of", title=title, text=text, address=link)


def _stop(wanted: str, states: States) -> None:
    """Offers today, and the states that lie nearest to what was asked for."""
    day, days = parse_day(wanted), states.days
    ordered = sorted(days, key=lambda other: abs((other - day).days)) if day else list(days)
    near = {NOW: "heute"} | {other.isoformat(): _title(other.isoformat(), states) for other in ordered[:NEAR]}
    said = f"den Stand vom {german.day(day)}" if day else f"den Stand „{wanted}“"
    why = "Dieser Tag liegt in der Zukunft." if day and days and day > max(days) else "Den gibt es nicht."
    if day and days and day < min(days):
        why = f"Damals war noch nichts geliefert; die ersten Zahlen kamen am {german.day(min(days))}."
    dead_links.stop("Stand der Daten nicht gefunden", f"Die Adresse nennt {said}. {why}", MOMENT, near)
