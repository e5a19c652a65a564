"""What is stored and valid, but has no place in the definitions any more: it would be shown nowhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from indicators import german
from indicators.catalogue import Catalogue
from indicators.model import Breakdown
from indicators.moments import FOREVER
from indicators.observations import duty_table
from indicators.store import Store

STORED = """
select series.base_figure, series.reporter, series.breakdown, count(*)
from valid_observation($moment) as observation
join series on series.id = observation.series
group by all
order by all
"""


OVERTAKEN = """
select code, reporter, count(*) from overtaken($moment, 'duty') group by all order by all
"""


def not_counted(store: Store, catalogue: Catalogue) -> Iterator[str]:
    """One sentence for each reporter whose deliveries do not count, because another has delivered the same."""
    duty = duty_table(catalogue, catalogue.base_figures)
    for code, reporter, periods in store.rows(OVERTAKEN, {"moment": FOREVER}, duty=duty):
        figure = catalogue.figure_name(catalogue.current_code(code))
        count = german.counted(periods, "Zeitraum", "Zeiträume")
        yield (
            f"„{figure}“ von {reporter}: {count} doppelt geliefert. Gezählt wird, was unter dem neuesten Kürzel oder "
            "von der Nachfolgerin kam, nie beides zusammen."
        )


@dataclass(frozen=True)
class Lost:
    """A code that stored values have and the definitions do not. `remedy` mends it in the files, `on_screen` there."""

    sentence: str
    remedy: str
    on_screen: str


def unclaimed(store: Store, catalogue: Catalogue) -> Iterator[str]:
    """One sentence for each code that the definitions do not know, with what would mend it."""
    for what, values in lost(store, catalogue):
        count = "1 gespeicherter Wert" if values == 1 else f"{values} gespeicherte Werte"
        yield f"{what.sentence} {what.remedy}. Betroffen: {count}."


def lost(store: Store, catalogue: Catalogue) -> Iterator[tuple[Lost, int]]:
    """Each code that the definitions do not know, with the number of its values."""
    found: Counter[Lost] = Counter()
    for code, reporter, breakdown, values in store.rows(STORED, {"moment": FOREVER}):
        for what in _missing(catalogue, str(code), str(reporter), Breakdown.parse(breakdown)):
            found[what] += values
    yield from found.items()


def _missing(catalogue: Catalogue, code: str, reporter: str, breakdown: Breakdown) -> Iterator[Lost]:
    figure = catalogue.base_figures.get(catalogue.current_code(code))
    if figure is None:
        yield Lost(
            f"Die Grundzahl „{code}“ gibt es nicht.",
            f"Heißt sie jetzt anders, dort ergänzen: formerly: [{code}]",
            "Heißt sie jetzt anders, nennen Sie bei der neuen dieses Kürzel unter „Frühere Kürzel“.",
        )
        return
    for axis, member in breakdown.members:
        known = catalogue.dimensions.get(axis)
        if known is None or member not in {one.code for one in known.members}:
            yield Lost(
                f"Bei „{figure.title}“ gibt es die Ausprägung „{axis}: {member}“ nicht.",
                "Galt sie früher, mit valid_to wieder aufnehmen",
                "Galt sie früher, lassen Sie sie stehen und tragen Sie ein, bis wann sie galt.",
            )
    followed = {one for heir in figure.reporters for one in catalogue.followed_by(heir)}
    if reporter not in figure.reporters and reporter not in followed and len(figure.reporters) > 1:
        yield Lost(
            f"„{figure.title}“ hat auch {reporter} geliefert, nennt die Stelle aber nicht.",
            f"Führt eine andere sie fort, bei dieser ergänzen: follows: [{reporter}] und valid_from",
            "Führt eine andere sie fort, tragen Sie bei dieser die Nachfolge ein.",
        )
