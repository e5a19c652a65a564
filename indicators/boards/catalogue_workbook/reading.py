"""A workbook that comes back: what it changes against the version it was made from, written into the one in force.

So nothing that others have changed since is undone by cells that nobody touched; where both changed the same, the
workbook's word stands in the preview, and is told at its cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.boards.catalogue_workbook.rows import Row, sheets_of
from indicators.boards.catalogue_workbook.words import cell_text, normal, typed
from indicators.boards.definition_change import Difference, differences
from indicators.boards.definition_forms import (
    Form,
    field_of_goal,
    new_place,
    on_screen,
    owner_of,
    owners,
    owners_in,
    written_anew,
)
from indicators.boards.definition_inputs import Input, InputError
from indicators.catalogue import Catalogue, Fault
from indicators.catalogue.editing import Addition, Place, all_added, changed, renamed, with_field
from indicators.model import Finding, Severity
from indicators.model import Place as Cell
from indicators.workbooks.cells import Workbook

Texts = Mapping[str, str]


@dataclass
class Brought:
    """The files as the workbook wants them. With an error among the findings they are not to be used.

    `since` is what has changed between the version that it was made from and the one in force.
    """

    texts: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    since: tuple[Difference, ...] = ()
    cells: dict[str, tuple[Form, Row]] = field(default_factory=dict)
    """Where each definition stands in it, by the label that faults have."""

    @property
    def usable(self) -> bool:
        return not any(one.severity is Severity.ERROR for one in self.findings)

    def add(self, rule: str, severity: Severity, message: str, place: Cell, found: str = "") -> None:
        self.findings.append(Finding(rule, severity, message, "", place, found))

    def blame(self, faults: Sequence[Fault]) -> None:
        """Faults of the whole at the cells that they come from."""
        for fault in faults:
            self.add("catalogue-fault", Severity.ERROR, on_screen(fault), self._cell_of(fault))

    def _cell_of(self, fault: Fault) -> Cell:
        for label, (form, row) in self.cells.items():
            if fault.field == label or fault.field.startswith(f"{label}."):
                name = fault.field[len(label) :].strip(".").split(".")[0].split("[")[0]
                return row.place(next((one.label for one in form.inputs if one.name == name), ""))
        return Cell()


def bring(book: Workbook, texts: Texts, now: Catalogue, base: Catalogue | None) -> Brought:
    """What a workbook would make of the files in force. `base` is the version it was made from; for an
    unknown one (None) it is compared with what is in force."""
    brought = Brought(dict(texts), since=differences(base, now) if base else ())
    additions: list[Addition] = []
    owners = owners_in(texts)
    for form, rows in sheets_of(book, brought.add):
        known = form.entries(base or now)
        current = form.entries(now)
        for row in rows:
            additions += _take(brought, form, row, (known, current), (base or now, now), owners)
        _told_missing(brought, form, rows, known)
    if brought.usable and additions:
        brought.texts = all_added(brought.texts, additions)
    return brought


Entries = Mapping[Place, tuple[str, object]]


def _take(
    brought: Brought,
    form: Form,
    row: Row,
    entries: tuple[Entries, Entries],
    catalogues: tuple[Catalogue, Catalogue],
    owners: Mapping[str, str],
) -> Iterator[Addition]:
    """One row: changed, renamed, or new. Entries and catalogues are those of the workbook's version, and of now."""
    (known, current), (base, now) = entries, catalogues
    place = _place(brought, form, row, {**known, **current}, now)
    if place is None:
        brought.add(
            "catalogue-owner",
            Severity.ERROR,
            "Wozu der neue Eintrag gehört, fehlt oder ist unbekannt.",
            row.owner_place,
        )
        return
    brought.cells[place.label] = form, row
    earlier = _earlier(form, row, place, current, now)
    if place in current or earlier is not None:
        model = known.get(earlier or place, current.get(earlier or place, ("", None)))[1]
        was = owner_of(earlier or place, now, owners)
        if row.owner and was and row.owner != was:
            message = f"Wozu ein Eintrag gehört, lässt sich hier nicht ändern; er bleibt bei „{was}“."
            brought.add("catalogue-owner", Severity.WARNING, message, row.owner_place, row.owner)
        _change(brought, form, row, earlier or place, place, (model, current[earlier or place][1]), (base, now))
    elif place in known:
        message = "Diesen Eintrag gibt es im Katalog, der gilt, nicht mehr. Die Zeile ändert nichts."
        brought.add("catalogue-gone", Severity.WARNING, message, row.place(), row.code)
    else:
        yield from _new(brought, form, row, place, now)


