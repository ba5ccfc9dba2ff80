"""The XLSX workbook that an editor fills in: a sheet for each kind of part, and back."""

from collections.abc import Mapping
from typing import Any

from surveys.instruments import check_messages as say
from surveys.instruments.check import raw_faults
from surveys.instruments.export import content_of
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.workbook_assembly import Assembly, assemble
from surveys.instruments.workbook_file import (
    Sheets,
    body_of,
    header_faults,
    write_workbook,
)
from surveys.instruments.workbook_tables import TABLES, rows_of

REQUIRED_SHEETS = ("about", "dimensions", "items", "nodes")


def to_workbook(raw: Mapping[str, Any]) -> bytes:
    """The workbook of an instrument, from the plain values of a file without faults."""
    rows = rows_of(content_of(raw))
    return write_workbook({table.sheet: [table.header, *rows[table.sheet]] for table in TABLES})


def from_workbook(sheets: Sheets) -> dict[str, Any]:
    """The plain values of the instrument in a workbook. FileRefused with sheet, row and column of every fault."""
    faults = [Fault((), say.NO_SHEET, detail={"sheet": name}) for name in REQUIRED_SHEETS if name not in sheets]
    known = {table.sheet: table.header for table in TABLES}
    bodies = {}
    for name in (name for name in sheets if name in known):
        bodies[name] = body_of(sheets[name])
        faults += header_faults(name, sheets[name], known[name])
    assembly = Assembly()
    raw = assemble(bodies, assembly)
    refuse_if_faulty(raw, assembly, faults)
    return raw


def refuse_if_faulty(raw: Mapping[str, Any], assembly: Assembly, faults: list[Fault]) -> None:
    """Raises FileRefused with the faults so far, those of the cells, and those of the instrument they make up."""
    found = [*faults, *assembly.faults, *(assembly.locate(fault) for fault in raw_faults(raw))]
    if found:
        raise FileRefused(sorted(found, key=lambda fault: (fault.sheet, fault.line or 0)))
