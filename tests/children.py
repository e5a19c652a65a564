"""The children that open workbooks, forked instead of started: the same programs under the same limits.

A test that stages a file would pay 0.15 seconds of a processor for loading Python and our reader, and there are more
than a thousand. That the programs start as the product starts them is held by tests/test_command_line_uploads.py,
tests/operations, tests/attack and every test that runs a server of its own.
"""

import io
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

PROGRAMS = ("indicators.tables.child", "indicators.workbooks.reader", "indicators.maps.child")
ROOT = Path(__file__).parents[1]
PYTHON = sys.executable


class Forking:
    """Stands in for the module `subprocess` where a workbook is given to a child."""

    PIPE, DEVNULL, TimeoutExpired = subprocess.PIPE, subprocess.DEVNULL, subprocess.TimeoutExpired

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._address = str(Path(self._folder.name) / "children")
        command = [sys.executable, "-E", "-m", "tests.children", self._address]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self._process.stdout
        self._process.stdout.readline()

    def run(
        self, command: list[str], *, input: bytes, timeout: float, **more: Any
    ) -> "subprocess.CompletedProcess[bytes]":
        """What such a child writes. Raises TimeoutExpired with what it had written by then."""
        python, program, arguments = command[0], command[3], command[4:]
        if python != PYTHON:  # a test that wants another program in its place
            return subprocess.run(command, input=input, timeout=timeout, **more)
        assert program in PROGRAMS
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(self._address)
            head = json.dumps([program, arguments]).encode()
            line.sendall(head + b"\n" + input)
            line.shutdown(socket.SHUT_WR)
            return subprocess.CompletedProcess(command, 0, _answer(line, command, timeout))

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()


def _answer(line: socket.socket, command: list[str], timeout: float) -> bytes:
    end, parts = time.monotonic() + timeout, []
    while True:
        if not select.select([line], [], [], max(0.0, end - time.monotonic()))[0]:
            raise subprocess.TimeoutExpired(command, timeout, output=b"".join(parts))
        part = line.recv(1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _serve(address: str) -> None:
    """Forks for each who comes; the forked one reads its order, and is the program from then on."""
    modules = {name: import_module(name) for name in PROGRAMS}
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(64)
        print("ready", flush=True)
        while True:
            line, _ = door.accept()
            if os.fork() == 0:
                door.close()
                os._exit(_be(line, modules))
            line.close()


def _be(line: socket.socket, modules: dict[str, Any]) -> int:
    with line.makefile("rb") as order:
        program, arguments = json.loads(order.readline())
        content = order.read()
    os.dup2(line.fileno(), 1)
    line.close()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.argv = [program, *arguments]
    sys.stdin = io.TextIOWrapper(io.BytesIO(content))
    code: int = modules[program].main()
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    _serve(sys.argv[1])
