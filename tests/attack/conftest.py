"""The city that is attacked: one server for all visitors of one kind, as in real life."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.visiting import Town, town


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, filled_database: Path) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("attack"), filled_database) as started:
        yield started
