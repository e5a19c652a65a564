"""Every Prüfhinweis that there is: its code, what it says in general, and what to do.

A finding itself says it with names, numbers and the cell. A code that is not here cannot be raised (`model.Finding`);
decisions, records of accepted warnings and tests hang on the code, never on the sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    words: str
    remedy: str


AGAIN = "Die Datei noch einmal hochladen."
AS_BOUNDARIES = "Als GeoJSON, TopoJSON oder ZIP-Datei mit dem Shapefile hochladen."
AS_XLSX = "In Excel über „Speichern unter“ als Excel-Arbeitsmappe (.xlsx) speichern."
ASSIGN = "Beim Hochladen zuordnen; das geschieht nur einmal."
CHECK = "Prüfen; wenn es stimmt, den Grund nennen."
ENTER = "Eintragen."
EXPORTED_AGAIN = "Im Geoinformationssystem noch einmal ausgeben."
FRESH = "Die Vorlage neu herunterladen und die Zahlen übertragen."
LESS = "Nur die benötigten Blätter in eine neue Arbeitsmappe kopieren."
LOOK = "In der Vorschau ansehen; zu tun ist nichts, wenn es stimmt."
NEW_SAVED = "Die Datei in Excel öffnen und neu speichern."
NOTHING = "Nichts."

OF_THE_FILE: Mapping[str, Code] = {
    "empty-file": Code("Die Datei ist leer.", AGAIN),
    "damaged": Code("Die Datei ist beschädigt oder unvollständig übertragen.", AGAIN),
    "no-workbook": Code("Die Datei ist keine Excel-Arbeitsmappe.", AS_XLSX),
    "old-format": Code("Die Datei hat das alte Format .xls.", AS_XLSX),
    "password": Code("Die Arbeitsmappe ist mit einem Kennwort geschützt.", "Den Kennwortschutz entfernen."),
    "too-large": Code("Die Datei ist zu groß.", "Blätter und Bilder entfernen, die nicht gebraucht werden."),
    "too-large-unpacked": Code("Die Datei ist entpackt zu groß.", LESS),
    "too-many-parts": Code("Die Arbeitsmappe besteht aus zu vielen Teilen.", LESS),
    "too-many-sheets": Code("Die Arbeitsmappe hat zu viele Blätter.", LESS),
    "too-many-cells": Code("Die Arbeitsmappe hat zu viele gefüllte Zellen.", LESS),
    "too-many-merges": Code("Ein Blatt hat zu viele verbundene Bereiche.", "Den Zellverbund in Excel aufheben."),
    "merge-too-large": Code("Ein Blatt ist fast ganz zu einer Zelle verbunden.", "Den Zellverbund in Excel aufheben."),
    "beyond-grid": Code("Ein Wert steht weiter unten oder rechts, als gelesen wird.", LESS),
    "tables-too-large": Code("Die Tabellen eines Blattes sind zu groß, um sie auszuwerten.", LESS),
    "sheet-missing": Code("Die Liste der Blätter in der Datei ist beschädigt.", AS_XLSX),
    "unsafe-parts": Code("Die Datei enthält Teile, die nicht sicher gelesen werden können.", AS_XLSX),
    "dtd": Code("Die Datei enthält eine Dokumenttyp-Definition und wird nicht gelesen.", AS_XLSX),
    "not-safely-read": Code("Die Datei konnte nicht sicher gelesen werden.", AS_XLSX),
    "macros": Code("Die Arbeitsmappe enthält Makros; sie wurden nicht ausgeführt.", "Ohne Makros speichern (.xlsx)."),
    "external-links": Code("Die Arbeitsmappe verweist auf andere Dateien; es gelten die gespeicherten Werte.", CHECK),
    "dates-1904": Code("Die Arbeitsmappe zählt Datumswerte ab 1904; sie wurden umgerechnet.", NOTHING),
    "hidden-sheet": Code("Ein Blatt ist ausgeblendet.", LOOK),
    "hidden-rows": Code("Ausgeblendete Zeilen haben Inhalt.", LOOK),
    "hidden-columns": Code("Ausgeblendete Spalten haben Inhalt.", LOOK),
    "chart-sheet": Code("Ein Diagrammblatt wurde übergangen.", NOTHING),
    "under-merge": Code("Unter verbundenen Zellen ist Inhalt verborgen.", "Den Zellverbund aufheben."),
    "error-cells": Code("In Zellen steht ein Fehlerwert von Excel.", "Die Formeln in Excel berichtigen."),
    "uncalculated": Code("Formeln haben kein berechnetes Ergebnis.", NEW_SAVED),
    "doubled-cells": Code("Eine Zelle steht mehrfach in der Datei.", NEW_SAVED),
    "readers-differ": Code("Zwei Leseprogramme sehen Zellen verschieden.", "Diese Zellen mit Excel vergleichen."),
    "no-cross-check": Code("Die Gegenprobe mit einem zweiten Leseprogramm war nicht möglich.", NOTHING),
}
OF_A_TEMPLATE: Mapping[str, Code] = {
    "not-a-template": Code("Die Arbeitsmappe ist keine Vorlage dieser Anwendung.", FRESH),
    "old-template": Code("Die Vorlage ist von früher und passt nicht mehr.", FRESH),
    "broken-template": Code("Der verborgene Aufbau der Vorlage ist beschädigt.", FRESH),
    "edited-map": Code("Der verborgene Aufbau der Vorlage wurde verändert.", FRESH),
    "template-of-predecessor": Code("Die Vorlage ist die einer Stelle, die es nicht mehr gibt.", NOTHING),
    "missing-sheet": Code("Ein Blatt der Vorlage fehlt.", "Das Blatt wiederherstellen. " + FRESH),
    "doubled-sheet": Code("Ein Blatt der Vorlage steht mehrfach da.", FRESH),
    "ignored-sheet": Code("Ein Blatt, das nicht zur Vorlage gehört, wurde nicht gelesen.", LOOK),
    "moved-cells": Code("Eingabezellen wurden verschoben.", FRESH),
    "merged-input": Code("Eine Eingabezelle liegt unter verbundenen Zellen.", "Den Zellverbund aufheben."),
    "hidden-input": Code("Eingabezellen sind ausgeblendet; sie wurden gelesen.", LOOK),
    "changed-label": Code("Eine Beschriftung der Vorlage ist anders als beim Herunterladen.", FRESH),
    "beside-template": Code("Neben den Eingabezellen steht etwas, das nicht gelesen wird.", CHECK),
    "not-a-number": Code("Hier gehört eine Zahl hin.", "Eine Zahl oder ein Zeichen eintragen."),
    "two-readings": Code("Die Zahl lässt sich auf zwei Arten lesen.", "Die Zahl eindeutig schreiben."),
    "percent-for-count": Code("Gefragt ist eine Anzahl, hier steht ein Prozentwert.", "Die Anzahl eintragen."),
    "share-or-percent": Code("Anteil oder Prozentwert: beides kann gemeint sein.", CHECK),
    "unknown-remark": Code("Den Zusatz neben einer Zahl gibt es nicht.", "p, r, s oder ( ) verwenden."),
    "remark-refused": Code(
        "Eine Bemerkung sagt, was sie nicht sagen darf, oder ist zu lang.", "Ändern oder streichen."
    ),
    "remark-without-value": Code("Neben einer Bemerkung steht kein Wert.", "Den Wert eintragen, auch als Zeichen."),
    "footnote": Code("Eine Fußnote an einer Zahl wurde nicht gelesen.", LOOK),
}
OF_OWN_TABLES: Mapping[str, Code] = {
    "unknown-layout": Code("Die Arbeitsmappe ist keine Vorlage; was sie bedeutet, ist noch nicht gesagt.", ASSIGN),
    "list-open": Code("Was die Spalten und Wörter einer eigenen Liste bedeuten, ist noch nicht ganz gesagt.", ASSIGN),
    "open-label": Code("Was eine Beschriftung bedeutet, ist noch offen.", ASSIGN),
    "open-figure": Code("Welche Grundzahl gemeint ist, ist noch offen.", ASSIGN),
    "open-unit": Code("Welche Einheit gemeint ist, ist noch offen.", ASSIGN),
    "open-period": Code("Welcher Zeitraum gemeint ist, ist noch offen.", ASSIGN),
    "open-doubt": Code("Eine Zahl lässt sich nicht sicher lesen.", ASSIGN),
    "open-sign": Code("Was ein Zeichen bedeutet, ist noch offen.", ASSIGN),
    "open-fraction": Code("Ob Anteil oder Prozent gemeint ist, ist noch offen.", ASSIGN),
    "table-doubt": Code("Beim Lesen der Tabelle blieb etwas unsicher.", LOOK),
    "remarks": Code("Bemerkungen in der Tabelle wurden nicht übernommen.", LOOK),
    "footnotes": Code("Fußnoten in der Tabelle wurden nicht übernommen.", LOOK),
    "left-out": Code("Zellen wurden ausgelassen, weil es so entschieden ist.", LOOK),
    "repeated": Code("Derselbe Wert steht in mehreren Zellen; er wird einmal gezählt.", LOOK),
    "ranges-by-hand": Code("Die Bereiche der Tabelle sind von Hand gewählt.", CHECK),
    "period-by-hand": Code("Der Zeitraum ist von Hand bestimmt.", LOOK),
    "word-as-sign": Code("Ein Wort gilt als Zeichen.", LOOK),
    "fractions": Code("Anteile wurden mal 100 genommen.", LOOK),
    "unread-cells": Code("Zahlen neben der Tabelle wurden nicht gelesen.", "Das Blatt prüfen."),
    "unread-sheet": Code("Auf einem Blatt mit Zahlen ist keine Tabelle zu erkennen.", "Das Blatt prüfen."),
    "single-cell-rows": Code("Zeilen mit nur einer gefüllten Zelle wurden nicht als Einträge gelesen.", LOOK),
    "other-title": Code("Titel oder Blattname sind anders als beim letzten Mal.", CHECK),
    "renamed-label": Code("Eine Beschriftung ist anders geschrieben als beim letzten Mal.", LOOK),
    "new-label": Code("Eine Beschriftung ist neu.", LOOK),
    "vanished-label": Code("Eine Beschriftung kommt nicht mehr vor.", CHECK),
    "other-meaning": Code("Eine Beschriftung bedeutet nach dem Katalog jetzt etwas anderes.", CHECK),
    "dropped-periods": Code("Zeiträume stehen nicht mehr in der Tabelle; ihre Werte bleiben gültig.", NOTHING),
}
OF_FIGURES: Mapping[str, Code] = {
    "unknown-base-figure": Code("Die Grundzahl ist nicht definiert.", "Die aktuelle Vorlage verwenden."),
    "unknown-breakdown": Code("Die Gliederung gibt es bei dieser Grundzahl nicht.", "Die aktuelle Vorlage verwenden."),
    "member-of-another-time": Code("Die Ausprägung gibt es in diesem Zeitraum nicht.", "Die damals gültige verwenden."),
    "reporter-ended": Code("Die Stelle meldet in diesem Zeitraum nicht mehr.", "Die Stelle wählen, die fortführt."),
    "wrong-reporter": Code("Die Stelle meldet diese Zahlen nicht.", "Die Vorlage der eigenen Stelle verwenden."),
    "wrong-period": Code("Der Zeitraum passt nicht zur Häufigkeit der Grundzahl.", "Den Zeitraum richtigstellen."),
    "future-period": Code("Der Berichtszeitraum hat noch nicht begonnen.", "Den Berichtszeitraum prüfen."),
    "duplicate": Code("Derselbe Wert steht mehrfach und verschieden da.", "Nur einen der Werte stehen lassen."),
    "missing": Code("Eine Angabe fehlt.", "Eintragen; wo es keine Zahl gibt, das passende Zeichen."),
    "below-minimum": Code("Die Zahl ist kleiner, als sie sein kann.", "Die Zahl richtigstellen."),
    "not-whole": Code("Gezählt werden ganze Zahlen.", "Eine ganze Zahl eintragen."),
    "above-hundred": Code("Ein Anteil liegt über 100 %.", CHECK),
    "above-whole": Code("Ein Teil ist größer als das Ganze.", CHECK),
    "parts-above-total": Code("Die Teile ergeben mehr als die Summe.", "Die Zahlen richtigstellen."),
    "parts-below-total": Code("Die Teile ergeben weniger als die Summe.", CHECK),
    "far-from-last-year": Code("Die Zahl weicht ungewöhnlich weit vom Vorjahr ab.", CHECK),
    "like-the-period-before": Code("Fast alle Werte sind dieselben wie im Zeitraum davor.", CHECK),
    "falls-within-the-year": Code("Eine Zahl, die seit Jahresbeginn zählt, fällt im Jahr.", CHECK),
    "overlapping-reporters": Code("Eine andere Stelle hat dieselben Zahlen schon geliefert.", CHECK),
}
OF_LISTS: Mapping[str, Code] = {
    "missing-name": Code("Ein Eintrag hat keinen Namen.", "Den Namen eintragen oder die Zeile leeren."),
    "no-value": Code("Statt eines Wertes steht eine Formel oder ein Fehler da.", "Den Wert selbst eintragen."),
    "too-long": Code("Der Text ist zu lang.", "Kürzer fassen."),
    "below-zero": Code("Die Zahl ist kleiner als null.", "Die Zahl prüfen."),
    "not-a-day": Code("Das ist kein Tag.", "So schreiben: 14.11.2026."),
    "unknown-word": Code("Das Wort steht nicht zur Wahl.", "Eines der Wörter der Auswahlliste eintragen."),
    "unknown-code": Code("Das Kürzel gibt es nicht.", "Das Kürzel eintragen; mehrere mit Semikolon trennen."),
    "end-before-start": Code("Das Ende liegt vor dem Beginn.", "Beginn und Ende prüfen."),
    "until-before": Code("Etwas soll bis zu einem Tag geschehen, der davor liegt.", "Beide Tage prüfen."),
    "no-reason": Code("Eine Begründung fehlt.", ENTER),
    "handed-on": Code("Ein Eintrag wechselt die Stelle.", CHECK),
    "overtaken": Code("Ein Eintrag wurde inzwischen geändert.", "Ansehen, was gilt; wer übernimmt, nennt den Grund."),
    "unchanged-entries": Code("Einträge sind unverändert und werden keine Lieferung.", NOTHING),
    "reserved": Code("Das ändert nur die Stabsstelle.", "Bei der Stabsstelle melden."),
    "unknown-measure": Code("Eine Maßnahme dieses Namens gibt es nicht.", "Konzept und Nummer nennen."),
    "not-an-amount": Code("Hier gehören Namen mit je einer Zahl hin.", "So schreiben: Land: 20.000; Bund: 5.000."),
    "unknown-agreement": Code("Eine Vereinbarung dieses Namens gibt es nicht.", "Den Namen oder die Nummer prüfen."),
    "no-deadline": Code("Das ist keine Frist.", "So schreiben: 31.3. oder 6 Monate nach Ende."),
    "nothing-owed": Code("Eine Frist steht da, verlangt ist aber nichts.", "Angeben, woraus der Nachweis besteht."),
    "no-end": Code("Ohne Ende der Laufzeit gibt es diese Frist nicht.", "Das Ende eintragen."),
    "no-part": Code("Eine Anpassung steht da, aber kein Betrag.", "Den Anteil im Basisjahr eintragen."),
    "no-adjustment": Code("Das ist keine Anpassung.", "Einen Index nennen oder „1,5 % im Jahr“."),
    "shares-above-whole": Code("Die Anteile der Förderer ergeben 100 % oder mehr.", "Die Anteile prüfen."),
    "no-factor": Code("Das kann kein Wert dieses Index sein.", "Art und Wert des Index prüfen."),
    "proof-incomplete": Code("Von einem Verwendungsnachweis fehlt noch etwas.", "Nachreichen."),
    "outside-the-term": Code("In diesem Jahr lief die Vereinbarung nicht.", "Vereinbarung und Jahr prüfen."),
    "beside-the-plan": Code("Ein Posten steht nicht im Finanzierungsplan.", CHECK),
    "receipts-differ": Code("Die Belege ergeben nicht die Ausgaben.", CHECK),
    "unknown-goal": Code("Ein Ziel dieses Namens gibt es nicht.", "Den Namen schreiben, wie er auf der Seite steht."),
    "no-day": Code("Zu einem Ergebnis fehlt der Tag.", ENTER),
    "not-yet": Code("Die Sitzung war noch nicht und hat kein Ergebnis.", "Termin und Ergebnis prüfen."),
    "not-put-off": Code("Ein neuer Termin steht da, zurückgestellt ist aber nichts.", "Das Ergebnis prüfen."),
    "put-off-back": Code("Der neue Termin liegt nicht nach der Sitzung.", "Beide Tage prüfen."),
    "votes-alone": Code("Stimmen stehen da, aber kein Ergebnis.", "Das Ergebnis eintragen."),
    "one-indicator": Code("Ein Ziel hat nur eine Kennzahl.", "Für jede Kennzahl ein eigenes Ziel eintragen."),
    "no-target": Code("Die Kennzahl hat keinen Zielwert, der erreicht werden kann.", "Den Zielwert leeren."),
    "no-period": Code("Das ist kein Zeitraum.", "Zum Beispiel: 2026, Q3 2026, 2026/27."),
    "not-agreed": Code("Überprüft wird nur, was vereinbart ist.", "Zuerst „Vereinbart am“ eintragen lassen."),
    "no-outcome": Code("Das Ergebnis der Überprüfung fehlt.", ENTER),
    "own-value": Code("Der Wert kommt aus der Kennzahl selbst.", "„Erreichter Wert“ leeren."),
    "no-year": Code("Das ist kein Jahr.", "Vierstellig schreiben: 2026."),
    "no-days": Code("Das sind keine Tage.", "So schreiben: 14.05.2026; 14.09.2026."),
    "future-day": Code("Der Tag liegt in der Zukunft.", "Eintragen, sobald es so weit war."),
    "before-agreed": Code("Die Überprüfung liegt vor der Vereinbarung.", "Beide Tage prüfen."),
}
OF_THE_WAY: Mapping[str, Code] = {
    "no-values": Code("Die Datei enthält nichts, was übernommen werden könnte.", "Ausfüllen und neu hochladen."),
    "already-delivered": Code("Diese Datei wurde bereits geliefert, und sie gilt.", NOTHING),
    "erased-file": Code("Der Inhalt genau dieser Datei wurde auf Dauer gelöscht.", "Ohne diese Angaben neu liefern."),
    "assigned-otherwise": Code("Dieselbe Datei hat früher auch andere Werte gebracht; sie gelten weiter.", LOOK),
    "foreign-reporter": Code("Die Datei ist von einer Stelle, für die Sie nicht liefern.", "Die eigene verwenden."),
    "office-only": Code("Diese Liste führt nur die Stabsstelle.", "Bei der Stabsstelle melden."),
    "corrected-values": Code("Werte, die gelten, würden geändert.", CHECK),
    "vanishing-values": Code("Werte, die gelten, würden entfallen.", CHECK),
}
OF_THE_CATALOGUE: Mapping[str, Code] = {
    "catalogue-none": Code("Die Mappe hat keines der Blätter des Katalogs.", "Die Mappe neu herunterladen."),
    "catalogue-sheet": Code("Ein Blatt gehört nicht zum Katalog und wird nicht gelesen.", NOTHING),
    "catalogue-head": Code(
        "Eine Spalte fehlt, steht doppelt oder ist nicht bekannt.", "Die Kopfzeile wiederherstellen."
    ),
    "catalogue-code": Code("Ein Kürzel fehlt oder steht doppelt.", "Jeder Zeile ein eigenes Kürzel geben."),
    "catalogue-cell": Code("Eine Zelle lässt sich nicht lesen.", "So schreiben, wie die anderen Zeilen der Spalte."),
    "catalogue-owner": Code(
        "Wozu ein Eintrag gehört, fehlt oder ist anders.", "Unter „Gehört zu“ das Kürzel eintragen."
    ),
    "catalogue-new": Code("Auf diesem Blatt kommt kein neuer Eintrag dazu.", "Die Zeile leeren."),
    "catalogue-gone": Code("Den Eintrag gibt es im Katalog, der gilt, nicht mehr.", NOTHING),
    "catalogue-left-out": Code("Einträge fehlen in der Mappe und bleiben, wie sie sind.", NOTHING),
    "catalogue-both": Code("Dieselbe Angabe wurde inzwischen auch anders geändert.", "Ansehen, was gelten soll."),
    "catalogue-fault": Code("So lässt sich der Katalog nicht verwenden.", "Die genannte Zelle berichtigen."),
}
OF_PUBLISHED_FILES: Mapping[str, Code] = {
    "published-not-read": Code(
        "Zeilen einer amtlichen Datei sind nicht zu lesen.", "Die Datei neu bei der Quelle holen."
    ),
    "published-other-definition": Code(
        "Keine Grundzahl zählt dasselbe wie die amtliche Datei.",
        "Definitionen vergleichen; „Veröffentlicht als“ eintragen.",
    ),
    "published-other-unit": Code(
        "Die amtliche Datei hat eine andere Einheit.", "Die Tabelle mit derselben Einheit holen."
    ),
    "published-other-day": Code(
        "Die amtliche Datei gilt für einen anderen Tag oder Zeitraum.", "Die Tabelle mit demselben Stichtag holen."
    ),
    "published-place-contradicts": Code(
        "Amtlicher Schlüssel und Name eines Ortes passen nicht zusammen.", "Die Datei neu bei der Quelle holen."
    ),
    "published-two-places": Code(
        "Mit einem Vergleichsgebiet können in der amtlichen Datei zwei Orte gemeint sein.",
        "Den amtlichen Schlüssel als andere Schreibweise eintragen.",
    ),
    "published-no-place": Code(
        "In der amtlichen Datei steht kein Vergleichsgebiet.", "Schlüssel oder Namen als andere Schreibweise eintragen."
    ),
    "published-left-out": Code("Werte einer amtlichen Datei werden nicht gebraucht.", NOTHING),
}
OF_BOUNDARIES: Mapping[str, Code] = {
    "map-format": Code("Die Datei enthält keine Grenzen, die gelesen werden.", AS_BOUNDARIES),
    "map-damaged": Code("Die Datei mit den Grenzen ist beschädigt oder unvollständig.", EXPORTED_AGAIN),
    "map-too-large": Code("Die Datei mit den Grenzen ist zu groß.", "Im Geoinformationssystem vereinfachen."),
    "map-encoding": Code("Wie Umlaute geschrieben sind, sagt die Datei nicht.", "Die Namen in der Vorschau ansehen."),
    "map-no-area": Code("Einträge der Datei haben keine Fläche.", NOTHING),
    "map-mended": Code("Eine ungültige Fläche wurde ausgebessert.", "In der Vorschau den Umriss ansehen."),
    "map-projection": Code("Wie die Karte gezeichnet ist.", NOTHING),
    "map-elsewhere": Code("Die Karte liegt nicht in Deutschland.", "Prüfen, ob es die richtige Datei ist."),
    "map-overlap": Code("Flächen überdecken sich.", "Im Geoinformationssystem berichtigen."),
    "map-simplified": Code("Die Umrisse wurden vereinfacht.", "In der Vorschau ansehen."),
    "map-no-match": Code("Keine Spalte der Datei nennt die Gebiete des Katalogs.", "Synonyme im Katalog ergänzen."),
    "map-strangers": Code("Zu Flächen der Datei gibt es keine Ausprägung.", "Synonym ergänzen, oder so lassen."),
    "map-without-shape": Code("Ausprägungen haben keine Fläche.", "Eine Datei mit allen Gebieten hochladen."),
    "map-joined": Code("Mehrere Flächen gehören zu einem Gebiet.", "In der Vorschau ansehen."),
    "map-recut": Code("In der Geltung der Karte ändert sich der Zuschnitt.", "Für jeden Zuschnitt eine Karte."),
    "map-beside": Code("Für diese Tage gilt schon eine andere Karte.", "Prüfen; die neue geht ihr vor."),
}
SECTIONS: Mapping[str, Mapping[str, Code]] = {
    "Zur Datei": OF_THE_FILE,
    "Zur Vorlage": OF_A_TEMPLATE,
    "Zu eigenen Tabellen und Listen": OF_OWN_TABLES,
    "Zu den Zahlen": OF_FIGURES,
    "Zu den Einträgen einer Liste": OF_LISTS,
    "Zur Lieferung": OF_THE_WAY,
    "Zum Katalog als Arbeitsmappe": OF_THE_CATALOGUE,
    "Zu veröffentlichten Dateien": OF_PUBLISHED_FILES,
    "Zu den Grenzen der Gebiete": OF_BOUNDARIES,
}
CODES: Mapping[str, Code] = {code: said for section in SECTIONS.values() for code, said in section.items()}
