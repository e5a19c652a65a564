"""What a field of a form of measures, agreements, consultations and first interviews means, where its title alone does
not say it: by data set and field. What counts as clear has no help, so that the signs for help stay few."""

from collections.abc import Mapping

PERSONS = "Funktion statt Name: „Leitung FB 51“."

FIELD_HELP: Mapping[str, Mapping[str, str]] = {
    "measures": {
        "concept": "Aus welchem Konzept die Maßnahme stammt. Konzept und Nummer zusammen sind ihr Name.",
        "number": "Wie im Konzept. Eine andere Nummer ist eine andere Maßnahme; ohne Nummer zählt der Titel.",
        "goal": "Das Leit- oder Teilziel, zu dem die Maßnahme beitragen soll.",
        "approach": "Der Weg zum Ziel, wie ihn das Konzept nennt, zum Beispiel „Information und Beratung“.",
        "provider": "Wer die Maßnahme durchführt, wenn es nicht die zuständige Stelle ist.",
        "end": "Der letzte Tag. Ein Jahr oder Monat gilt bis zu seinem Ende. Danach ist eine Maßnahme überfällig, die "
        "weder umgesetzt noch verstetigt, ständige Aufgabe oder entfallen ist.",
        "permanent": "Ohne Ende angelegt. Ein Ende-Tag ist dann nicht nötig.",
        "cost_once": "Euro, einmal für die ganze Laufzeit. Leer heißt „nicht angegeben“, 0 heißt „kostet nichts“.",
        "cost_yearly": "Euro im Jahr, ohne die einmaligen Kosten. Leer heißt „nicht angegeben“.",
        "grants": "Euro im Jahr, die von außen kommen.",
        "posts": "Vollzeitstellen, auch Bruchteile: 0,5.",
        "feasible": "Ob Recht und Praxis die Umsetzung zulassen; das Ergebnis steht im Feld darunter.",
        "feasible_by": PERSONS,
        "indicators": "Welche Kennzahlen die Maßnahme bewegen soll. Das ist eine Absicht, kein Nachweis.",
        "state": "Was seit dem letzten Mal geschehen ist. Bitte keine Namen und keine Zahlen weniger Personen.",
        "state_on": "Für welchen Tag der Sachstand gilt. Nach einem Jahr gilt er als veraltet.",
        "current": "Ob die Maßnahme heute noch gebraucht wird und so noch passt.",
        "origin": "Woraus sie entstanden ist: Beteiligung, Antrag, Beschluss.",
    },
    "agreements": {
        "number": "Jahr, Stelle und Nummer zusammen sind der Name des Ziels.",
        "title": "Wenige Wörter, wie sie in Listen und auf Folien stehen.",
        "partners": PERSONS,
        "measures": "Die Maßnahmen des Katalogs, um die es geht.",
        "indicator": "Die Kennzahl, an der das Ziel gemessen wird. Leer, wenn es keine gibt.",
        "target": "In der Einheit der Kennzahl. Er gilt vom Tag der Vereinbarung an als ihr Zwischenziel.",
        "target_period": "Wofür der Zielwert gilt: 2026, 2026-Q3, 2025/26.",
        "evidence": "Woran beide Seiten nach zwölf Monaten erkennen, ob das Ziel erreicht ist.",
        "interim": "Wann dazwischen gesprochen wird.",
        "carried_from": "Das Ziel des Vorjahres, das hier weitergeht.",
        "value": "Was am Tag der Überprüfung erreicht war. Hat das Ziel eine Kennzahl, ist es ihr Wert an diesem Tag.",
        "people": "Ja, wenn der Wert Menschen zählt: kleine Zahlen sieht dann nur die Stabsstelle.",
        "consequence": "Was folgt. „Politische Entscheidung“ heißt: Die Steuerungsgruppe muss darüber reden.",
    },
    "consultations": {
        "station": "Die wievielte Beratung dieser Maßnahme es ist.",
        "public": "Nichtöffentliches sehen nur Stabsstelle und Administration, auch nachträglich.",
        "put_off_to": "Der neue Termin, wenn er bekannt ist. Die nächste Beratung ist eine eigene Station.",
        "votes_by_group": "Zum Beispiel „A dafür, B dagegen“.",
        "budget": "Ob der Beschluss Geld im Haushalt braucht.",
    },
    "interviews": {
        "partners": PERSONS,
        "measures": "Die Maßnahmen des Katalogs, um die es geht.",
        "found": "Leer heißt: Das Gespräch ist geplant.",
        "until": "Ein Monat oder Jahr gilt bis zu seinem Ende.",
    },
}


def help_of(data_set: str, field: str) -> str | None:
    """One or two sentences; None where the title says it all."""
    return FIELD_HELP.get(data_set, {}).get(field)
