"""What every report says of itself, whatever its figures are."""

from indicators.attainment import Status

NO_RANKING = (
    "Die Zahlen beschreiben Zustände. Sie belegen nicht, was einzelne Maßnahmen bewirken, und sie sind keine "
    "Rangliste. Wer gezählt wird – nach Staatsangehörigkeit, Migrationshintergrund oder Einwanderungsgeschichte –, "
    "steht bei jeder Kennzahl."
)

PROGRESS = "Umsetzung und offene Entscheidungen"
"""Over the tables of measures by status and of what is still to be decided."""

METHOD = (
    (
        "So entstehen die Zahlen",
        (
            "Fachbereiche und Träger liefern Grundzahlen. Jede Lieferung wird geprüft, nummeriert und aufbewahrt. Aus "
            "den Grundzahlen entstehen die Kennzahlen; ihre Formel steht bei jeder Kennzahl. Anteile über mehrere "
            "Teile oder Zeiträume sind immer Summe durch Summe, nie ein Mittel von Anteilen.",
            "Der Bericht zeigt den Stand der Daten, der auf dem Titelblatt genannt ist: dieselben Zahlen, die die "
            "Steuerungsgruppe mit diesem Stand gesehen hat. Spätere Berichtigungen ändern ihn nicht.",
        ),
    ),
    (
        "So entsteht der Status",
        (
            "Zu jeder Kennzahl mit Ziel gehört ein Verfahren. Meist ist es der Zielpfad: eine gerade Linie vom "
            "Ausgangswert über die Zwischenziele bis zum Ziel. Verglichen wird der letzte Wert mit dem, was der Pfad "
            "für diesen Zeitraum erwarten lässt. Über einen Bruch der Zeitreihe hinweg wird nicht gerechnet.",
        ),
    ),
    (
        "Schutz kleiner Zahlen",
        (
            "Sehr kleine Zahlen könnten einzelne Menschen erkennbar machen. Sie sind durch einen Punkt ersetzt, ebenso "
            "andere Zahlen, aus denen sie sich errechnen ließen; manche Reihen sind stattdessen gerundet.",
        ),
    ),
    ("Was die Zahlen nicht sagen", (NO_RANKING, "Nachdruck und Weiterverwendung mit Angabe der Quelle.")),
)

CONCEPT = "Was sich am Konzept geändert hat"

SCALE_MEANINGS = {
    Status.REACHED: "Der Wert hat das Ziel erreicht.",
    Status.ON_TRACK: "Der Wert liegt auf dem Zielpfad oder besser.",
    Status.SLIGHTLY_BEHIND: "Der Wert liegt bis zum Dreifachen der Toleranz zurück.",
    Status.CLEARLY_BEHIND: "Der Wert liegt weiter zurück.",
    Status.WRONG_DIRECTION: "Der Wert ist schlechter als der Ausgangswert.",
    Status.NOT_JUDGED: "Der Grund steht dabei.",
}
