"""The house in numbers: rooms with their lines, long files and functions, and whether its contracts hold.

python -m tests.house
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "indicators"
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LARGEST_SHARE = 15
"""Percent of the house that one room may hold."""
ROOMS_IN_ROOMS = (("tables", "crosstab"), ("ui", "serving"), ("ui", "delivering"))


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def rooms() -> dict[str, int]:
    """Lines of each room; a module beside the rooms is one of its own. Rooms in rooms stand alone."""
    found: dict[str, int] = {}
    for file in PACKAGE.rglob("*.py"):
        place = file.relative_to(PACKAGE).parts
        inner = "/".join(place[:2]) if place[:2] in ROOMS_IN_ROOMS else place[0]
        found[inner] = found.get(inner, 0) + lines(file)
    return found


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def long_files() -> list[tuple[str, int]]:
    sizes = {file.relative_to(PROJECT).as_posix(): lines(file) for file in PACKAGE.rglob("*.py")}
    return sorted((name, size) for name, size in sizes.items() if size > LONGEST_FILE)


def long_functions() -> list[tuple[str, str, int]]:
    return sorted(
        (file.relative_to(PROJECT).as_posix(), name, size)
        for file in PACKAGE.rglob("*.py")
        for name, size in functions(file)
        if size > LONGEST_FUNCTION
    )


def main() -> int:
    sizes = rooms()
    total = sum(sizes.values())
    for room, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"{room:22} {size:6} lines {100 * size / total:5.1f} %")
    tests = sum(map(lines, (PROJECT / "tests").rglob("*.py")))
    pages = sum(map(lines, [PROJECT / "dashboard.py", *(PROJECT / "pages").glob("*.py")]))
    sql = sum(map(lines, PACKAGE.rglob("*.sql")))
    print(f"product {total + pages} lines of Python and {sql} of SQL, tests {tests}")
    print(f"files over {LONGEST_FILE} lines: {len(long_files())}", *(f"{name} {size}" for name, size in long_files()))
    print(f"functions over {LONGEST_FUNCTION} lines: {len(long_functions())}", *long_functions())
    return subprocess.run([Path(sys.executable).with_name("lint-imports"), "--no-cache"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
