"""A period's templates for everybody: one package with all letters, and who has got what, what came, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators.catalogue import Catalogue
from indicators.deliveries.handing_out import template_for, templates_for_all
from indicators.ledger.duties import Duty, State
from indicators.periods import Period
from indicators.reminders import record
from indicators.reminders.letters import LetterKind, template_name
from indicators.reminders.record import HandedOut, Way
from indicators.reminders.sending import Letter, letter_for
from indicators.reminders.tasks import OWED, SOON
from indicators.store import Store
from indicators.templates.reproducible import pack
from indicators.templates.template import figures_for, file_name


@dataclass(frozen=True)
class Request:
    """What one reporter owes for the period, and how far it is. `got` is the latest first."""

    duty: Duty
    letter: Letter
    got: tuple[HandedOut, ...]

    @property
    def is_open(self) -> bool:
        return self.duty.state in OWED


def requests(store: Store, catalogue: Catalogue, owed: Sequence[Duty], period: Period, today: date) -> list[Request]:
    """One for each reporter that owes something for the period."""
    got = record.handed_out(store, period)
    return [
        Request(
            duty,
            letter_for(store, catalogue, duty, _kind(duty, today)),
            tuple(one for one in got if one.reporter == duty.reporter),
        )
        for duty in owed
        if duty.period == period
    ]


def _kind(duty: Duty, today: date) -> LetterKind:
    if duty.due < today:
        return LetterKind.LATE
    asked_before = duty.state is State.PARTIAL or (duty.due - today).days <= SOON // 2
    return LetterKind.SOON if asked_before else LetterKind.REQUEST


def package(store: Store, catalogue: Catalogue, wanted: Sequence[Request], by: str, at: datetime) -> bytes:
    """A ZIP with template and letter of each, named alike; on record as handed out."""
    files: dict[str, bytes] = {}
    for one in wanted:
        name = template_name(one.duty)
        files[name] = template_for(store, catalogue, one.duty.reporter, one.duty.period)
        files[f"{name.removesuffix('.xlsx')}_Anschreiben.txt"] = written(one.letter).encode()
    content = pack(files)
    for one in wanted:
        hand_out(store, one.duty.reporter, one.duty.period, template_name(one.duty), Way.ZIP, by, at)
    return content


def fetched(
    store: Store, catalogue: Catalogue, reporter: str, period: Period, name: str, by: str, at: datetime
) -> bytes:
    """One template that somebody fetches on the page; on record as handed out."""
    content = template_for(store, catalogue, reporter, period)
    hand_out(store, reporter, period, name, Way.DOWNLOAD, by, at)
    return content


def fetched_by_all(store: Store, catalogue: Catalogue, period: Period, by: str, at: datetime) -> bytes:
    """The templates of everybody who delivers for such a period, without letters; on record as handed out."""
    content = templates_for_all(store, catalogue, period)
    for code in catalogue.reporters:
        if figures_for(catalogue.valid_in(period), code, period):
            hand_out(store, code, period, file_name(period, code), Way.ZIP, by, at)
    return content


def hand_out(store: Store, reporter: str, period: Period, name: str, way: Way, by: str, at: datetime) -> None:
    """Puts it on record; a store that takes nothing at the moment keeps nobody from their template."""
    if store.writable:
        record.hand_out(store, HandedOut(reporter, period, name, way, "", at, by))


def written(letter: Letter) -> str:
    """The whole letter as text: to whom, subject, body."""
    return (
        f"An: {letter.recipient or '(Adresse fehlt im Katalog)'}\nBetreff: {letter.text.subject}\n\n{letter.text.body}"
    )
