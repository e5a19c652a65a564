"""Licences of all installed parts: a table to read, and every text and notice that they bring.

`python licences.py FOLDER` writes LICENCES.md and notices.txt there, and into its parts.cdx.json the licences that the
writer of that list did not understand. Run by the environment that is described
(`make parts`); needs nothing but Python.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

NOTICE = re.compile(
    r"(^|[/_.-])(licen[cs]es?|notices?|copying|authors|third[-_]?party[^/]*)([/_.-][^/]*)?$", re.IGNORECASE
)
NOT_TEXT = (".py", ".pyi", ".pyc", ".js", ".so", ".json", ".css", ".svg", ".png")
INTRODUCTION = """# Licences of the parts

Written by `make parts`. For machines: [parts.cdx.json](parts.cdx.json) (CycloneDX); the hashes of every file that may
be installed: [requirements.txt](../../requirements.txt). All texts that the parts bring, those of what they bundle
included: [notices.txt](notices.txt).

“Bundles” says which parts hold compiled code or scripts for the browser, and so code of others as well. Where such a
part brings one text only, the notices of what is inside are kept by its makers and not in the package: for Streamlit's
scripts in the file NOTICES of github.com/streamlit/streamlit, for vl-convert, pydantic_core, rpds-py and other Rust
code in their repositories' lists of crates. Whoever passes the installed environment on passes that code on too.

| part | version | licence | bundles | texts |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Part:
    name: str
    version: str
    licence: str
    bundles: str
    texts: tuple[tuple[str, str], ...]
    """File in the package, and what it says."""


def parts() -> list[Part]:
    """All installed packages by name."""
    found = {part.metadata["Name"].lower(): part for part in distributions()}
    return [_part(found[name]) for name in sorted(found)]


def _part(found: Distribution) -> Part:
    return Part(found.metadata["Name"], found.version, _licence(found), _bundles(found), tuple(_texts(found)))


def _licence(found: Distribution) -> str:
    """The expression where the package has one; else the classifiers, else the first line of its text."""
    if expression := found.metadata.get("License-Expression"):
        return str(expression)
    named = [line.rpartition(" :: ")[2] for line in found.metadata.get_all("Classifier", []) if "License ::" in line]
    said = str(found.metadata.get("License") or "").strip().split("\n")[0]
    return "; ".join(named) or said or "see its text"


def _bundles(found: Distribution) -> str:
    endings = {Path(str(file)).suffix for file in found.files or []}
    return ", ".join(word for ending, word in ((".so", "compiled code"), (".js", "scripts")) if ending in endings)


def _texts(found: Distribution) -> Iterator[tuple[str, str]]:
    for file in sorted(found.files or [], key=str):
        name = str(file)
        if NOTICE.search(name) and not name.lower().endswith(NOT_TEXT) and "/tests/" not in name:
            path = Path(str(file.locate()))
            if path.is_file():
                yield name, path.read_text(encoding="utf-8", errors="replace").strip()


def table(found: list[Part]) -> str:
    rows = (
        f"| {p.name} | {p.version} | {p.licence.replace('|', '/')} | {p.bundles} | {len(p.texts) or 'none'} |"
        for p in found
    )
    return INTRODUCTION + "\n".join(rows) + "\n"


def notices(found: list[Part]) -> str:
    """Every text once; the same text again only by name."""
    lines, seen = [], dict[str, str]()
    for part in found:
        for name, text in part.texts:
            lines += ["=" * 100, f"{part.name} {part.version}: {name}", "=" * 100]
            digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
            lines.append(f"The same as {seen[digest]}." if digest in seen else text)
            seen.setdefault(digest, f"{part.name}: {name}")
            lines.append("")
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n")) + "\n"


def completed(listed: str, found: list[Part]) -> str:
    """The CycloneDX list with a licence for every part."""
    document, licences = json.loads(listed), {part.name.lower(): part.licence for part in found}
    for component in document["components"]:
        component.setdefault("licenses", [{"license": {"name": licences[component["name"].lower()]}}])
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    folder, installed = Path(sys.argv[1]), parts()
    (folder / "LICENCES.md").write_text(table(installed), encoding="utf-8")
    machine_readable = folder / "parts.cdx.json"
    machine_readable.write_text(completed(machine_readable.read_text(encoding="utf-8"), installed), encoding="utf-8")
    (folder / "notices.txt").write_text(notices(installed), encoding="utf-8")
