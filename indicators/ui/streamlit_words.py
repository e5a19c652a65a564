"""Streamlit's own English words and what our readers see in their place.

Its browser code has no translations. `browser.js` puts these where they show; a test looks each of them up in the
pinned version, so that a newer one cannot bring English back unnoticed.
"""

EXACT = {
    # files
    "Add files": "Dateien auswählen",
    "Upload": "Hochladen",
    "Drag and drop files here": "Dateien hierher ziehen",
    "Drag and drop a file here": "Datei hierher ziehen",
    "Click to retry upload": "Noch einmal hochladen",
    "file upload": "Dateien auswählen",
    "Upload failed": "Hochladen fehlgeschlagen",
    "Error:": "Fehler:",
    "Error": "Fehler",
    "Connection lost. Please wait for the app to reconnect, then try again.": (
        "Die Verbindung ist unterbrochen. Bitte warten Sie, bis sie wieder steht, und versuchen Sie es noch einmal."
    ),
    # choices and fields
    "Open": "Auswahl öffnen",
    "Clear value": "Auswahl leeren",
    "Clear all": "Alle entfernen",
    "Clear entry": "Eingabe leeren",
    "Selected values": "Ausgewählt",
    "Selectbox options": "Auswahl",
    "Multiselect options": "Auswahl",
    "Choose an option": "Bitte wählen",
    "Choose options": "Bitte wählen",
    "Dismiss": "Schließen",
    "No results": "Nichts gefunden",
    "Select all": "Alle auswählen",
    "Pagination": "Seiten der Liste",
    "Previous page": "Vorige Seite",
    "Next page": "Nächste Seite",
    "Invalid input.": "Diese Eingabe ist nicht gültig.",
    # frame
    "Skip to main content": "Zum Inhalt springen",
    "Sidebar": "Seitenleiste",
    "Expand sidebar": "Seitenleiste öffnen",
    "Collapse sidebar": "Seitenleiste schließen",
    "Main menu": "Hauptmenü",
    "Notifications": "Mitteilungen",
    "Link to heading": "Link zu dieser Überschrift",
    "Fullscreen": "Vollbild",
    "Close fullscreen": "Vollbild schließen",
    "Show data": "Daten zeigen",
    "Show chart": "Diagramm zeigen",
    "Download as PNG": "Als Bild (PNG) herunterladen",
    "Copy Vega-Lite spec": "Zeichenvorschrift (Vega-Lite) kopieren",
    "Copy to clipboard": "In die Zwischenablage kopieren",
    "Copied!": "Kopiert",
    "Close": "Schließen",
    "Cancel": "Abbrechen",
    "Print": "Drucken",
    "Rerun": "Neu laden",
    "Running...": "Wird berechnet …",
    "Stop": "Anhalten",
    "Stopping...": "Wird angehalten …",
    "Please wait...": "Bitte warten …",
    "Download failed": "Das Herunterladen ist fehlgeschlagen. Bitte laden Sie die Seite neu.",
    # connection
    "Connecting": "Verbindung wird hergestellt",
    "Connecting to Streamlit server": "Die Verbindung zum Server wird hergestellt",
    "Unable to connect to Streamlit server": "Der Server ist nicht zu erreichen",
    "Connection error": "Keine Verbindung zum Server",
    "Connection timed out.": "Der Server antwortet nicht.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": (
        "Der Server antwortet nicht. Sobald er wieder läuft, verbindet sich diese Seite von selbst."
    ),
    "Streamlit server is not responding. Are you connected to the internet?": (
        "Der Server antwortet nicht. Sobald er wieder zu erreichen ist, verbindet sich diese Seite von selbst."
    ),
    "Network issue": "Keine Verbindung",
    "To fix this, simply reload this app by pressing": "Laden Sie die Seite neu mit",
    "Page not found": "Seite nicht gefunden",
    "Script execution error": "Fehler in der Anwendung",
}

PATTERNS = {
    r"^Press Enter to apply$": "mit der Eingabetaste übernehmen",
    r"^Press (?:Enter|Ctrl\+Enter|⌘\+Enter) to submit form$": "mit der Eingabetaste absenden",
    r"^Help for (.+)$": "Erläuterung zu $1",
    r"^Remove (.+)$": "$1 entfernen",
    r"^Page (\d+)$": "Seite $1",
    r"^Cancel upload of (.+)$": "Hochladen von $1 abbrechen",
    r"^Select (\d+) matches$": "$1 Treffer auswählen",
    r"^Add: (.+)$": "Hinzufügen: $1",
    r"^File must be (\d+)(?:\.(\d+))? ?([KMG]?B) or smaller\.$": "Die Datei ist zu groß; erlaubt sind höchstens $1 $3.",
    r"^(.+) files are not allowed\.$": "Dateien der Art $1 sind nicht erlaubt.",
    r"^(\d+)(?:\.0)?([KMG]?B) per file$": "höchstens $1 $2 je Datei",
    r"^(\d+) options? available\.$": "Einträge zur Auswahl: $1.",
    r"^(.+), selected$": "$1, ausgewählt",
    r"^(.+), not selected$": "$1, nicht ausgewählt",
    r"^(\d+)(?:\.0)?([KMG]?B)$": "$1 $2",
    r"^(\d+)\.(\d+)([KMG]?B)$": "$1,$2 $3",
    r"^(.+), (\d+)(?:\.0)?([KMG]?B)$": "$1, $2 $3",
    r"^(.+), (\d+)\.(\d+)([KMG]?B)$": "$1, $2,$3 $4",
    r"^The page that you have requested does not seem to exist\. Running the app's main page\.$": (
        "Diese Seite gibt es nicht. Gezeigt wird die Übersicht."
    ),
    r"^You have requested page /(.+), but no corresponding file was found in the app's pages/ directory\. "
    r"Running the app's main page\.$": "Die Seite „$1“ gibt es nicht. Gezeigt wird die Übersicht.",
    r"^(Connection|Network|Request) (failed|error|aborted|timed out).*$": "Die Verbindung zum Server ist abgebrochen.",
    r"^group mark container$": "Zeichnung",
    r"^shape mark container$": "Gebiete",
    r"^Request failed with status code 413$": "Die Datei ist zu groß.",
    r"^Request failed with status code (\d+)$": "Der Server hat abgelehnt (Nummer $1).",
}
