"""The words of a verdict: every status with its German name and shape, and every reason not to judge."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from indicators.model import Sign


class _Face(NamedTuple):
    word: str
    symbol: str
    scale: str
    weather: str = ""


class Status(StrEnum):
    """How a series stands against its target.

    The first six are the common scale. The others belong to one method and map onto it through `scale`,
    so that verdicts of different methods can stand side by side.
    """

    REACHED = "reached"
    ON_TRACK = "on_track"
    SLIGHTLY_BEHIND = "slightly_behind"
    CLEARLY_BEHIND = "clearly_behind"
    WRONG_DIRECTION = "wrong_direction"
    NOT_JUDGED = "not_judged"

    MET = "met"
    NOT_MET = "not_met"
    IMPROVING = "improving"
    FALTERING = "faltering"
    TURNING = "turning"
    SUN = "sun"
    PARTLY_CLOUDY = "partly_cloudy"
    CLOUD = "cloud"
    THUNDERSTORM = "thunderstorm"
    SIGNIFICANT = "significant"
    MODERATE = "moderate"
    INSUFFICIENT = "insufficient"
    AWAY = "away"

    @property
    def word(self) -> str:
        """The method's word: „leicht hinter dem Pfad“, „Gewitter“. What a reader sees is `said`."""
        return _FACES[self].word

    @property
    def own_word(self) -> str:
        """What the method itself calls it, „Gewitter“; empty for a step of the common scale."""
        return "" if self is self.scale else self.word

    @property
    def said(self) -> str:
        """The word that every page and file uses, the method's own only beside it: „gegenläufig (Gewitter)“."""
        return f"{self.scale.word} ({self.own_word})" if self.own_word else self.word

    @property
    def symbol(self) -> str:
        """One glyph; no two steps of a method share a shape, so that colour is never needed."""
        return _FACES[self].symbol

    @property
    def scale(self) -> "Status":
        """The step of the common scale that this status stands for."""
        return Status(_FACES[self].scale)

    @property
    def weather(self) -> str:
        """The word that the German sustainability strategy prints; empty for other methods' statuses."""
        return _FACES[self].weather

    @property
    def severity(self) -> int:
        """0 (reached) to 4 (wrong direction); -1 where nothing was judged."""
        return _SCALE.index(self.scale) if self.scale is not Status.NOT_JUDGED else -1


_SCALE = (
    Status.REACHED,
    Status.ON_TRACK,
    Status.SLIGHTLY_BEHIND,
    Status.CLEARLY_BEHIND,
    Status.WRONG_DIRECTION,
)

_FACES = {
    Status.REACHED: _Face("Ziel erreicht", "✓", "reached"),
    Status.ON_TRACK: _Face("auf Kurs", "▲", "on_track"),
    Status.SLIGHTLY_BEHIND: _Face("leicht hinter dem Pfad", "◆", "slightly_behind"),
    Status.CLEARLY_BEHIND: _Face("deutlich hinter dem Pfad", "■", "clearly_behind"),
    Status.WRONG_DIRECTION: _Face("gegenläufig", "▼", "wrong_direction"),
    Status.NOT_JUDGED: _Face("keine Bewertung", "○", "not_judged"),
    Status.MET: _Face("Schwellenwert eingehalten", "✓", "reached"),
    Status.NOT_MET: _Face("Schwellenwert verfehlt", "■", "clearly_behind"),
    Status.IMPROVING: _Face("in der gewünschten Richtung", "▲", "on_track"),
    Status.FALTERING: _Face("im Trend richtig, zuletzt nicht", "◆", "slightly_behind"),
    Status.TURNING: _Face("im Trend falsch, zuletzt besser", "■", "clearly_behind"),
    Status.SUN: _Face("Sonne", "☀", "on_track", "Sonne"),
    Status.PARTLY_CLOUDY: _Face("leicht bewölkt", "☼", "slightly_behind", "Leicht bewölkt"),
    Status.CLOUD: _Face("Wolke", "☁", "clearly_behind", "Wolke"),
    Status.THUNDERSTORM: _Face("Gewitter", "↯", "wrong_direction", "Blitz"),
    Status.SIGNIFICANT: _Face("bedeutender Fortschritt", "▲", "on_track"),
    Status.MODERATE: _Face("mäßiger Fortschritt", "◆", "slightly_behind"),
    Status.INSUFFICIENT: _Face("unzureichender Fortschritt", "■", "clearly_behind"),
    Status.AWAY: _Face("Entfernung vom Ziel", "▼", "wrong_direction"),
}


def worst(statuses: Iterable[Status]) -> Status:
    """The most negative status; those without a verdict count only if there is no other.

    An empty field gives NOT_JUDGED. Of two equally bad ones the first is returned.
    """
    return max(statuses, key=lambda status: status.severity, default=Status.NOT_JUDGED)


class Reason(StrEnum):
    """Why there is no verdict."""

    TOO_FEW = "too_few"
    GAP = "gap"
    BREAK = "break"
    SECRET = "secret"
    UNKNOWN = "unknown"
    UNRELIABLE = "unreliable"
    NO_NUMBER = "no_number"
    NOT_DELIVERED = "not_delivered"
    BEFORE_BASELINE = "before_baseline"
    NO_BASELINE = "no_baseline"
    NO_TARGET = "no_target"
    NO_DIRECTION = "no_direction"
    UNDEFINED = "undefined"

    @property
    def text(self) -> str:
        """The reason in German, fit to stand after „keine Bewertung:“."""
        return _REASONS[self]

    @classmethod
    def of_sign(cls, sign: Sign | None) -> "Reason":
        """Why a cell without a value cannot be judged."""
        return _OF_SIGN[sign]


_REASONS = {
    Reason.TOO_FEW: "zu wenige Werte",
    Reason.GAP: "Lücke in der Zeitreihe",
    Reason.BREAK: "Bruch in der Zeitreihe",
    Reason.SECRET: "Wert geheim gehalten",
    Reason.UNKNOWN: "Wert unbekannt oder geheim zu halten",
    Reason.UNRELIABLE: "Wert zu unsicher",
    Reason.NO_NUMBER: "kein Zahlenwert",
    Reason.NOT_DELIVERED: "Wert nicht geliefert",
    Reason.BEFORE_BASELINE: "Wert liegt vor dem Ausgangswert",
    Reason.NO_BASELINE: "kein Ausgangswert festgelegt",
    Reason.NO_TARGET: "kein Ziel festgelegt",
    Reason.NO_DIRECTION: "keine gewünschte Richtung festgelegt",
    Reason.UNDEFINED: "Verfahren für diese Zahlen nicht definiert",
}

_OF_SIGN = {
    None: Reason.NOT_DELIVERED,
    Sign.LATER: Reason.NOT_DELIVERED,
    Sign.SECRET: Reason.SECRET,
    Sign.UNKNOWN: Reason.UNKNOWN,
    Sign.UNRELIABLE: Reason.UNRELIABLE,
    Sign.NOTHING: Reason.NO_NUMBER,
    Sign.BLOCKED: Reason.NO_NUMBER,
    Sign.LIMITED: Reason.NO_NUMBER,
}
