"""Opens every file with LibreOffice: ``python -m pytest tests/hostile/office.py``. Needs ``soffice`` on the path.

Not part of `make test`, which needs no office program; tests/hostile/test_spreadsheets.py reads the same files there.
"""

import logging
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.access.world import World
from tests.hostile.files import FORMULAS, File, handed_out

OFFICE = shutil.which("soffice") or "soffice"


def opened(files: list[File], at: Path) -> list[Path]:
    """Each file as LibreOffice understood it: a flat sheet, in which a formula would have an attribute of its own."""
    named = [at / f"{number}-{file.name.replace(':', '-')}.{file.form}" for number, file in enumerate(files)]
    for path, file in zip(named, files, strict=True):
        path.write_bytes(file.data)
    home = f"-env:UserInstallation=file://{at / 'profile'}"
    command = [OFFICE, home, "--headless", "--convert-to", "fods", "--outdir", str(at / "out"), *map(str, named)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return [at / "out" / f"{path.stem}.fods" for path in named]


@pytest.mark.parametrize("formula", FORMULAS)
def test_an_office_program_sees_text_and_no_formula(
    everybody: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, formula: str
) -> None:
    caplog.set_level(logging.CRITICAL, logger="django")
    files = handed_out(everybody, formula)
    sheets = [path.read_text(encoding="utf-8") for path in opened(files, tmp_path)]
    cells = sum(sheet.count("<table:table-cell") for sheet in sheets)
    print(f"{len(files)} files, {cells} cells opened")  # noqa: T201 - the figure to publish
    assert [file.name for file, sheet in zip(files, sheets, strict=True) if "table:formula=" in sheet] == []
    assert [file.name for file, sheet in zip(files, sheets, strict=True) if "xlink:href=" in sheet] == []
