"""What can be set, called and allowed, as one page in German: `python -m tests.reference > docs/nachschlagen.md`.

A setting, an option or a right without its words here fails the test of the page.
"""

from collections.abc import Iterator

import click

from indicators import german
from indicators.__main__ import main
from indicators.access import GRANTS, Action, Role
from indicators.access.matrix import Scope
from indicators.finding_codes import SECTIONS
from indicators.samples import SAMPLES
from indicators.settings import Settings

SETTINGS = {
    "home": "Ordner der eigenen Installation: Definitionen, Datenbank, Einstellungen. Ohne ihn läuft ein Beispiel.",
    "cities": "Ordner mit den Ordnern vieler Städte (docs/skalierung.md); nur als Umgebungsvariable, statt `home`.",
    "host": "Nur bei vielen Städten: der Rechnername, unter dem diese zu erreichen ist, oder eine Liste davon.",
    "city_claim": "Nur bei vielen Städten, zu `role_claim`: Feld der Anmeldung mit den Ordnernamen der Städte, in "
    "denen die Rollen gelten.",
    "sample": f"Welches Beispiel gezeigt wird: {german.enumeration([f'`{name}`' for name in SAMPLES], 'oder')}.",
    "definitions": "Ordner der Definitionsdateien, falls nicht `definitions` im Ordner der Installation.",
    "database": "Die Datenbank, falls nicht `data/monitoring.duckdb` im Ordner der Installation.",
    "store": "Wo mehrere Rechner Daten teilen: `ducklake:postgres:dbname=… host=…`; leer: die Datei `database`.",
    "store_folder": "Ordner der Datendateien dazu, auf allen Rechnern derselbe.",
    "ring": "Vergleichsring mit anderen Städten: `ducklake:postgres:dbname=… host=…` oder eine Datei; leer: keiner.",
    "ring_folder": "Ordner der Datendateien des Rings, mit ganzem Pfad.",
    "ring_member": "Kürzel der Stadt im Ring; kein zweites Mitglied darf es haben.",
    "ring_leads": "Das Land: Sein Katalog ist die gemeinsame Definition des Rings.",
    "memory_limit": "Wie viel Arbeitsspeicher die Datenbank höchstens nimmt.",
    "local_user": "Wie die Person heißt, die ohne Anmeldung am selben Rechner arbeitet.",
    "login_required": "Ohne eingerichtete Anmeldung nicht starten. Auf jedem Server einschalten.",
    "name_claim": "Feld der Anmeldung, das sagt, wer jemand ist.",
    "role_claim": "Feld der Anmeldung, aus dem Rollen kommen; leer: Rollen werden in der Anwendung vergeben.",
    "role_values": "Welcher Wert dieses Feldes welche Rolle gibt.",
    "reporter_claim": "Feld der Anmeldung, das sagt, für welche Stellen jemand liefert.",
    "session_hours": "Nach so vielen Stunden ist eine Anmeldung zu Ende.",
    "keep_daily": "Wie viele tägliche Sicherungen bleiben; 0 macht keine.",
    "keep_monthly": "Von wie vielen Monaten die letzte Sicherung bleibt.",
    "erase_after_days": "Tage, nach denen eine nicht übernommene Datei ihren Inhalt verliert; 0 behält alle.",
    "names_for_months": "Monate, in denen Seiten den Namen zu einem Vorgang nennen, danach die Funktion; 0 immer.",
    "smtp_host": "Der Mailserver, über den Vorlagen und Erinnerungen gehen; leer: es wird nichts gesendet.",
    "smtp_port": "Sein Anschluss: meist 587 mit `starttls`, 465 mit `tls`.",
    "smtp_security": "Verschlüsselung: `starttls`, `tls` oder `none` (nur für einen Server im eigenen Netz).",
    "smtp_user": "Benutzer am Mailserver; leer: ohne Anmeldung.",
    "smtp_password": "Sein Kennwort. Besser als Umgebungsvariable als in der Datei.",
    "smtp_sender": "Absender der E-Mails, zum Beispiel `Stabsstelle Integration <integration@stadt.de>`.",
    "smtp_ca_file": "Zertifikat der eigenen Zertifizierungsstelle, wenn der Mailserver eines von dort hat.",
    "smtp_timeout": "Nach so vielen Sekunden ohne Antwort des Mailservers wird aufgegeben.",
    "mail_office": "Wohin Termine gehen, die keiner Stelle gehören (Beschlüsse, Beratungen); leer: nur auf die Seite.",
}
PLACES = ("home", "definitions", "database")
FOLLOWS = "city"
"""What no file says: it is the name of the folder."""
ACTIONS = {
    Action.TEMPLATE: "Vorlage einer Stelle holen",
    Action.DELIVER: "Arbeitsmappen prüfen lassen und übernehmen, Einträge von Listen ändern",
    Action.WITHDRAW: "Lieferungen zurückziehen und wieder gelten lassen",
    Action.HISTORY: "sehen, wer wann geliefert hat",
    Action.ORIGINAL: "Originaldateien und ihre Befunde öffnen",
    Action.TRUE_VALUES: "kleine Zahlen sehen, die für andere gesperrt sind",
    Action.NON_PUBLIC: "nichtöffentliche Beratungen lesen",
    Action.FUNDING: "Vereinbarungen mit Trägern, Zuwendungen und Leistungszahlen sehen",
    Action.FINANCES: "Einnahmen, Ausgaben und Belege eines Trägers im Einzelnen sehen",
    Action.EXPORT: "herunterladen, was eine Seite zeigt",
    Action.RELEASE: "Kennzahlen und Berichte freigeben und Freigaben beenden",
    Action.MEETINGS: "Gremien, Sitzungen, Folien, Protokolle, Beschlüsse und Vorlagen führen",
    Action.AGREE: "beschlossene Ziele eintragen und zurücknehmen",
    Action.COMMENT: "Bemerkungen schreiben und zurücknehmen",
    Action.WRITE_REPORT: "Texte des Berichts schreiben, Berichte einfrieren",
    Action.REMIND: "Vorlagen und Erinnerungen per E-Mail senden, ihren Wortlaut ändern",
    Action.DEFINE: "den Katalog ändern",
    Action.BACKUP: "Sicherungen machen, holen und zurückspielen",
    Action.AUDIT: "sehen, wer was geändert hat",
    Action.ERASE: "den Inhalt einer Datei auf Dauer löschen",
    Action.CONTRIBUTE: "zum Städtevergleich einwilligen, beitragen, zurückziehen",
    Action.PUBLISH_DEFINITIONS: "gemeinsame Definitionen veröffentlichen (nur das Land)",
    Action.ASSIGN_ROLES: "Rollen geben und nehmen",
}
ROLES = {
    Role.ADMINISTRATOR: "Administration", Role.OFFICE: "Stabsstelle", Role.REPORTER: "Stelle",
    Role.STEERING: "Steuerungsgruppe", Role.READER: "Lesende",
}  # fmt: skip
SCOPES = {Scope.ALL: "ja", Scope.OWN: "eigene", None: "–"}


