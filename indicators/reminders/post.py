"""The way out: one e-mail to the city's mail server, and what it says to that."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from indicators.errors import MonitoringError
from indicators.settings import Settings

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class MailError(MonitoringError):
    """It has not gone out. `alone` where it is about this one and not about the server."""

    def __init__(self, message: str, *, alone: bool = False) -> None:
        super().__init__(message)
        self.alone = alone


class UnclearError(MonitoringError):
    """The server was given all of it and did not answer: it may have gone out."""


def configured(settings: Settings) -> bool:
    return bool(settings.smtp_host and settings.smtp_sender)


def is_address(text: str) -> bool:
    """Whether it is one plain address: no name, no list, no line break."""
    return bool(text) and text.isprintable() and parseaddr(text) == ("", text) and text.count("@") == 1


def message(
    settings: Settings,
    recipient: str,
    subject: str,
    body: str,
    key: str,
    at: datetime,
    attached: tuple[str, bytes] | None,
) -> EmailMessage:
    """The same reminder has the same Message-ID, so that a mail program can tell that it has it already."""
    if not is_address(recipient):
        raise MailError(f"„{recipient}“ ist keine E-Mail-Adresse.", alone=True)
    found = EmailMessage()
    found["From"], found["To"], found["Subject"] = settings.smtp_sender, recipient, subject
    found["Date"] = format_datetime(at.replace(tzinfo=UTC))
    domain = settings.smtp_sender.rpartition("@")[2].strip("> ") or "integrationsmonitoring"
    found["Message-ID"] = f"<{sha256(f'{key} {recipient}'.encode()).hexdigest()[:32]}@{domain}>"
    found["Auto-Submitted"] = "auto-generated"
    found.set_content(body, cte="quoted-printable")
    if attached:
        found.add_attachment(attached[1], maintype=XLSX[0], subtype=XLSX[1], filename=attached[0])
    return found


def send(settings: Settings, mail: EmailMessage) -> None:
    """Raises MailError where it has not gone out, UnclearError where nobody can know."""
    with _line(settings) as line:
        sender = parseaddr(str(mail["From"]))[1]
        for code, said in (line.mail(sender), line.rcpt(str(mail["To"]))):
            if code not in (250, 251):
                line.rset()
                raise MailError(f"Der Mailserver nimmt sie nicht an: {code} {_text(said)}", alone=True)
        try:
            code, said = line.data(mail.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as error:
            raise MailError(_refused(error), alone=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise UnclearError("Der Mailserver hat nach dem Senden nicht mehr geantwortet.") from error
        if code != 250:
            raise MailError(f"Der Mailserver nimmt sie nicht an: {code} {_text(said)}", alone=True)


@contextmanager
def _line(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A line to the server, encrypted as the settings say, and logged in where they name a user."""
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        line = _connected(settings)
    except ssl.SSLError as error:
        raise MailError(
            f"Die verschlüsselte Verbindung zum Mailserver {where} kam nicht zustande: {error.reason}."
        ) from error
    except smtplib.SMTPAuthenticationError as error:
        raise MailError(f"Der Mailserver {where} nimmt Benutzer und Kennwort nicht an.") from error
    except (OSError, smtplib.SMTPException) as error:
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            raise MailError(f"Der Mailserver {where} antwortet nicht.") from error
        raise MailError(f"Der Mailserver {where} ist nicht zu erreichen: {_refused(error)}") from error
    try:
        yield line
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"Die Verbindung zum Mailserver {where} ist abgebrochen: {_refused(error)}") from error
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.quit()


def _connected(settings: Settings) -> smtplib.SMTP:
    trusted = ssl.create_default_context(cafile=str(settings.smtp_ca_file) if settings.smtp_ca_file else None)
    place = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=settings.smtp_timeout, context=trusted)
    else:
        line = smtplib.SMTP(*place, timeout=settings.smtp_timeout)
    try:
        if settings.smtp_security == "starttls":
            line.starttls(context=trusted)
        if settings.smtp_user:
            line.login(settings.smtp_user, settings.smtp_password)
        line.ehlo_or_helo_if_needed()
    except BaseException:
        line.close()
        raise
    return line


def _refused(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
