"""Who got what when: templates that were handed out, and e-mails with what became of them. Rows are only added."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from indicators.errors import MonitoringError
from indicators.periods import Period
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

HAND_OUT = (
    "insert into handed_out select coalesce(max(id), 0) + 1, $reporter, $period, $file_name, $way, $recipient, $at, "
    "$who from handed_out"
)
BEGIN = (
    "insert into mail select coalesce(max(id), 0) + 1, $mail, $letter, $about, $reporter, $recipient, $subject, "
    "$state, $note, $at, $who from mail"
)
TAKEN = "select about from current_mail where state <> 'failed'"


class RecordError(MonitoringError):
    """Something that cannot be put on record like this."""


class Way(StrEnum):
    DOWNLOAD = "download"
    ZIP = "zip"
    MAIL = "mail"

    @property
    def word(self) -> str:
        return {"download": "heruntergeladen", "zip": "im Paket für alle", "mail": "per E-Mail"}[self]


@dataclass(frozen=True)
class HandedOut:
    """A template that somebody got; `recipient` is an address, empty where it was fetched on a page."""

    reporter: str
    period: Period
    file_name: str
    way: Way
    recipient: str
    at: datetime
    by: str


class MailState(StrEnum):
    """BEGUN without an end: the process was stopped on the way, nobody knows whether it arrived."""

    BEGUN = "begun"
    SENT = "sent"
    FAILED = "failed"
    UNCLEAR = "unclear"

    @property
    def word(self) -> str:
        return {
            "begun": "unklar, ob angekommen",
            "sent": "gesendet",
            "failed": "nicht gesendet",
            "unclear": "unklar, ob angekommen",
        }[self]

    @property
    def is_open(self) -> bool:
        """Whether a person has to say if it is to go out again."""
        return self in (MailState.BEGUN, MailState.UNCLEAR)


@dataclass(frozen=True)
class Mail:
    """An e-mail as it stands. `about` are the reminders that it is for."""

    number: int
    letter: str
    about: tuple[str, ...]
    reporter: str
    recipient: str
    subject: str
    state: MailState = MailState.BEGUN
    note: str = ""
    at: datetime = datetime.min
    by: str = ""


@outlasting_restarts
def hand_out(store: Store, found: HandedOut) -> None:
    """Puts on record that somebody got a template."""
    with store.transaction() as cursor:
        cursor.execute(
            HAND_OUT,
            {
                "reporter": found.reporter,
                "period": found.period.key,
                "file_name": found.file_name,
                "way": found.way.value,
                "recipient": found.recipient,
                "at": found.at,
                "who": found.by,
            },
        )


def handed_out(store: Store, period: Period | None = None) -> tuple[HandedOut, ...]:
    """All that was handed out, of one period where it is named, the latest first."""
    rows = store.rows(
        "select reporter, period, file_name, way, recipient, happened_at, who from handed_out "
        "where $period is null or period = $period order by id desc",
        {"period": period.key if period else None},
    )
    return tuple(HandedOut(row[0], Period.from_key(row[1]), row[2], Way(row[3]), *row[4:]) for row in rows)


def mails(store: Store) -> tuple[Mail, ...]:
    """All e-mails as they stand, the latest first."""
    rows = store.rows(
        "select mail, letter, about, reporter, recipient, subject, state, note, happened_at, who from current_mail "
        "order by id desc"
    )
    return tuple(
        Mail(number, letter, tuple(about), reporter, recipient, subject, MailState(state), note, at, by)
        for number, letter, about, reporter, recipient, subject, state, note, at, by in rows
    )


def taken(store: Store) -> frozenset[str]:
    """The reminders that went out, or may have: nobody gets them again."""
    return frozenset(key for (about,) in store.rows(TAKEN) for key in about)


@outlasting_restarts
def begin(store: Store, mail: Mail, by: str, at: datetime) -> int | None:
    """Takes the e-mail's reminders before it goes out; None where somebody else was faster with one of them."""
    with store.transaction() as cursor:
        there = {key for (about,) in cursor.execute(TAKEN).fetchall() for key in about}
        if there & set(mail.about):
            return None
        number = int(cursor.execute("select coalesce(max(mail), 0) + 1 from mail").fetchall()[0][0])
        cursor.execute(BEGIN, _values(mail, MailState.BEGUN, "") | {"mail": number, "at": at, "who": by})
    return number


@outlasting_restarts
def end(store: Store, number: int, state: MailState, by: str, at: datetime, note: str = "") -> None:
    """What became of an e-mail that was begun."""
    found = _of(store, number)
    with store.transaction() as cursor:
        cursor.execute(BEGIN, _values(found, state, note) | {"mail": number, "at": at, "who": by})


def let_go_again(store: Store, number: int, by: str, at: datetime, reason: str) -> None:
    """A person says that an unclear one has not arrived: it goes out with the next ones. Raises RecordError."""
    if not reason.strip():
        raise RecordError("Bitte einen Grund nennen.")
    if not _of(store, number).state.is_open:
        raise RecordError("Über diese E-Mail ist schon entschieden.")
    end(store, number, MailState.FAILED, by, at, reason.strip())


def _of(store: Store, number: int) -> Mail:
    found = next((one for one in mails(store) if one.number == number), None)
    if found is None:
        raise RecordError(f"Eine E-Mail mit der Nummer {number} gibt es nicht.")
    return found


def _values(mail: Mail, state: MailState, note: str) -> dict[str, object]:
    about: Collection[str] = list(mail.about)
    return {
        "letter": mail.letter,
        "about": about,
        "reporter": mail.reporter,
        "recipient": mail.recipient,
        "subject": mail.subject,
        "state": state.value,
        "note": note,
    }
