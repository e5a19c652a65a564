"""The knowledge that is shown: of today, of the end of a day, or of a numbered state of the data."""

from collections.abc import Mapping
from datetime import date, datetime

import streamlit as st

from indicators import german
from indicators.ledger import archive
from indicators.moments import end_of_day, local_day, parse_day
from indicators.store import Store
from indicators.ui import address, dead_links, html, session

MOMENT = "stand"
NOW = "heute"
SHOWN = "shown-moment"
LONGEST_NUMBER = 9
NEAR = 3


def moment() -> datetime | None:
    """What the page is to show; None is today."""
    return st.session_state.get(SHOWN)


def choose() -> None:
    """What is picked beside the navigation, or named by the address.

    A state that does not exist ends the page, and is kept nowhere.
    """
    store, chosen = session.store(), st.session_state.setdefault(MOMENT, NOW)
    days = _days(store)
    if (wanted := address.followed(MOMENT)) is not None:
        if wanted != NOW and at(store, wanted, days) is None:
            _stop(wanted, days)
        chosen = wanted
    picked = _picked(chosen, days)
    st.session_state[MOMENT] = picked
    address.note(MOMENT, picked)
    if picked != NOW:
        _banner(picked, days, "Zu sehen ist, was damals bekannt war. Was seither geliefert wurde, fehlt.")
    st.session_state[SHOWN] = at(store, picked, days)


def elsewhere() -> None:
    """On a page that does not follow the chosen state: says so where one is chosen."""
    wanted, days = address.followed(MOMENT), _days(session.store())
    if wanted is not None and (wanted == NOW or at(session.store(), wanted, days)):
        st.session_state[MOMENT] = wanted
    chosen = st.session_state.setdefault(MOMENT, NOW)
    address.note(MOMENT, chosen)
    if chosen != NOW:
        _banner(chosen, days, "Er gilt auf den anderen Seiten; diese hier richtet sich nicht danach.")


def at(store: Store, code: str, days: Mapping[date, str]) -> datetime | None:
    """The moment that a day (2026-11-14) or the number of a state of the data (nr57) stands for; None for no such."""
    if (number := number_in(code.removeprefix("nr"))) is not None and code.startswith("nr"):
        return archive.moment_of(store, number)
    day = parse_day(code)
    known = day is not None and days and min(days) <= day <= max(local_day(session.now()), *days)
    return end_of_day(day) if day and known else None


def number_in(text: str) -> int | None:
    """A number as an address writes it: a few digits 0 to 9. „²“ is a digit as well, and no number."""
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if plain else None


def _days(store: Store) -> dict[date, str]:
    """The days that can be chosen, each with what it is: the meetings first, then those on which something came."""
    changed = sorted({local_day(at.to_pydatetime()) for at in archive.history(store)["happened_at"]}, reverse=True)
    if not changed:
        return {}
    today = local_day(session.now())
    meetings = [day for day in sorted(session.catalogue().city.meetings, reverse=True) if changed[-1] <= day <= today]
    return dict.fromkeys(meetings, "Sitzung") | {day: "" for day in changed if day not in meetings}


def _picked(chosen: str, days: Mapping[date, str]) -> str:
    options = [NOW, *(day.isoformat() for day in days)]
    options += [chosen] if chosen not in options else []
    with st.sidebar:
        picked = st.selectbox(
            "Stand der Daten",
            options,
            index=options.index(chosen),
            key=f"filter-stand-{chosen}",
            format_func=lambda code: _title(code, days),
        )
        st.caption("Alle Seiten zeigen, was zu diesem Zeitpunkt bekannt war.")
    return picked


def _title(code: str, days: Mapping[date, str]) -> str:
    if code == NOW:
        return NOW
    if code.startswith("nr"):
        return f"Datenstand Nr. {code[2:]}"
    day = date.fromisoformat(code)
    return f"{days[day]} am {german.day(day)}" if days.get(day) else german.day(day)


def _banner(chosen: str, days: Mapping[date, str], text: str) -> None:
    """On every page and on paper, so that nobody takes an earlier state for today's."""
    title = f"Früherer Stand: {_title(chosen, days)}."
    others = {name: value for name, value in st.query_params.to_dict().items() if name != MOMENT}
    link = html.link(st.session_state.get("page", ""), **{**others, MOMENT: NOW})
    html.template("as_of", title=title, text=text, address=link)


def _stop(wanted: str, days: Mapping[date, str]) -> None:
    """Offers today, and the states that lie nearest to what was asked for."""
    day = parse_day(wanted)
    ordered = sorted(days, key=lambda other: abs((other - day).days)) if day else list(days)
    near = {NOW: "heute"} | {other.isoformat(): _title(other.isoformat(), days) for other in ordered[:NEAR]}
    said = f"den Stand vom {german.day(day)}" if day else f"den Stand „{wanted}“"
    why = "Dieser Tag liegt in der Zukunft." if day and days and day > max(days) else "Den gibt es nicht."
    if day and days and day < min(days):
        why = f"Damals war noch nichts geliefert; die ersten Zahlen kamen am {german.day(min(days))}."
    dead_links.stop("Stand der Daten nicht gefunden", f"Die Adresse nennt {said}. {why}", MOMENT, near)
