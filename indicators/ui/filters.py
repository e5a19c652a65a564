"""What a person picks. Each choice stands in the address, by code, so that a link shows the same view again.

A link that names what does not exist says so (`dead_links`), and nothing else is shown in its place.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.attainment import Status
from indicators.catalogue import ActionField, Catalogue, Indicator
from indicators.figures import SCALE
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Breakdown
from indicators.ui import address, dead_links, html
from indicators.ui.ending import PageEnds

NO_INDICATOR = "Es gibt noch keine Kennzahl. Die Stabsstelle legt sie auf der Seite „Katalog ändern“ an."
NOT_KEPT_UP = " (wird nicht mehr geführt)"


def choice(
    label: str,
    options: Sequence[str],
    parameter: str,
    title: Callable[[str], str],
    now: Callable[[str], str] = str,
    bare: bool = False,
) -> str:
    """One of the codes, from the address first; written back to the address. `now` gives a code of before its own.

    `bare` leaves the label to those who listen.
    """
    key = f"filter-{parameter}"
    followed = address.followed(parameter, st.session_state.get(key))
    if followed is not None:
        wanted = now(followed)
        if wanted not in options:
            _instead(label, options, parameter, title)
            near = dead_links.nearest(wanted, {code: title(code) for code in options})
            text = f"Die Adresse nennt „{wanted}“ als {label}. Das gibt es hier nicht oder nicht mehr."
            dead_links.stop(f"{label} nicht gefunden", text, parameter, near)
        st.session_state[key] = wanted
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    seen: Literal["visible", "collapsed"] = "collapsed" if bare else "visible"
    picked = st.selectbox(label, options, key=key, format_func=title, label_visibility=seen)
    address.note(parameter, picked)
    return picked


def _instead(label: str, options: Sequence[str], parameter: str, title: Callable[[str], str]) -> None:
    """The same choice, without an answer: whoever makes one goes on with it."""
    key = f"filter-{parameter}"
    picked = st.selectbox(
        label, options, index=None, key=f"{key}-instead", format_func=title, placeholder="Bitte wählen"
    )
    if picked is not None:
        st.session_state[key] = picked
        address.note(parameter, picked)
        address.write()  # a rerun begins with the address of now
        st.rerun()


def choices(
    label: str,
    options: Sequence[str],
    parameter: str,
    title: Callable[[str], str],
    place: DeltaGenerator | None = None,
) -> list[str]:
    """Some of the codes, at least one; the first where nothing is picked. A single one need not be asked for.

    They are asked for in `place`; what is wrong with a link is told where it is called.
    """
    key = f"filter-{parameter}"
    wanted = _listed(label, options, parameter, title)
    if wanted is not None:
        st.session_state[key] = wanted
    kept = [code for code in st.session_state.get(key) or [] if code in options]
    st.session_state[key] = kept or [options[0]]
    if len(options) == 1:
        _say_absent(parameter, options)
        return [options[0]]
    with place or nullcontext():
        picked = st.pills(
            label, options, selection_mode="multi", key=key, format_func=lambda code: html.plain(title(code))
        ) or [options[0]]
    address.note(parameter, ",".join(picked))
    _say_absent(parameter, picked)
    return list(picked)


def _listed(label: str, options: Sequence[str], parameter: str, title: Callable[[str], str]) -> list[str] | None:
    """The codes that the address asks for anew. Where none of them exists, the page ends; see `_say_absent`."""
    wanted = address.followed(parameter)
    if wanted is None:
        return None
    found = [code for code in dict.fromkeys(wanted.split(",")) if code in options]
    absent = dead_links.absent(wanted, options)
    names = ", ".join(f"„{code}“" for code in absent)
    text = f"Die Adresse nennt bei „{label}“ {names}. Das gibt es hier nicht oder nicht mehr."
    if absent and not found:
        near = dead_links.nearest(absent[0], {code: title(code) for code in options})
        dead_links.stop(f"{label} nicht gefunden", text, parameter, near)
    st.session_state[f"absent-{parameter}"] = (found, text) if absent else None
    return found


def _say_absent(parameter: str, picked: Sequence[str]) -> None:
    """Names what a link asked for in vain, until something else is picked."""
    kept = st.session_state.get(f"absent-{parameter}")
    if kept and list(picked) == kept[0]:
        st.warning(html.plain(f"{kept[1]} Gezeigt ist nur der Rest."), icon=":material/link_off:")


def field(catalogue: Catalogue) -> ActionField:
    titles = {field.code: f"{field.code} – {field.title}" for field in catalogue.fields}
    return catalogue.field(choice("Handlungsfeld", list(titles), "feld", titles.__getitem__))


def indicator(snapshot: Snapshot, first: Collection[str] = (), *, bare: bool = False) -> Indicator:
    """Those in `first` come before those with figures, and these before the others."""
    known = snapshot.catalogue.indicators
    if not known:
        st.info(NO_INDICATOR, icon=":material/info:")
        raise PageEnds
    codes = sorted(known, key=lambda code: (known[code].retired, code not in first, code not in snapshot.delivered))
    titles = {code: f"{code} {known[code].title}{NOT_KEPT_UP if known[code].retired else ''}" for code in codes}
    now = snapshot.catalogue.current_indicator
    return snapshot.catalogue.indicator(choice("Kennzahl", codes, "kennzahl", titles.__getitem__, now, bare=bare))


def step_to(indicator: Indicator) -> None:
    """Goes to another indicator, as if it had been picked; for buttons' callbacks."""
    st.session_state["filter-kennzahl"] = indicator.code


