"""Every file that the site hands out for a spreadsheet, with a formula in every place where a person's words stand."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl

from firms.csv_safe import STARTERS
from tests.access import table
from tests.access.world import World
from tests.hostile import planting
from tests.hostile.walking import ROWS, ask

FORMULAS = (
    '=HYPERLINK("http://127.0.0.1/","x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "＝1+1",
    " =1+1",
    "=cmd|' /C x'!A0",
)
SHEETS = {"text/csv": "csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx"}
# The tables with words of people in them; a release's own table is asked for in the other form as well.
FORMS = {"export-format": "xlsx", "file-form": "xlsx"}


@dataclass(frozen=True)
class File:
    name: str
    form: str
    data: bytes

    @property
    def cells(self) -> Iterator[object]:
        """Every cell, headers included."""
        if self.form == "csv":
            text = self.data.decode("utf-8-sig")
            yield from (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)
            return
        for sheet in openpyxl.load_workbook(io.BytesIO(self.data)):
            yield sheet.title
            yield from (cell.value for row in sheet.iter_rows() for cell in row)


def handed_out(world: World, formula: str) -> list[File]:
    """All of them, as those may have them who are let in."""
    planting.plant(formula)
    asked = [one for changed in ({}, FORMS) for one in files_of(world, changed)]
    return list({(one.name, one.form): one for one in asked}.values())


def files_of(world: World, changed: dict[str, str]) -> Iterator[File]:
    kept, world.things = world.things, world.things | changed
    for row in (row for row in ROWS if "GET" in row.methods):
        role = next((role for role in table.roles() if row.expected("GET", role).startswith("ok")), None)
        response = ask(world, row, "GET", role).response if role else None
        form = SHEETS.get(response.headers.get("Content-Type", "").partition(";")[0]) if response else None
        if response is not None and form and response.status_code == 200:
            data = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            yield File(row.name, form, data)
    world.things = kept


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def runs(file: File) -> list[str]:
    """What a spreadsheet would take for more than text or a number."""
    told = [cell for cell in file.cells if isinstance(cell, str) and cell.lstrip(" ").startswith(STARTERS)]
    found = [f"{file.name}: {cell[:40]}" for cell in told if not is_number(cell)]
    return found + [f"{file.name}: {one}" for one in active_parts(file)]


def active_parts(file: File) -> Iterator[str]:
    """Formulas, links and outside data in a workbook's own parts."""
    if file.form != "xlsx":
        return
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            yield from (f"{mark!r} in {name}" for mark in (b"<f>", b"<f ", b"<hyperlink ", b"DDE") if mark in data)
            yield from ["outside data"] * ("external" in name.lower() or "vba" in name.lower())
