"""The report in a real browser: two presses from a field to a file, and long work that can be stopped."""

from pathlib import Path

import pikepdf


def test_two_presses_from_a_field_give_the_file(server, watched):
    page = watched.open(f"{server.address}field?feld=B")
    page.get_by_role("link", name="Bericht über dieses Handlungsfeld").click()
    page.wait_for_selector("h1:has-text('Bericht')")
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF (barrierefrei)").click()
    assert download.value.suggested_filename.startswith("integrationsbericht-musterstadt-b-bildung-")
    with pikepdf.open(Path(download.value.path())) as pdf:
        assert str(pdf.Root.Lang) == "de-DE"
        assert len(pdf.pages) > 3


def test_long_work_shows_how_far_it_is_and_can_be_stopped(server, watched):
    page = watched.open(f"{server.address}bericht")
    page.get_by_role("button", name="Alle Formate vorbereiten").click()
    page.wait_for_selector("text=/von 6/")
    page.get_by_role("button", name="Abbrechen").click()
    page.wait_for_selector("text=Abgebrochen. Es wurde nichts gespeichert.")
    assert page.get_by_role("button", name="Alle Formate herunterladen").count() == 0
    page.get_by_role("button", name="Alle Formate vorbereiten").click()
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("button", name="Alle Formate herunterladen").click(timeout=120_000)
    assert download.value.suggested_filename.endswith("-alle-formate.zip")
