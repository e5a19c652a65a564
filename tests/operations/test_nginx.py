"""Our nginx example keeps what docs/betrieb.md promises, in front of the real app."""

import ssl
import urllib.request
from collections.abc import Mapping
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser

from tests.operations.conftest import USER, Proxy

UNCHECKED = ssl.create_default_context()
UNCHECKED.check_hostname = False
UNCHECKED.verify_mode = ssl.CERT_NONE


def asked(address: str, body: bytes | None = None, cookie: str = "") -> tuple[int, Mapping[str, str]]:
    """Status and headers of an answer."""
    headers = {"Cookie": f"{USER}={cookie}"} if cookie else {}
    try:
        request = urllib.request.Request(address, body, headers, method="PUT" if body else None)
        with urllib.request.urlopen(request, timeout=10, context=UNCHECKED) as answer:
            return answer.status, answer.headers
    except HTTPError as error:
        return error.code, error.headers


def test_every_answer_carries_the_security_headers(proxy: Proxy):
    for path in ("", "_stcore/health", "media/x", "_stcore/metrics"):
        _, headers = asked(proxy.address + path)
        assert headers["Strict-Transport-Security"] == "max-age=31536000", path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "nginx/" not in headers["Server"]


def test_whoever_comes_without_tls_is_sent_to_it(proxy: Proxy):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object) -> None:
            return None

    with pytest.raises(HTTPError) as answer:
        urllib.request.build_opener(Stay).open(f"{proxy.plain}deliver?nummer=6")
    assert answer.value.code == 301
    assert answer.value.headers["Location"].startswith("https://")


def test_old_protocols_are_refused(proxy: Proxy):
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(OSError, match=r"(?i)protocol|alert|version"):
        urllib.request.urlopen(proxy.address, timeout=5, context=old)


@pytest.mark.parametrize(("size", "refused"), [(9_000_000, False), (11_000_000, True)])
def test_more_than_ten_megabytes_are_not_taken(proxy: Proxy, size, refused):
    status, _ = asked(f"{proxy.address}_stcore/upload_file/a/b", bytes(size), proxy.cookie)
    assert (status == 413) is refused


def test_strangers_get_no_files_no_metrics_no_interface(proxy: Proxy):
    assert asked(f"{proxy.address}media/x.xlsx")[0] == 403
    assert asked(f"{proxy.address}media/x.xlsx", cookie="forged")[0] == 403
    assert asked(f"{proxy.address}media/x.xlsx", cookie=proxy.cookie)[0] == 404
    assert asked(f"{proxy.address}_stcore/metrics", cookie=proxy.cookie)[0] == 403
    assert asked(f"{proxy.address}_stcore/agent/", cookie=proxy.cookie)[0] == 403
    assert asked(f"{proxy.address}_stcore/health")[0] == 200


def test_a_page_works_through_it_with_websocket_upload_and_download(proxy: Proxy, browser: Browser, tmp_path):
    context = browser.new_context(ignore_https_errors=True, locale="de-DE", accept_downloads=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    context.add_cookies([{"name": USER, "value": proxy.cookie, "url": proxy.address, "secure": True}])

    page.goto(f"{proxy.address}indicator?kennzahl=B-01")
    page.wait_for_selector("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg", timeout=30_000)
    assert "32,5" in page.inner_text(".finding")

    page.goto(f"{proxy.address}deliveries?nummer=6")
    with page.expect_download(timeout=30_000) as download:
        page.get_by_role("button", name="Originaldatei herunterladen").click()
    assert download.value.suggested_filename == "Lieferung-6_FB51_2024.xlsx"
    assert download.value.failure() is None

    page.goto(f"{proxy.address}deliver")
    file = tmp_path / "tabelle.xlsx"
    file.write_bytes(b"a;b\n1;2\n")
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", file)
    page.wait_for_selector("text=Nicht übernommen", timeout=30_000)
    assert complaints == []
    context.close()


def test_a_stranger_is_asked_to_log_in(proxy: Proxy, browser: Browser):
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{proxy.address}deliveries?nummer=6")
    page.get_by_role("button", name="Anmelden").wait_for(timeout=30_000)
    assert "FB51" not in page.inner_text("body")
    context.close()
