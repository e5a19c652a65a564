"""Which letters are to go out now, to whom and with what; and sending them, each once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german
from indicators.catalogue import Catalogue
from indicators.deliveries.handing_out import template_for
from indicators.foreign_text import legible
from indicators.ledger.duties import Duty, State
from indicators.moments import local_day
from indicators.reminders import post, record
from indicators.reminders.letters import LetterKind, Wording, filled, gaps_for, template_name, wordings
from indicators.reminders.post import MailError, UnclearError
from indicators.reminders.record import HandedOut, Mail, MailState, Way
from indicators.reminders.tasks import Kind, Stage, Task, tasks
from indicators.settings import Settings
from indicators.store import Store
from indicators.templates.template import TemplateError

REMIND = "remind"
"""What the command line asks the running application for."""

NOT_CONFIGURED = (
    "Es ist kein Mailserver eingerichtet. Die IT trägt smtp_host und smtp_sender in settings.toml ein; das "
    "Betriebshandbuch sagt, wie."
)


@dataclass(frozen=True)
class Letter:
    """One letter that is to go out. `about` are its reminders; `recipient` is empty where nobody's address is known;
    `duty` is what its template is for."""

    kind: LetterKind
    about: tuple[str, ...]
    reporter: str
    recipient: str
    text: Wording
    duty: Duty | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one letter; `sent` is None where nobody knows."""

    letter: Letter
    sent: bool | None
    note: str = ""


def letters(
    store: Store, catalogue: Catalogue, settings: Settings, moment: datetime, *, found: Sequence[Task] | None = None
) -> tuple[Letter, ...]:
    """Those that nobody has got yet: a request when a period is over, a reminder before and after its day; and one for
    all other dates of a reporter, or of the office, that are near or over. `found` are the dates of the moment, where
    somebody has them."""
    went, today = record.taken(store), local_day(moment)
    found = tasks(store, catalogue, moment) if found is None else found
    return tuple(
        one
        for one in (
            *_of_figures(store, catalogue, found, today),
            *_of_dates(store, catalogue, settings, found, today, went),
        )
        if not went & set(one.about)
    )


def _of_figures(store: Store, catalogue: Catalogue, found: Iterable[Task], today: date) -> Iterator[Letter]:
    for task in found:
        if task.duty is not None:
            yield letter_for(store, catalogue, task.duty, stage_of(task, today))


def stage_of(task: Task, today: date) -> LetterKind:
    stages = {Stage.LATE: LetterKind.LATE, Stage.SOON: LetterKind.SOON, Stage.COMING: LetterKind.REQUEST}
    return stages[task.stage(today)]


def letter_for(store: Store, catalogue: Catalogue, duty: Duty, kind: LetterKind) -> Letter:
    """The letter about what a reporter owes for a period."""
    missing = frozenset(duty.missing) if duty.state is State.PARTIAL else None
    reporter = catalogue.reporters.get(duty.reporter)
    return Letter(
        kind,
        (f"{kind.value}/{duty.reporter}/{duty.period}",),
        duty.reporter,
        reporter.email if reporter else "",
        filled(wordings(store)[kind], gaps_for(catalogue, duty, missing)),
        duty,
    )


def _of_dates(
    store: Store, catalogue: Catalogue, settings: Settings, found: Iterable[Task], today: date, went: frozenset[str]
) -> Iterator[Letter]:
    """One letter for all new dates of a reporter; what belongs to nobody goes to the office, where it has an address.

    Fixed meetings are no reminders: whoever holds them knows.
    """
    own: dict[str, dict[str, Task]] = defaultdict(dict)
    for task in found:
        stage = task.stage(today)
        key = f"{stage.value}/{task.key}"
        if task.duty is None and task.kind is not Kind.MEETING and stage is not Stage.COMING and key not in went:
            own[task.reporter][key] = task
    for code, dated in own.items():
        reporter = catalogue.reporters.get(code)
        if not code and not settings.mail_office:
            continue
        gaps = {
            "stelle": catalogue.reporter_name(code) if code else "Stabsstelle Integration",
            "termine": "\n".join(_line(task) for task in dated.values()),
            "stadt": catalogue.city.name,
        }
        recipient = (reporter.email if reporter else "") if code else settings.mail_office
        text = filled(wordings(store)[LetterKind.TASKS], gaps)
        yield Letter(LetterKind.TASKS, tuple(dated), code, recipient, text)


