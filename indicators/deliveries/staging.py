"""The way of a workbook up to the confirmation: read, check, compare. Nothing is stored here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets import DATA_SETS, data_set_of, remarks
from indicators.datasets.preview import Preview
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.deliveries.corrections import corrections
from indicators.deliveries.findings import (
    ALREADY,
    already,
    foreign_reporter,
    made_legible,
    of_an_erased_file,
    of_nothing,
    of_the_file,
)
from indicators.elsewhere import cross_tables, csv_files, matching
from indicators.elsewhere.published import Published
from indicators.foreign_text import LONGEST_REASON, acts
from indicators.ledger import archive, erasure, list_layouts
from indicators.ledger.commits import DeliveryError, Receipt, Upload, commit, record_upload
from indicators.model import Finding, Severity, Slice
from indicators.moments import local_day
from indicators.store import Store
from indicators.tables import layouts, list_entries, own_lists
from indicators.tables.decisions import Choices
from indicators.tables.interpreted import Interpreted, read_interpreted
from indicators.tables.own_lists import Decisions, ListReading, OwnList
from indicators.tables.own_tables import OwnTables, TableReading, as_confirmed, read_tables, reading_of, unassigned
from indicators.templates.hidden_map import is_template
from indicators.workbooks.gate import ZIP
from indicators.workbooks.workbook import WorkbookRejected


@dataclass(frozen=True)
class Staged:
    """A checked upload that waits for confirmation. `reading` is None where the file could not be read at all.

    `tables` is there for a workbook that is no template, also while nobody has said what its tables mean; `lists` for
    one that holds a list of a data set of ours in columns of its own.
    `corrections` say what would change or vanish of what is valid, each with a reason to be given.
    """

    upload: Upload
    findings: tuple[Finding, ...]
    reading: Reading | None = None
    preview: Preview | None = None
    basis: Mapping[Slice, int] | None = None
    tables: TableReading | None = None
    lists: ListReading | None = None
    corrections: tuple[Finding, ...] = ()

    @property
    def blocked(self) -> bool:
        """True where the file cannot be committed as it is, or need not be."""
        return self.reading is None or self.is_settled or any(f.severity is Severity.ERROR for f in self.findings)

    @property
    def is_settled(self) -> bool:
        """Whether all that the file holds is what is valid: there is nothing to do."""
        return any(found.rule == ALREADY for found in self.findings)

    @property
    def has_cells(self) -> bool:
        """Whether the file is a workbook, in which what was found can be marked; a CSV file is not."""
        return self.upload.content.startswith(ZIP)

    @property
    def is_open(self) -> bool:
        """Whether something is left to say about what an own table means."""
        return bool((self.tables and self.tables.is_open) or (self.lists and self.lists.is_open))

    @property
    def outcome(self) -> str:
        """What became of the attempt, for the record."""
        if self.is_open:
            return "eigene Tabellen, Zuordnung offen"
        if self.blocked:
            stopped = next((f for f in self.findings if f.severity is Severity.ERROR), None)
            return f"abgewiesen: {stopped.message}" if stopped else "abgewiesen"
        return "geprüft, noch nicht übernommen"

    @property
    def to_explain(self) -> tuple[Finding, ...]:
        """Warnings, and corrections of what is valid; each needs a reason before the commit."""
        return (*(f for f in self.findings if f.severity is Severity.WARNING), *self.corrections)


def stage(
    store: Store,
    catalogue: Catalogue,
    upload: Upload,
    now: datetime,
    reporter: str | None = None,
    read: Callable[[bytes, str], Interpreted] = read_interpreted,
) -> Staged:
    """Reads and checks an upload. `reporter` is who may deliver (from the login); None allows every reporter."""
    if erased := of_an_erased_file(erasure.erased(store, upload.sha256)):
        return Staged(upload, erased)
    try:
        if (published := csv_files.read(upload.content, upload.name)) is not None:
            return stage_published(store, catalogue, upload, published, now)
        found = read(upload.content, upload.name)
        workbook = found.workbook
        if not is_template(workbook) and (listed := own_lists.find(workbook)) is not None:
            return stage_list(store, catalogue, upload, OwnList(workbook, listed), now, reporter)
        if not is_template(workbook):
            if (published := cross_tables.read(found, catalogue)) is not None:
                return stage_published(store, catalogue, upload, published, now, of_the_file(workbook))
            own = as_confirmed(OwnTables(workbook, found.tables), _layouts_of(store, catalogue, reporter))
            if own.tables or own.holds_numbers:
                return stage_tables(store, catalogue, upload, own, now, reporter)
    except WorkbookRejected as rejected:
        return Staged(upload, (made_legible(rejected.finding),))
    if before := archive.delivered_before(store, upload.sha256):
        return Staged(upload, (already(*before),))
    reading = _checked(store, catalogue, data_set_of(workbook).read(workbook, catalogue), now)
    findings = (*of_the_file(workbook), *reading.findings, *of_nothing(reading))
    if reporter and reading.reporter != reporter:
        findings = (*findings, foreign_reporter(reading.reporter, reporter))
    return _compared(store, catalogue, Staged(upload, findings, reading))


def _layouts_of(store: Store, catalogue: Catalogue, reporter: str | None) -> tuple[layouts.Layout, ...]:
    """The layouts of a reporter and of those that it took over from."""
    now = (layouts.of_now(one, catalogue) for one in layouts.load(store))
    return tuple(one for one in now if reporter in (None, one.reporter))


def stage_tables(
    store: Store,
    catalogue: Catalogue,
    upload: Upload,
    own: OwnTables,
    now: datetime,
    reporter: str | None = None,
    decisions: Mapping[str, Choices] | None = None,
) -> Staged:
    """A department's own tables on the same way: with what was confirmed before, or is decided now, table by table.

    Blocked, with a question as error, as long as something is not decided.
    """
    tables = read_tables(own, catalogue, layouts.load(store), reporter, decisions)
    if not tables.reporter:
        return not_assigned(upload, tables)
    reading = _checked(store, catalogue, reading_of(tables, catalogue), now)
    sheets = {"", *(one.table.sheet for one in tables.mapped if one.choices.take)}
    told = (finding for finding in own.workbook.findings if finding.place.sheet in sheets)
    staged = _compared(store, catalogue, Staged(upload, (*told, *reading.findings), reading, tables=tables))
    same = archive.same_bytes(store, upload.sha256)
    return replace(staged, findings=(*staged.findings, *_same_tables(same, staged, catalogue))) if same else staged


def stage_published(
    store: Store,
    catalogue: Catalogue,
    upload: Upload,
    published: Published,
    now: datetime,
    told: Iterable[Finding] = (),
) -> Staged:
    """What an office publishes of other places; only what counts the same as a base figure of ours."""
    if before := archive.delivered_before(store, upload.sha256):
        return Staged(upload, (already(*before),))
    reading = matching.reading_of(published, catalogue, upload.name)
    if not reading.rows:
        return Staged(upload, tuple(map(made_legible, (*told, *reading.findings))))
    reading = _checked(store, catalogue, reading, now)
    return _compared(store, catalogue, Staged(upload, (*told, *reading.findings), reading))


def stage_list(
    store: Store,
    catalogue: Catalogue,
    upload: Upload,
    own: OwnList,
    now: datetime,
    reporter: str | None = None,
    decisions: Decisions | None = None,
) -> Staged:
    """An own list of things that we have a list for, with what was confirmed before or is decided now."""
    known = list_layouts.known(store, own.found.data_set.code)
    said = own_lists.together(known, decisions) if decisions else known
    said = replace(said, reporter=reporter) if reporter else said
    lists = own_lists.read(own, said, catalogue, [reporter] if reporter else list(catalogue.reporters))
    told = tuple(finding for finding in own.workbook.findings if finding.place.sheet in ("", own.found.sheet.name))
    if lists.is_open:
        return Staged(upload, (*map(made_legible, told), own_lists.undecided(lists)), lists=lists)
    if before := archive.delivered_before(store, upload.sha256):
        return Staged(upload, (already(*before),))
    reading = _checked(store, catalogue, list_entries.reading_of(lists, catalogue, local_day(now).year), now)
    findings = (*told, *reading.findings, *of_nothing(reading))
    return _compared(store, catalogue, Staged(upload, findings, reading, lists=lists))


def not_assigned(upload: Upload, tables: TableReading) -> Staged:
    """Tables of which nobody has said whose they are. What is wrong with the file itself is told all the same."""
    wrong = (finding for finding in tables.own.workbook.findings if finding.severity is Severity.ERROR)
    return Staged(upload, tuple(map(made_legible, (*wrong, unassigned(tables.own)))), tables=tables)


def keeping_the_rest(store: Store, catalogue: Catalogue, staged: Staged, now: datetime) -> Staged:
    """The same, but what is valid and not in the file is carried on instead of vanishing with its slice.

    For a delivery that has only some rows of a subject, where a person wants these alone replaced.
    """
    if staged.reading is None or staged.preview is None:
        return staged
    kept = tuple(DATA_SETS[staged.reading.data_set].carried(staged.preview))
    said = (*staged.reading.remarks, *remarks.carried(store, staged.reading, kept))
    reading = replace(staged.reading, rows=(*staged.reading.rows, *kept), remarks=said, findings=(), empty=())
    checked = _checked(store, catalogue, reading, now)
    new = (finding for finding in checked.findings if finding not in staged.findings)
    return _compared(store, catalogue, replace(staged, reading=checked, findings=(*staged.findings, *new)))


def _compared(store: Store, catalogue: Catalogue, staged: Staged) -> Staged:
    """With the preview against what is valid now."""
    assert staged.reading is not None
    covers = staged.reading.covers
    findings = tuple(made_legible(finding) for finding in staged.findings)
    data_set = DATA_SETS[staged.reading.data_set]
    preview = data_set.compare(staged.reading, data_set.valid(store, covers))
    reading = replace(staged.reading, findings=findings)
    basis = valid_deliveries(store, covers)
    explained = {f.place for f in findings if f.severity is Severity.WARNING}
    found = tuple(corrections(preview, catalogue, explained))
    return replace(staged, findings=findings, reading=reading, preview=preview, basis=basis, corrections=found)


def confirm(
    store: Store, catalogue: Catalogue, staged: Staged, now: datetime, reasons: Mapping[Finding, str]
) -> Receipt:
    """Commits what the preview showed.

    Raises DeliveryError where errors are left, reasons are missing or another delivery was faster; StoreError
    where it could not be saved.
    """
    if staged.blocked or staged.reading is None:
        raise DeliveryError("Die Lieferung enthält Fehler und kann so nicht übernommen werden.")
    if any(not reasons.get(finding, "").strip() for finding in staged.to_explain):
        raise DeliveryError("Bitte nennen Sie zu jeder Warnung einen Grund.")
    if any(len(reason) > LONGEST_REASON or acts(reason) for reason in reasons.values()):
        raise DeliveryError(f"Ein Grund hat höchstens {LONGEST_REASON} Zeichen und keine Steuerzeichen.")
    told = replace(staged.reading, findings=(*staged.findings, *staged.corrections))
    receipt = commit(store, catalogue, staged.upload, told, staged.basis or {}, now, reasons)
    record_upload(store, staged.upload, now, f"übernommen als Lieferung {receipt.number}")
    if staged.tables is not None:
        layouts.keep(store, staged.tables.to_remember, now, staged.upload.by)
    if staged.lists is not None:
        list_layouts.keep(store, staged.lists.own.found.data_set.code, staged.lists.decisions, now, staged.upload.by)
    return receipt


def _checked(store: Store, catalogue: Catalogue, reading: Reading, now: datetime) -> Reading:
    """The reading with all findings of its data set."""
    return DATA_SETS[reading.data_set].checked(store, catalogue, reading, local_day(now))


def _same_tables(same: archive.Same, staged: Staged, catalogue: Catalogue) -> Iterator[Finding]:
    """The same file of own tables again: as it was assigned then there is nothing to do, otherwise it is a delivery.

    What the earlier assignment brought beside the new one stays valid, and nobody would think of it.
    """
    assert staged.reading is not None and staged.preview is not None
    beside = same.valid - set(staged.reading.covers)
    if not beside and not same.overtaken and not staged.preview.moving:
        yield already(same.number, same.at, same.by)
    elif beside and staged.reading.covers:
        names = sorted(
            {
                f"„{DATA_SETS[piece.data_set].subject_name(catalogue, piece.subject)}“ ({piece.reporter})"
                for piece in beside
            }
        )
        yield Finding(
            "assigned-otherwise",
            Severity.HINT,
            f"Dieselbe Datei hat als Lieferung {same.number} auch {german.enumeration(names)} gebracht. Diese Werte "
            "gelten weiter.",
            f"War die Zuordnung damals falsch, ziehen Sie die Lieferung {same.number} zurück.",
        )
