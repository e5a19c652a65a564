"""The frame around every page: style, banner, heading."""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.access import User
from indicators.catalogue import Catalogue, Fault
from indicators.store.durability import store_errors
from indicators.ui import html

CSS = Path(__file__).parent / "style.css"
SLIDES = Path(__file__).parent / "slides.css"

PUBLIC = "Die Zahlen sind amtlich und öffentlich, die Zielwerte sind erfunden."
INVENTED = "Auch Stellen, Ziele und Beschlüsse sind erfunden."


def _about(catalogue: Catalogue) -> str:
    """What a sample is; one without figures says it itself."""
    if catalogue.city.invented:
        return INVENTED
    return PUBLIC if catalogue.base_figures else html.plain(" ".join(catalogue.city.note.split()))


def style() -> None:
    """Our own few rules of style; everything else is the theme in .streamlit/config.toml."""
    st.html(CSS)


def slides() -> None:
    """The wall: no sidebar, no header, large type, a page of paper a slide."""
    st.html(SLIDES)


def banner(catalogue: Catalogue, writable: bool, refusal: str = store_errors.FULL) -> None:
    """Says on every page that nothing can be saved just now, and that a sample is a sample or its figures invented."""
    if not writable:
        why = refusal.removeprefix("Nicht gespeichert: ").partition(". ")[0]
        st.error(
            f"**Zurzeit kann nichts gespeichert werden:** {why}. "
            "Alle gespeicherten Zahlen lassen sich weiter ansehen. Bitte sagen Sie der Administration Bescheid.",
            icon=":material/error:",
        )
    if catalogue.city.caution:
        st.info(
            f"**Beispiel {html.plain(catalogue.city.name)}{': erfundene Zahlen' if catalogue.city.invented else ''}.** "
            f"{_about(catalogue)} So sieht eine eingerichtete Anwendung aus.",
            icon=":material/info:",
        )


def print_head(city: str, state: str, day: str) -> None:
    """On paper, above every page and on each further sheet: city, state of the data, and the day of printing."""
    said = " · ".join(part for part in (state, f"gedruckt am {day}") if part)
    html.template("print_head", city=city, said=said)
    html.further_sheets(f"{city} · {said}")


def navigation_head(title: str) -> None:
    """Above the pages of one kind; our script makes a group of what stands below it (browser.js)."""
    html.template("navigation_head", title=title)


def help_link(title: str, chapter: str) -> None:
    """Beside the title of a page."""
    html.template("help_link", title=title, chapter=chapter)


def foot() -> None:
    """Below everything that is ever shown, also to strangers: what the law wants within reach of every page."""
    html.template("foot")


def screen_only(key: str) -> DeltaGenerator:
    """A place for what is no use on paper: forms with their headings."""
    return st.container(key=f"screen-only-{key}")


def faulty(faults: Sequence[Fault], *, office: bool) -> None:
    """Says on every page that the definition files are faulty: to the office what, to others that all goes on."""
    if not office:
        st.info(
            "Die Definitionen werden gerade bearbeitet. Bis das abgeschlossen ist, gilt die letzte Fassung weiter.",
            icon=":material/info:",
        )
        return
    st.error(
        "**Der Katalog enthält Fehler.** Bis sie behoben sind, gilt die letzte fehlerfreie Fassung weiter.",
        icon=":material/error:",
    )
    with st.expander("1 Fehler" if len(faults) == 1 else f"{len(faults)} Fehler"):
        html.template("faults", faults=faults)


def offered() -> None:
    """Says to the office on every page that the folder of the definitions has changed and nothing of it holds yet."""
    st.info(
        "Im Ordner des Katalogs liegen geänderte Dateien. Sie gelten nicht von selbst: Auf der Seite "
        "„Katalog ändern“ übernehmen Sie sie oder lassen sie liegen.",
        icon=":material/folder_open:",
    )


def refuse(reason: str) -> None:
    """Instead of everything, where nobody may be served."""
    st.title("Die Anwendung ist nicht freigegeben")
    st.error(html.plain(reason), icon=":material/block:")


def ask_to_log_in(expired: bool) -> None:
    """Instead of everything, for someone who is not known."""
    st.title("Integrationsmonitoring")
    if expired:
        st.write("**Ihre Anmeldung ist abgelaufen.** Bitte melden Sie sich neu an.")
    else:
        st.write("Bitte melden Sie sich mit Ihrem Dienstkonto an.")
    st.button("Anmelden", type="primary", on_click=st.login, icon=":material/login:")


def no_access(name: str, leave: Callable[[], None]) -> None:
    """Instead of everything, for someone who is known but has no role."""
    st.title("Noch kein Zugang")
    st.write(
        f"Sie sind angemeldet als {html.plain(name) or 'Unbekannt'}, haben hier aber noch keine Rolle. "
        "Bitte wenden Sie sich an die Stabsstelle Integration oder an die Administration."
    )
    log_out("leave", leave)


def forbidden() -> None:
    """Instead of a page that this person may not open."""
    st.title("Dafür fehlt Ihnen das Recht")
    st.write("Diese Seite gehört nicht zu Ihrer Rolle. Die Seiten, die Sie öffnen können, stehen links.")


def who(user: User, leave: Callable[[], None]) -> None:
    """Name, roles and the way out, below the navigation."""
    html.template("who", person=user.name, roles=user.words)
    log_out("sidebar", leave)


def log_out(key: str, leave: Callable[[], None]) -> None:
    st.button("Abmelden", on_click=leave, key=f"logout-{key}", icon=":material/logout:")


def unavailable(reason: str) -> None:
    """Where the database cannot be asked; a click tries again."""
    st.title("Die Datenbank ist nicht verfügbar")
    st.error(html.plain(reason), icon=":material/error:")
    st.button("Noch einmal versuchen", key="try-again", icon=":material/refresh:")


def apologise() -> None:
    """For faults of ours: says that nothing is lost; the details are in the log."""
    st.error(
        "**Diese Seite konnte nicht vollständig angezeigt werden.** An den gespeicherten Zahlen hat sich nichts "
        "geändert. Bitte laden Sie die Seite neu. Wenn es wieder geschieht, sagen Sie der Administration Bescheid; "
        "die Einzelheiten stehen im Protokoll.",
        icon=":material/error:",
    )