def _line(task: Task) -> str:
    note = f" ({task.note})" if task.note else ""
    return f"- {german.day(task.due)}: {task.title}{note}"


def send(
    store: Store, catalogue: Catalogue, settings: Settings, chosen: Iterable[Letter], by: str, at: datetime
) -> list[Outcome]:
    """Sends each, once; stops where the server cannot be reached, so that the rest goes out next time.

    Raises MailError where no server is set up.
    """
    if not post.configured(settings):
        raise MailError(NOT_CONFIGURED)
    outcomes = []
    for letter in chosen:
        if not letter.recipient:
            outcomes.append(Outcome(letter, False, "keine E-Mail-Adresse im Katalog"))
            continue
        outcome, go_on = _send(store, catalogue, settings, letter, by, at)
        outcomes.append(outcome)
        if not go_on:
            break
    return outcomes


def _send(
    store: Store, catalogue: Catalogue, settings: Settings, letter: Letter, by: str, at: datetime
) -> tuple[Outcome, bool]:
    """What became of it, and whether the next may be tried."""
    text = letter.text
    mail = Mail(0, letter.kind.value, letter.about, letter.reporter, letter.recipient, text.subject)
    number = record.begin(store, mail, by, at)
    if number is None:
        return Outcome(letter, False, "schon gesendet"), True
    try:
        attached = _attached(store, catalogue, letter)
        content = post.message(settings, letter.recipient, text.subject, text.body, letter.about[0], at, attached)
        post.send(settings, content)
    except UnclearError as error:
        record.end(store, number, MailState.UNCLEAR, by, at, str(error))
        return Outcome(letter, None, str(error)), False
    except MailError as error:
        record.end(store, number, MailState.FAILED, by, at, legible(str(error)))
        return Outcome(letter, False, legible(str(error))), error.alone
    record.end(store, number, MailState.SENT, by, at)
    if letter.duty and attached:
        got = HandedOut(letter.reporter, letter.duty.period, attached[0], Way.MAIL, letter.recipient, at, by)
        record.hand_out(store, got)
    return Outcome(letter, True), True


def _attached(store: Store, catalogue: Catalogue, letter: Letter) -> tuple[str, bytes] | None:
    if letter.duty is None:
        return None
    duty = letter.duty
    try:
        return template_name(duty), template_for(store, catalogue, duty.reporter, duty.period)
    except TemplateError as error:
        raise MailError(str(error), alone=True) from error


def told(outcomes: Iterable[Outcome], catalogue: Catalogue) -> list[str]:
    """One line for each, for the command line and the page."""
    words = {True: "gesendet", False: "nicht gesendet", None: "unklar, ob angekommen"}
    return [
        f"{_whom(one.letter, catalogue)}: {one.letter.text.subject} – {words[one.sent]}"
        + (f" ({one.note})" if one.note else "")
        for one in outcomes
    ]


def _whom(letter: Letter, catalogue: Catalogue) -> str:
    name = catalogue.reporter_name(letter.reporter) if letter.reporter else "Stabsstelle"
    return f"{name} <{letter.recipient}>" if letter.recipient else name


def remind(
    store: Store, catalogue: Catalogue, settings: Settings, by: str, at: datetime, *, only_look: bool
) -> list[str]:
    """Sends all letters that are to go out, or says which they are."""
    waiting = letters(store, catalogue, settings, at)
    if not waiting:
        return ["Nichts zu senden."]
    if only_look:
        return [f"{_whom(one, catalogue)}: {one.text.subject}" for one in waiting]
    return told(send(store, catalogue, settings, waiting, by, at), catalogue)
