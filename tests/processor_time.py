"""What each file of the suite costs: `python -m pytest -p tests.processor_time …`, also with `-n 2`.

Processor seconds of the process and of everything it starts (browsers, servers, the children that open workbooks), so
that the figures hold on a machine that does other things as well; the wall's seconds stand beside them.
"""

import os
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest

TICKS = os.sysconf("SC_CLK_TCK")
spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
last = (0.0, 0.0)
"""Processor and wall at the end of the test before: what a fixture of the session costs is with the test that asks."""


def processor_seconds() -> float:
    """Of this process and its descendants, living or waited for."""
    children: dict[int, list[int]] = defaultdict(list)
    used: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        children[int(fields[1])].append(int(entry.name))
        used[int(entry.name)] = sum(int(ticks) for ticks in fields[11:15])
    total, family = 0, [os.getpid()]
    while family:
        one = family.pop()
        total += used.get(one, 0)
        family += children[one]
    return total / TICKS


def pytest_collection_finish() -> None:
    global last
    last = (processor_seconds(), time.monotonic())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    global last
    result = yield
    now = (processor_seconds(), time.monotonic())
    row = spent[item.nodeid.partition("::")[0]]
    row[0], row[1] = row[0] + max(now[0] - last[0], 0), row[1] + now[1] - last[1]
    last = now
    return result


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if (told := getattr(session.config, "workeroutput", None)) is not None:
        told["spent"] = dict(spent)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    for name, (processor, wall) in getattr(node, "workeroutput", {}).get("spent", {}).items():
        spent[name][0] += processor
        spent[name][1] += wall


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("processor and wall seconds of each file")
    for name, (processor, wall) in sorted(spent.items(), key=lambda one: -one[1][0]):
        terminalreporter.write_line(f"{processor:8.1f} {wall:8.1f}  {name}")
    terminalreporter.write_line(f"{sum(row[0] for row in spent.values()):8.1f}           together")
