"""Servers that stand in a moment: forked off a process that has loaded what a server loads, and has served nobody.

`streamlit run` spends two seconds of a processor loading modules, and its first page another one; a test that wants a
server of its own pays that each time. The forked one runs the same command in the same folder with the same settings.
That the command itself starts is held by tests/operations.
"""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

PROJECT = Path(__file__).parents[1]
LOADED = ["streamlit.web.cli", "streamlit.web.bootstrap", "streamlit.web.server.app_discovery", "streamlit.runtime",
          "streamlit.web.server.starlette.starlette_app", "streamlit.web.server.starlette.starlette_server", "uvicorn",
          "pandas", "duckdb", "altair", "openpyxl", "xlsxwriter", "babel.dates", "indicators.ui.navigation",
          "indicators.exports", "indicators.papers", "indicators.reports", "indicators.samples"]  # fmt: skip
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(LOADED)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running app; `address` ends with a slash."""

    process: ForkServerProcess
    address: str
    home: Path
    options: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def port(self) -> str:
        return self.address.rstrip("/").rpartition(":")[2]

    def stop(self) -> None:
        """As the operating system ends it; it has time to give the database back."""
        self.process.terminate()
        self.process.join(20)
        assert self.process.exitcode is not None, "the server does not end"

    def restart(self) -> None:
        """Another process at the same address: what was in memory is gone."""
        self.stop()
        self.process = started(self.home, int(self.port), *self.options, **self.settings).process


def started(home: Path, port: int | None = None, *options: str, **settings: str) -> Server:
    """The app on this installation, listening; the same as `streamlit run dashboard.py` with these options."""
    port = port or free_port()
    environment = {**os.environ, "MONITORING_HOME": str(home), **settings}
    command = ["streamlit", "run", "dashboard.py", "--server.port", str(port), *options]
    process = _forks.Process(target=_serve, args=(command, environment, home / "server.log"), daemon=True)
    process.start()
    address = f"http://127.0.0.1:{port}/"
    for _ in range(600):
        try:
            urlopen(f"{address}_stcore/health", timeout=1).close()
        except HTTPError:  # it answers, and says that something is wrong: that may be what a test wants to see
            return Server(process, address, home, options, settings)
        except OSError:
            time.sleep(0.03)
        else:
            return Server(process, address, home, options, settings)
    process.kill()
    raise RuntimeError((home / "server.log").read_text())


def _serve(command: list[str], environment: dict[str, str], log: Path) -> None:
    """In the forked process: nothing of where it comes from is left, neither folder nor settings nor output."""
    with log.open("ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.chdir(PROJECT)
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.argv = command
    from streamlit.web.cli import main

    from indicators.ui import here

    here.forget()  # after an AppTest multiprocessing takes dashboard.py for the main module, and has run it
    main()
