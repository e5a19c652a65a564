"""A list of things that go on: each is delivered on its own, and what was said of it last is what holds.

So a small delivery changes one of them and loses none of the others, and its history is that of its deliveries.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from string import ascii_uppercase
from typing import ClassVar

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed import Listed, entries, template
from indicators.datasets.listed.entries import Entry, EntryKey, State, States, former, holding
from indicators.datasets.listed.fields import Content
from indicators.datasets.preview import Change, Kept, Preview, PreviewRow
from indicators.datasets.reading import Reading
from indicators.foreign_text import legible
from indicators.model import Finding, Severity, Slice
from indicators.moments import FOREVER
from indicators.names import named
from indicators.periods import Period
from indicators.store import Store

EMPTY = "leer"
SHOWN = 80
"""So many characters of a cell stand in a finding."""


@dataclass(frozen=True)
class Standing(Listed):
    """`named_by` are the fields that name an entry together, `else_by` does where the last of them is empty;
    `counted_as` is the word before a number, `unit_names` what its own tables call those responsible beside the usual.

    The reporter is whoever is responsible for it. The fields that are `reported` are theirs, all else is the office's.
    """

    named_by: tuple[str, ...] = ()
    else_by: str = ""
    counted_as: str = "Nr."
    office_only: bool = False
    unit_names: tuple[str, ...] = ()

    moves: ClassVar[bool] = True
    """Whether an entry can go from one reporter to another."""

    @property
    def form(self) -> template.Form:
        form = super().form
        return replace(form, named_by=self.named_by, else_by=self.else_by, counted_as=self.counted_as)

    def key_for(self, reporter: str, period: Period, name: str) -> EntryKey:
        name = self.name_for(reporter, name)
        return EntryKey(self.code, reporter, period, name, name)

    def name_for(self, reporter: str, name: str) -> str:
        """What the reporter's entry is called among all."""
        return name

    def states(
        self, store: Store, moment: datetime = FOREVER, only: Iterable[str] | None = None
    ) -> dict[str, tuple[State, ...]]:
        """All that was said of each entry until the moment, and not withdrawn; the last one holds."""
        return entries.states(store, self.code, moment, only)

    # handed out and read

    def template(self, store: Store, catalogue: Catalogue, reporter: str, period: Period) -> bytes:
        now = [said[-1] for said in self.states(store).values() if said[-1].key.reporter == reporter]
        return self.workbook(catalogue, reporter, period, [one for one in now if one.content is not None])

    def workbook(self, catalogue: Catalogue, reporter: str, period: Period, now: Sequence[State]) -> bytes:
        """The template with what holds in its cells."""
        ordered = sorted(now, key=lambda one: self.order(one.key.name))
        rows = [template.Row(filled=one.content or (), basis=one.delivery) for one in ordered]
        return template.build(self.form, catalogue, reporter, period, rows)

    def edited(
        self,
        catalogue: Catalogue,
        reporter: str,
        period: Period,
        typed: Mapping[str, str | float],
        basis: int | None,
        note: str,
    ) -> bytes:
        """The workbook of one entry, with what was typed into the fields of a page; read and checked like any other."""
        row = template.Row(filled=tuple((code, text) for code, text in typed.items() if text != ""), basis=basis)
        return template.build(self.form, catalogue, reporter, period, [row], note, room=0)

    # checked

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """What the file leaves as it was before its reader is no part of the delivery: nobody undoes what they have
        not seen."""
        spelled = {_plain(subject): subject for subject in entries.subjects(store, self.code)}
        rows = [self._spelled(row, spelled) for row in reading.rows]
        states = self.states(store, only=[row.key.subject for row in rows])
        reading = replace(reading, rows=tuple(rows))
        reading = self._with_gone_codes(reading, states)
        rows = list(reading.rows)
        named = Counter(row.key.subject for row in rows)
        kept = [
            row
            for row in rows
            if named[row.key.subject] > 1 or not self._left_alone(row, states.get(row.key.subject, ()))
        ]
        handed = [piece for row in kept if (piece := former(row, states)) is not None]
        covers = dict.fromkeys([*(row.slice for row in kept), *handed])
        mine = {_plain(row.key.subject) for row in kept}
        reading = replace(
            reading,
            rows=tuple(kept),
            covers=tuple(covers),
            empty=tuple(one for one in reading.empty if _plain(one[0].subject) in mine),
        )
        same = len(rows) - len(kept)
        unchanged = (_unchanged(same),) if same and kept else ()
        doubtful = [found for row in kept for found in self._against(row, states, catalogue)]
        return super().checked(store, catalogue, reading, today).with_findings((*doubtful, *unchanged))

    def _with_gone_codes(self, reading: Reading, states: States) -> Reading:
        """A code that the catalogue has no longer is no fault of whoever leaves it where it stood."""
        letters, rows = dict(self.form.columns), list(reading.rows)
        numbers = {(row.place.sheet, row.place.cell.lstrip(ascii_uppercase)): number for number, row in enumerate(rows)}
        findings = []
        for finding in reading.findings:
            at = (finding.place.sheet, finding.place.cell.lstrip(ascii_uppercase))
            code = letters.get(finding.place.cell.rstrip("0123456789"), "")
            number = numbers.get(at) if finding.rule == "unknown-code" else None
            stood = self._stood(rows[number], states).get(code) if number is not None else None
            if number is not None and isinstance(stood, str) and finding.found == legible(stood, SHOWN) != "":
                rows[number] = replace(rows[number], content=(*rows[number].content, (code, stood)))
            else:
                findings.append(finding)
        return replace(reading, rows=tuple(rows), findings=tuple(findings))

    def _stood(self, row: Entry, states: States) -> dict[str, str | float]:
        said = states.get(row.key.subject, ())
        seen = next((one for one in said if one.delivery == row.basis), None) or holding(said, row.key.period)
        return dict(seen.content or ()) if seen else {}

    def renamed(self, reading: Reading, called: Callable[[Entry], Entry]) -> Reading:
        """Each row with the content that it is meant to have, and its key after it."""
        rows, moved = [], {}
        for row in reading.rows:
            new = called(row)
            name = self.form.name_of(dict(new.content))
            new = replace(new, key=self.key_for(new.key.reporter, new.key.period, name))
            moved[row.slice] = new.slice
            rows.append(new)
        return replace(
            reading,
            rows=tuple(rows),
            covers=tuple(dict.fromkeys(moved.get(piece, piece) for piece in reading.covers)),
            empty=tuple((moved.get(piece, piece), about, place) for piece, about, place in reading.empty),
        )

    def known_as(self, store: Store, name: str) -> str | None:
        """How an entry is spelled that is there already; None where there is none of that name."""
        return next((one for one in entries.subjects(store, self.code) if _plain(one) == _plain(name)), None)

    def _spelled(self, row: Entry, spelled: Mapping[str, str]) -> Entry:
        """An entry that is there already is the same one, however its name is spelled."""
        name = spelled.get(_plain(row.key.name), row.key.name)
        return replace(row, key=replace(row.key, name=name, subject=name))

    def _left_alone(self, row: Entry, said: Sequence[State]) -> bool:
        """Whether the row says what its reader had before them."""
        seen = next((one for one in said if one.delivery == row.basis), None) or holding(said, row.key.period)
        if seen is None or seen.content is None:
            return False
        return self.same(seen.content, row.content) and seen.key.reporter == row.key.reporter

    def _against(self, row: Entry, states: States, catalogue: Catalogue) -> Iterator[Finding]:
        """What someone else has said of it since, and whose it was until now."""
        said = states.get(row.key.subject, ())
        now = holding(said, row.key.period)
        if now is None or now.content is None:
            return
        if now.key.reporter != row.key.reporter:
            before, after = (catalogue.reporter_name(code) for code in (now.key.reporter, row.key.reporter))
            message = f"„{row.key.name}“ gehört bisher zu {before}; mit dieser Lieferung ist {after} zuständig."
            yield Finding("handed-on", Severity.WARNING, message, "Bitte prüfen und den Grund nennen.", row.place)
        if row.basis is not None and row.basis != now.delivery:
            seen = next((one.content for one in said if one.delivery == row.basis), None) or ()
            changed = self.differences(seen, now.content)
            what = f": {'; '.join(f'{title}: {after}' for title, _, after in changed)}" if changed else ""
            yield Finding(
                "overtaken",
                Severity.WARNING,
                f"„{row.key.name}“ wurde inzwischen geändert (Lieferung {now.delivery} vom {german.moment(now.at)}, "
                f"{named(now.by, now.at)}){what}. Ihre Angaben beruhen noch auf Lieferung {row.basis}.",
                "Bitte ansehen, was inzwischen gilt. Wer trotzdem übernimmt, nennt den Grund.",
                row.place,
            )

    def nothing(self) -> Finding:
        message = f"Die Datei ändert in der Liste „{self.title}“ nichts und bringt nichts Neues."
        return Finding("no-values", Severity.ERROR, message, "Bitte ändern, was sich geändert hat, und neu hochladen.")

    # compared

    def valid(self, store: Store, slices: Iterable[Slice], moment: datetime = FOREVER) -> dict[EntryKey, Kept[Content]]:
        """What holds of each subject by the period of the slice, also where it was said of an earlier one."""
        slices = list(slices)
        states = self.states(store, moment, [piece.subject for piece in slices])
        found: dict[EntryKey, Kept[Content]] = {}
        for piece in slices:
            now = holding(states.get(piece.subject, ()), piece.period)
            if now is not None and now.content is not None and now.key.reporter == piece.reporter:
                key = replace(now.key, period=piece.period)
                found[key] = Kept(now.content, now.place, now.delivery)
        return found

    def compare(self, reading: Reading, current: Mapping[EntryKey, Kept[Content]]) -> Preview:
        """What goes from one reporter to another neither vanishes nor is new."""
        preview = super().compare(reading, current)
        gone = {row.key.subject: row for row in preview.rows if row.change is Change.VANISHED}
        new = {row.key.subject for row in preview.rows if row.change is Change.NEW}
        moved = gone.keys() & new
        rows = []
        for row in preview.rows:
            if row.key.subject not in moved:
                rows.append(row)
            elif row.change is Change.NEW:
                old = gone[row.key.subject]
                rows.append(replace(row, change=Change.CHANGED, before=old.before, delivery=old.delivery))
        return replace(preview, rows=tuple(rows))

    def corrects(self, before: Content, after: Content) -> bool:
        """A state that moves on is none, nor is a field that was empty."""
        old, new = dict(before), dict(after)
        return any(old[one.code] != new.get(one.code) for one in self.fields if one.code in old and not one.reported)

    def reserved(self, preview: Preview) -> Iterator[Finding]:
        """Those responsible say how their own entries stand; what there is, and what it is to be, the office says."""
        for row in preview.moving:
            if row.before is None:
                message = f"„{row.key.name}“ gibt es noch nicht. Neues trägt die Stabsstelle ein."
            else:
                mine = {one.title for one in self.fields if one.reported}
                others = [title for title, _, _ in self.differences(row.before, row.after or ()) if title not in mine]
                if not others and row.after is not None:
                    continue
                said = german.enumeration([f"„{title}“" for title in others])
                message = f"Bei „{row.key.name}“ ändert nur die Stabsstelle {said or 'den Bestand'}."
            remedy = "Bitte bei der Stabsstelle melden; ändern Sie hier nur, wie es steht."
            yield Finding("reserved", Severity.ERROR, message, remedy, row.place)

    # said

    def row_name(self, catalogue: Catalogue, key: EntryKey) -> str:
        return key.name

    def texts(self, catalogue: Catalogue, row: PreviewRow) -> tuple[str, str]:
        """Of what changes only the fields that do."""
        if row.change is not Change.CHANGED:
            return super().texts(catalogue, row)
        changed = self.differences(row.before, row.after)
        before, after = (
            ", ".join(f"{one[0]}: {one[side]}" for one in changed) or "zuständige Stelle" for side in (1, 2)
        )
        return before, after

    def order(self, name: str) -> tuple[object, ...]:
        """„Nr. 9“ before „Nr. 10“, and what has no number behind them."""
        *around, last = name.split(" · ")
        parts = re.split(r"(\d+)", last)
        return (
            around,
            not last.startswith(f"{self.counted_as} "),
            [int(part) if part.isdecimal() else part for part in parts],
        )

    def differences(self, before: Content, after: Content) -> list[tuple[str, str, str]]:
        """Title, old and new text of each field that is not the same."""
        old, new = dict(before), dict(after)

        def said(values: Mapping[str, str | float], code: str) -> str:
            return self.field(code).text(values[code]) if code in values else EMPTY

        codes = [one.code for one in self.fields if old.get(one.code) != new.get(one.code)]
        return [(self.field(code).title, said(old, code), said(new, code)) for code in codes]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _unchanged(count: int) -> Finding:
    one = count == 1
    message = (
        f"{german.counted(count, 'Eintrag steht', 'Einträge stehen')} unverändert in der Datei und "
        f"{'bleibt, wie er ist' if one else 'bleiben, wie sie sind'}."
    )
    return Finding("unchanged-entries", Severity.HINT, message)