def _place(brought: Brought, form: Form, row: Row, there: Entries, now: Catalogue) -> Place | None:
    """Where the definition stands, or a new one is to stand: below what there is, or what stands above it here."""
    same = [place for place in there if place.code == row.code and form.section != "dimensions"]
    same += [place for place in there if place.code == row.code and place.within in ("", row.owner)]
    if same:
        return same[0]
    above = f"guiding_goals.{row.owner}" in brought.cells and form.section in ("guiding_goals", "approaches")
    known = not form.owned or above or row.owner in owners(form, now)
    return new_place(form, row.code, row.owner, now) if known else None


def _earlier(form: Form, row: Row, place: Place, current: Entries, now: Catalogue) -> Place | None:
    """The definition that has got another code in the workbook: its code stands among the earlier ones."""
    if not form.renames or place in current:
        return None
    formerly = row.text("Frühere Kürzel").split()
    return next((one for code in formerly if (one := Place(form.section, code)) in current), None)


def _change(
    brought: Brought,
    form: Form,
    row: Row,
    at: Place,
    place: Place,
    models: tuple[object, object],
    catalogues: tuple[Catalogue, Catalogue],
) -> None:
    before, now = models
    values = {}
    for one in _given(form, row):
        if at != place and one.name == "formerly":
            continue
        text, was = row.text(one.label, one), normal(cell_text(one, getattr(before, one.name), catalogues[0]))
        if text == was:
            continue
        value = _read(brought, one, row, text, catalogues[1])
        current = normal(cell_text(one, getattr(now, one.name), catalogues[1]))
        if current not in (was, text):
            message = f"Auch seit der Fassung dieser Mappe geändert, jetzt: {current or 'leer'}. Es gälte Ihre Zelle."
            brought.add("catalogue-both", Severity.WARNING, message, row.place(one.label), text)
        if current != text:
            values[one.name] = value
    if not brought.usable:
        return
    if at != place:
        brought.texts = renamed(brought.texts, at, place.code)
    if values:
        brought.texts = changed(brought.texts, place, values)


def _new(brought: Brought, form: Form, row: Row, place: Place, now: Catalogue) -> Iterator[Addition]:
    if form.blank is None:
        brought.add("catalogue-new", Severity.ERROR, "Hier kommt kein neuer Eintrag dazu.", row.place(), row.code)
        return
    blank = form.blank()
    filled = {one.name: one.shown(getattr(blank, one.name)) for one in form.inputs}
    for one in _given(form, row, new=True):
        if text := row.text(one.label, one):
            try:
                filled[one.name] = typed(one, text, now)
            except InputError as error:
                brought.add("catalogue-cell", Severity.ERROR, str(error), row.place(one.label), text)
    values, wrong = written_anew(form, filled)
    labels = {one.name: one.label for one in form.inputs}
    for name, message in wrong.items():
        brought.add("catalogue-cell", Severity.ERROR, message, row.place(labels[name]), row.text(labels[name]))
    if form.section == "field" and brought.usable:
        brought.texts = with_field(brought.texts, place.code, values)
    elif brought.usable:
        owner = field_of_goal(now, str(values.get("goal"))) if "goal" in values else row.owner
        yield Addition(place, owner, values)


def _given(form: Form, row: Row, *, new: bool = False) -> Iterator[Input]:
    """The fields whose columns are there."""
    return (one for one in form.inputs if one.label in row.columns and (new or not one.anew))


def _read(brought: Brought, one: Input, row: Row, text: str, now: Catalogue) -> object:
    try:
        return one.written(typed(one, text, now))
    except InputError as error:
        brought.add("catalogue-cell", Severity.ERROR, str(error), row.place(one.label), text)
    return None


def _told_missing(brought: Brought, form: Form, rows: Sequence[Row], known: Entries) -> None:
    there = {row.code for row in rows} | {code for row in rows for code in row.text("Frühere Kürzel").split()}
    gone = [place.code for place in known if form.coded and place.code not in there]
    if gone:
        message = f"Diese Einträge fehlen in der Mappe und bleiben, wie sie sind: {', '.join(gone[:12])}."
        brought.add("catalogue-left-out", Severity.HINT, message, Cell(form.sheet))
