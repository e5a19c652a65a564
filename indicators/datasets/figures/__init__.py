"""The data set „Kennzahlen“: counts and rates of departments and providers. Its subjects are base figures."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

import duckdb

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets import remarks
from indicators.datasets.data_set import Coverage, DataSet
from indicators.datasets.figures import kept, known_values
from indicators.datasets.figures.filled_template import read_template
from indicators.datasets.figures.kept import FigureKey
from indicators.datasets.figures.rules import RULES
from indicators.datasets.figures.totals import with_summed_totals
from indicators.datasets.preview import Kept
from indicators.datasets.reading import Reading
from indicators.datasets.rules import Context, Rows
from indicators.model import Finding, Flag, Measurement, Observation, Place, Severity, Sign, Slice
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.hidden_map import TEMPLATE_ID
from indicators.templates.template import LastValues, build_template, figures_for
from indicators.workbooks.workbook import Workbook


class Figures(DataSet[Observation, FigureKey, Measurement]):
    """Values by base figure, reporter, breakdown and period."""

    code = "figures"
    title = "Kennzahlen"
    template_id = TEMPLATE_ID
    heads: ClassVar = ("Grundzahl", "Gliederung")

    def template(self, store: Store, catalogue: Catalogue, reporter: str, period: Period) -> bytes:
        return build_template(catalogue, reporter, period, self.last_values(store, catalogue, reporter, period))

    def last_values(self, store: Store, catalogue: Catalogue, reporter: str, period: Period) -> LastValues:
        """The values of the period before, as texts with their signs; empty where there are none."""
        figures = figures_for(catalogue, reporter, period)
        before = self.valid(store, [Slice(figure.code, reporter, period.previous) for figure in figures])
        return {
            (key.base_figure, key.breakdown): self.text(catalogue, key, found.content) for key, found in before.items()
        }

    def read(self, workbook: Workbook, catalogue: Catalogue) -> Reading:
        return read_template(workbook, catalogue)

    def check(self, rows: Sequence[Observation], context: Context) -> tuple[Finding, ...]:
        figures = {o.base_figure for o in rows} & set(context.catalogue.base_figures)
        defined = {code: frozenset(context.catalogue.breakdowns_of(code)) for code in figures}
        known = [o for o in rows if o.breakdown in defined.get(o.base_figure, ())]
        return tuple(
            finding for rule in RULES for finding in rule.check(rows if rule.rows is Rows.ALL else known, context)
        )

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """With summed totals too."""
        earlier, stored = known_values.earlier(store, catalogue, reading), known_values.numbers(store, reading.covers)
        context = Context(catalogue, today, earlier, reading.empty, stored)
        completed = replace(reading, rows=with_summed_totals(reading.rows, context))
        found = self.check(completed.rows, context)
        told = (*remarks.problems(catalogue, completed), *known_values.overlaps(store, catalogue, completed))
        return completed.with_findings((*found, *told))

    def nothing(self) -> Finding:
        message = "Die Vorlage enthält keine einzige Zahl (0 Datenzeilen)."
        return Finding("no-values", Severity.ERROR, message, "Bitte die Zahlen eintragen und die Datei neu hochladen.")

    def key(self, row: Observation) -> FigureKey:
        return FigureKey(row.base_figure, row.reporter, row.breakdown, row.period)

    def content(self, row: Observation) -> Measurement:
        return Measurement(row.period, row.value, row.sign, row.flags)

    def row(self, key: FigureKey, content: Measurement, place: Place) -> Observation:
        return Observation(
            key.base_figure,
            key.reporter,
            key.period,
            key.breakdown,
            content.value,
            content.sign,
            content.flags,
            place,
        )

    def same(self, before: Measurement, after: Measurement) -> bool:
        return (before.value, before.sign, before.flags) == (after.value, after.sign, after.flags)

    def corrects(self, before: Measurement, after: Measurement) -> bool:
        """Not where a value takes the place of „folgt später“, nor at the end of „vorläufig“ over the same value."""
        return before.sign is not Sign.LATER and (before.value, before.sign) != (after.value, after.sign)

    def keep(self, cursor: duckdb.DuckDBPyConnection, coverage: Coverage, rows: Sequence[Observation]) -> None:
        kept.keep(cursor, coverage, rows)

    def valid(
        self, store: Store, slices: Iterable[Slice], moment: datetime = FOREVER
    ) -> dict[FigureKey, Kept[Measurement]]:
        return kept.valid(store, slices, moment)

    def subject_name(self, catalogue: Catalogue, subject: str) -> str:
        return catalogue.figure_name(subject)

    def row_name(self, catalogue: Catalogue, key: FigureKey) -> str:
        return catalogue.name_of(key.breakdown)

    def text(self, catalogue: Catalogue, key: FigureKey, content: Measurement) -> str:
        return german.measured(content, catalogue.decimals_of(key.base_figure))

    def meaning(self, content: Measurement) -> str:
        return content.sign.meaning if content.sign else ""

    def remark(self, content: Measurement) -> str:
        return "Summe der Teile" if Flag.SUMMED in content.flags else ""

    def shown_by(self, catalogue: Catalogue, subjects: Iterable[str]) -> tuple[str, ...]:
        wanted = set(subjects)
        return tuple(code for code, one in catalogue.indicators.items() if wanted & set(one.expression.names))


FIGURES = Figures()
