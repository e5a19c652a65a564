"""A mail server that really listens, on loopback: it takes, refuses, keeps silent, and comes back."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from indicators.settings import Settings


class Mailbox:
    """What came in, and what the server answers to whom. `silent` keeps it from answering."""

    def __init__(self):
        self.got = []
        self.refused = {}
        self.after_data = ""
        self.silent = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.silent:
            await asyncio.sleep(1.5)
        if self.after_data:
            return self.after_data
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 angenommen"

    @property
    def recipients(self):
        return [mail["To"] for mail in self.got]


class Server:
    """Starts and stops on one port of its own."""

    def __init__(self, port=0, **how):
        self.box, self.port, self.how, self.running = Mailbox(), port, how, None

    def start(self):
        self.running = OwnPort(self.box, hostname="127.0.0.1", port=self.port, ready_timeout=10, **self.how)
        self.running.start()
        self.port = self.running.server.sockets[0].getsockname()[1]

    def stop(self):
        if self.running:
            self.running.stop()
            self.running = None


class OwnPort(Controller):
    """aiosmtpd asks itself whether it is there, by the port that it was given."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """(certificate, key) of a city's own authority for 127.0.0.1."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def secured(certificate):
    found = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    found.load_cert_chain(*certificate)
    return found


@pytest.fixture
def server():
    found = Server()
    found.start()
    yield found
    found.stop()


def settings_for(server, **more):
    usual = {"smtp_host": "localhost", "smtp_port": server.port, "smtp_security": "none", "smtp_timeout": 1.0,
             "smtp_sender": "Stabsstelle <integration@stadt.example>"}  # fmt: skip
    return Settings(**(usual | more))
