"""The command line takes own tables whose layout is known, and says what to do about others."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.catalogue import load
from indicators.store import Store
from tests.deliveries.own_workbooks import FIRST, NEXT, cross_table
from tests.deliveries.test_own_tables import accepted, decided

YEARS = (2025, 2026, 2027)


@pytest.fixture
def deliver(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITORING_HOME", str(home))
    monkeypatch.setattr("indicators.commands.delivery.utc_now", lambda: datetime(2028, 2, 1))

    def invoke(content: bytes, status: int) -> str:
        (tmp_path / "kinder.xlsx").write_bytes(content)
        result = CliRunner().invoke(main, ["deliver", str(tmp_path / "kinder.xlsx"), "--commit", "--reason", "geprüft"])
        assert result.exit_code == status, result.output
        return result.output

    return invoke


def test_a_table_that_nobody_assigned_is_sent_to_the_screen(deliver):
    output = deliver(cross_table(FIRST, YEARS[:2]), 1)
    assert "keine Vorlage" in output
    assert "Auf der Seite „Daten liefern“ einmal zuordnen" in output


def test_a_known_table_is_committed_without_a_question(deliver, home):
    store, catalogue = Store(home / "data" / "monitoring.duckdb"), load(home / "definitions")
    content = cross_table(FIRST, YEARS[:2])
    accepted(store, catalogue, decided(store, catalogue, content, now=datetime(2027, 2, 1)), datetime(2027, 2, 1))
    store.close()
    output = deliver(cross_table(NEXT, YEARS), 0)
    assert "3 neu, 2 geändert, 0 entfällt, 4 unverändert" in output
    assert "Übernommen als Lieferung 8 (9 Werte" in output
