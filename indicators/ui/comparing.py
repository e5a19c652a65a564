"""Comparing cities on the screen: one indicator in one group, and the statuses of all."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from indicators.boards import cities as board
from indicators.boards.cities import Topic
from indicators.figures import Figure
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.ring import Ring, Shared
from indicators.ring.comparing import City, groups, members
from indicators.ring.comparing import cities as known_cities
from indicators.ui import as_of, filters, html, kept_ring, session, show
from indicators.ui.ending import PageEnds

Figures = Callable[[], tuple[Figure, Figure]]
TOTAL = "gesamt"
NOTHING_SHARED = (
    "In diesem Vergleichsring sind noch keine gemeinsamen Definitionen veröffentlicht. Das tut das Land auf dieser "
    "Seite unter „Veröffentlichen“."
)
NOT_OURS = "Die eigene Stadt ist nicht dabei: Für diese Kennzahl und Gruppe hat sie nichts beigetragen."
NOBODY = "Für diese Kennzahl und Gruppe ist kein Wert zu sehen. Wer Werte zeigen will, willigt unter „Mitmachen“ ein."


def shared(ring: Ring, moment: datetime | None) -> Shared:
    """The definitions of a moment, None meaning now; without any the page says so and ends."""
    found = kept_ring.shared(ring, moment)
    if not found.indicators:
        st.info(NOTHING_SHARED, icon=":material/info:")
        raise PageEnds
    return found


def panel(ring: Ring) -> None:
    """Choose indicator, group, period and cities; the cities beside each other, and over time."""
    moment = as_of.moment()
    known = shared(ring, moment)
    titles = {code: f"{code} {known.entry(code).indicator.title}" for code in known.indicators}
    which, part, when = st.columns([3, 2, 2])
    with which:
        code = filters.choice("Kennzahl", list(titles), "gemeinsam", titles.__getitem__)
    with part:
        group = _group(ring, known, code, moment)
    everyone = kept_ring.cities(ring, code, group, moment)
    with when:
        period = _period(everyone)
    names = {one.member: one.name for one in everyone if one.member != ring.member}
    picked = filters.several("Nur diese Städte vergleichen", names, "staedte", "alle Städte des Rings")
    if period is None:
        st.info(NOBODY, icon=":material/info:")
        _not_compared(everyone)
        return
    topic = Topic(
        known.entry(code), board.group_title(known.library, group), known.unit(code), ring.member, _looked_from(moment)
    )
    wanted = frozenset((*(picked or names), ring.member))

    def figures() -> tuple[Figure, Figure]:
        found = _chosen(known_cities(ring, code, group, moment), wanted)
        return board.beside_each_other(topic, found, period), board.over_time(topic, found)

    shown = repr((kept_ring.state(ring), code, group.code, str(period), moment, picked))
    _show(topic, _chosen(everyone, wanted), period, figures, shown)


def _chosen(everyone: Sequence[City], wanted: frozenset[str]) -> list[City]:
    return [one for one in everyone if one.member in wanted]


def _show(topic: Topic, found: Sequence[City], period: Period, figures: Figures, state: str) -> None:
    """Both figures; what is fetched of them is made of what the ring shows then."""
    beside, course = board.beside_each_other(topic, found, period), board.over_time(topic, found)
    if not any(one.member == topic.own and one.points for one in found):
        st.caption(NOT_OURS)
    show.show(beside, again=(lambda: figures()[:1], state))
    if beside.spec is not None:
        show.table(beside)
    show.show(course, again=(lambda: figures()[1:], state))


def _group(ring: Ring, known: Shared, code: str, moment: datetime | None) -> Breakdown:
    """The headline first, then all in which some city shows something."""
    headline = known.entry(code).indicator.headline
    options = {one.code or TOTAL: one for one in (headline, *groups(ring, code, moment))}
    titles = {name: board.group_title(known.library, one) for name, one in options.items()}
    return options[filters.choice("Gruppe", list(options), "teil", titles.__getitem__)]


def _period(everyone: Sequence[City]) -> Period | None:
    options = {str(period): period for period in board.periods(everyone)}
    if not options:
        return None
    return options[filters.choice("Zeitraum", list(options), "zeitraum", lambda name: options[name].label)]


def _not_compared(everyone: Sequence[City]) -> None:
    html.template("ring_absent", cities=everyone)


def _looked_from(moment: datetime | None) -> datetime:
    return moment or session.now()


def overview(ring: Ring) -> None:
    """Where the city itself stands with everything, and the statuses of all cities."""
    moment = as_of.moment()
    known = shared(ring, moment)
    titles = {code: known.entry(code).indicator.title for code in known.indicators}
    units = {code: known.unit(code) for code in titles}
    decimals = {code: known.entry(code).indicator.decimals for code in titles}

    def places() -> Figure:
        found = kept_ring.standings(ring, known, moment)
        return board.own_places(titles, units, decimals, found, _looked_from(moment))

    def stand() -> Figure:
        found, names = kept_ring.statuses(ring, moment), members(ring, moment)
        return board.status_matrix(titles, names, found, _looked_from(moment))

    state = repr((kept_ring.state(ring), moment))
    for make in (places, stand):
        figure = make()
        if figure.frame.empty:
            st.subheader(html.plain(figure.title))
            st.write("Dazu zeigt der Ring noch nichts.")
        else:
            show.show(figure, again=(lambda make=make: [make()], state))  # type: ignore[misc]