def breakdowns(snapshot: Snapshot, shown: Indicator, place: DeltaGenerator | None = None) -> list[Breakdown]:
    """The breakdowns to show, among those that were delivered for the city itself."""
    delivered = [series.breakdown for series in snapshot.series[shown.code]]
    catalogue = snapshot.catalogue
    own = [b for b in catalogue.breakdowns_shown(shown) if b in delivered and not catalogue.is_elsewhere(b)]
    own = own or [shown.headline]
    ordered = {b.code or "gesamt": b for b in sorted(own, key=lambda b: b != shown.headline)}
    titles = {code: snapshot.catalogue.title_of(group) for code, group in ordered.items()}
    picked = choices("Gliederung", list(ordered), "gruppe", titles.__getitem__, place)
    return [ordered[code] for code in picked]


def areas(snapshot: Snapshot, shown: Indicator, place: DeltaGenerator | None = None) -> list[Breakdown]:
    """The comparison areas to show, in the headline's breakdown; none by default."""
    delivered = {series.breakdown for series in snapshot.series[shown.code]}
    places = snapshot.catalogue.comparison
    members = snapshot.catalogue.dimensions[places].members if places else ()
    options = {m.code: m.title for m in members if shown.headline.with_(places, m.code) in delivered}
    with place or nullcontext():
        picked = several("Vergleich mit", options, "vergleich", "Land oder andere Stadt wählen")
    return [shown.headline.with_(places, code) for code in picked]


def several(label: str, options: Mapping[str, str], parameter: str, placeholder: str) -> list[str]:
    """Any number of the codes, in the order in which they were picked; none by default. `options` are the titles."""
    key = f"filter-{parameter}"
    wanted = _listed(label, list(options), parameter, options.__getitem__)
    if wanted is not None:
        st.session_state[key] = wanted
    if not options:
        return []
    st.session_state[key] = [code for code in st.session_state.get(key) or [] if code in options]
    picked = st.multiselect(label, list(options), key=key, format_func=options.__getitem__, placeholder=placeholder)
    address.note(parameter, ",".join(picked))
    _say_absent(parameter, picked)
    return list(picked)


def status() -> Callable[[Status], bool]:
    """Only the indicators of one status, as a link from the overview asks for; all by default."""
    titles = {"alle": "alle"} | {found.value: found.word for found in SCALE}
    picked = choice("Status", list(titles), "status", titles.__getitem__)
    return lambda found: picked in ("alle", found.value)


def view(*, bare: bool = False) -> str:
    """Chart or table; `bare` leaves the label to those who listen."""
    titles = {"diagramm": "Diagramm", "tabelle": "Tabelle"}
    key = "filter-ansicht"
    if (wanted := address.followed("ansicht")) in titles:
        st.session_state[key] = wanted
    st.session_state.setdefault(key, "diagramm")
    seen: Literal["visible", "collapsed"] = "collapsed" if bare else "visible"
    picked = st.segmented_control(
        "Ansicht", list(titles), key=key, format_func=titles.__getitem__, required=True, label_visibility=seen
    )
    address.note("ansicht", picked or "diagramm")
    return picked or "diagramm"


def outlook(snapshot: Snapshot, shown: Indicator, place: DeltaGenerator | None = None) -> bool:
    """Whether the range of the forecast is drawn; not asked where there is none."""
    assessment = snapshot.assessment(shown.code)
    if assessment is None or assessment.forecast is None:
        return False
    key = "filter-ausblick"
    if (wanted := address.followed("ausblick")) is not None:
        st.session_state[key] = wanted == "ja"
    st.session_state.setdefault(key, False)
    with place or nullcontext():
        picked = st.toggle("Ausblick zeigen", key=key)
    address.note("ausblick", "ja" if picked else "nein")
    return picked


def search(example: str = "Zum Beispiel: Kita, Sprache, Jobcenter") -> str:
    """A word to search for, kept in the address."""
    key = "filter-suche"
    if (wanted := address.followed("suche")) is not None:
        st.session_state[key] = wanted[:LONGEST]
    word = st.text_input("Suche", key=key, placeholder=example, max_chars=LONGEST)
    address.note("suche", word)
    return word


def forget_unoffered(key: str, options: Sequence[object]) -> None:
    """Drops a kept choice that is no longer on offer, because the catalogue has changed since."""
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)


LONGEST = 80
