"""The app as a session sees it, on an installation of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from indicators.ui import folds, login, process
from tests.many_cities import AUTH, NOW

folds.unfolded = lambda place: True  # type: ignore[assignment]
"""AppTest cannot unfold anything: whoever looks here has unfolded all. How folds begin, browser/test_folds.py asks."""

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The dashboard on the small city; the store is closed afterwards."""
    monkeypatch.setenv("MONITORING_HOME", str(home))
    monkeypatch.setenv("MONITORING_KEEP_DAILY", "0")  # tests that want the backup of the day say so
    forget_everything()
    yield AppTest.from_file(str(DASHBOARD), default_timeout=30)
    # what is thrown away need not be moved into the file, which copies it twice
    monkeypatch.setattr("indicators.store.durability.checkpoints.move_log", lambda *_: True)
    forget_everything()


@pytest.fixture
def under_one_roof(roof: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Both are there; nobody has visited yet."""
    monkeypatch.setenv("MONITORING_CITIES", str(roof))
    monkeypatch.setenv("MONITORING_KEEP_DAILY", "0")
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
    forget_everything()
    yield roof
    monkeypatch.setattr("indicators.store.durability.checkpoints.move_log", lambda *_: True)
    forget_everything()


def forget_everything() -> None:
    """As after a restart: what the process owns, and what Streamlit has cached."""
    process.end()
    st.cache_resource.clear()
