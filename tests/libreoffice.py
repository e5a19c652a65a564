"""Files as LibreOffice opens them."""

import shutil
import subprocess
from pathlib import Path

import pytest


def as_pdf(folder: Path, *files: Path) -> list[Path]:
    """The pages of each file, in `folder`. Skips where LibreOffice, or its program for such files, is missing."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profil", "--convert-to", "pdf"]
    ran = subprocess.run([*command, "--outdir", folder, *files], capture_output=True, text=True, check=False)
    made = [folder / f"{file.stem}.pdf" for file in files]
    if not all(one.exists() for one in made) and "no export filter" in ran.stderr + ran.stdout:
        pytest.skip("this LibreOffice has no program for such files")
    return made
