"""What is stored and valid, but has no place in the definitions any more: it would be shown nowhere."""

from collections import Counter
from collections.abc import Iterator

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


def unclaimed(store: Store, catalogue: Catalogue) -> Iterator[str]:
    """One sentence for each code that the definitions do not know, with what would mend it."""
    lost: Counter[str] = Counter()
    for code, reporter, breakdown, values in store.rows(STORED, {"moment": FOREVER}):
        figure = catalogue.base_figures.get(catalogue.current_code(code))
        if figure is None:
            remedy = f"Heißt sie jetzt anders, dort ergänzen: formerly: [{code}]"
            lost[f"Die Grundzahl „{code}“ gibt es nicht. {remedy}"] += values
            continue
        for axis, member in Breakdown.parse(breakdown).members:
            known = catalogue.dimensions.get(axis)
            if known is None or member not in {one.code for one in known.members}:
                lost[
                    f"Bei „{figure.title}“ gibt es die Ausprägung „{axis}: {member}“ nicht. Galt sie früher, mit "
                    "valid_to wieder aufnehmen"
                ] += values
        followed = {one for heir in figure.reporters for one in catalogue.followed_by(heir)}
        if reporter not in figure.reporters and reporter not in followed and len(figure.reporters) > 1:
            lost[
                f"„{figure.title}“ hat auch {reporter} geliefert, nennt die Stelle aber nicht. Führt eine andere sie "
                f"fort, bei dieser ergänzen: follows: [{reporter}] und valid_from"
            ] += values
    for sentence, values in lost.items():
        yield f"{sentence}. Betroffen: {'1 gespeicherter Wert' if values == 1 else f'{values} gespeicherte Werte'}."