TITLE = "# Nachschlagen: Einstellungen, Befehle, Rechte, Prüfhinweise"


def page() -> str:
    return "\n".join([TITLE, "", *_settings(), *_commands(), *_rights(), *_findings()])


def _settings() -> Iterator[str]:
    yield "## Einstellungen"
    yield ""
    yield "In `settings.toml` im Ordner der Installation, oder als Umgebungsvariable; sie gewinnt."
    yield ""
    yield "| Einstellung | Umgebung | was sie bewirkt | Vorgabe |"
    yield "|---|---|---|---|"
    for name, field in Settings.model_fields.items():
        if name == FOLLOWS:
            continue
        usual = (
            "–"
            if name in ("home", "definitions", "database") or field.default in ("", {}, None)
            else f"`{field.default}`"
        )
        yield f"| `{name}` | `MONITORING_{name.upper()}` | {SETTINGS[name]} | {usual} |"
    yield ""


def _commands() -> Iterator[str]:
    yield "## Befehle"
    yield ""
    for called, command in leaves(main, "python -m indicators"):
        places = " ".join(one.make_metavar(click.Context(command)) for one in command.params if _is_place(one))
        yield f"**`{called} {places}`**".replace(" `**", "`**")
        yield " ".join((command.help or "").split("\n\n")[0].split())
        yield ""
        options = [one for one in command.params if isinstance(one, click.Option)]
        yield from (f"- `{'`, `'.join(one.opts)} {one.metavar or ''}".rstrip() + f"`: {one.help}" for one in options)
        yield from [""] if options else []


def _is_place(one: click.Parameter) -> bool:
    return isinstance(one, click.Argument)


def leaves(command: click.Command, called: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from leaves(inner, f"{called} {name}")
    else:
        yield called, command


def _rights() -> Iterator[str]:
    yield "## Rechte"
    yield ""
    yield "„eigene“: nur für die Stellen, für die jemand liefert."
    yield ""
    yield f"| was | {' | '.join(ROLES.values())} |"
    yield "|---" * (len(ROLES) + 1) + "|"
    for action in Action:
        yield f"| {ACTIONS[action]} | {' | '.join(SCOPES[GRANTS[role].get(action)] for role in ROLES)} |"
    yield ""


def _findings() -> Iterator[str]:
    yield "## Prüfhinweise"
    yield ""
    yield "Der Hinweis selbst nennt Namen, Zahlen und Zelle. Das Kürzel steht bei jeder begründeten Warnung im Archiv."
    yield ""
    for section, codes in SECTIONS.items():
        yield f"### {section}"
        yield ""
        yield "| Kürzel | was es heißt | was zu tun ist |"
        yield "|---|---|---|"
        yield from (f"| `{code}` | {said.words} | {said.remedy} |" for code, said in codes.items())
        yield ""


if __name__ == "__main__":
    print(page(), end="")
