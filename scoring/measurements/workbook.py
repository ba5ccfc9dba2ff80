"""Reads XLSX with python-calamine, after workbook_guard has looked through the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from scoring.measurements.headers import Row
from scoring.measurements.table_builder import CHUNK, Progress, Sheet, build
from scoring.measurements.table_messages import refused
from scoring.measurements.table_model import Table
from scoring.measurements.workbook_guard import Extent, inspected


def read_xlsx(data: bytes, sheet: str | None = None, progress: Progress | None = None) -> Table:
    """The table on the named sheet, or on the first visible sheet with data. Raises TableRefused."""
    extents = inspected(data)
    try:
        with CalamineWorkbook.from_object(io.BytesIO(data)) as workbook:
            found = _chosen(workbook, sheet)
            return build(_rows(found, extents.get(found.name, Extent())), progress)
    except CalamineError as error:
        raise refused("damaged_workbook", detail=str(error)) from None


def _chosen(workbook: CalamineWorkbook, wanted: str | None) -> CalamineSheet:
    sheets = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if wanted is not None:
        names = [meta.name for meta in sheets]
        if wanted not in names:
            raise refused("no_sheet", sheet=wanted, known=", ".join(names))
        return workbook.get_sheet_by_name(wanted)
    for meta in sheets:
        if meta.visible == SheetVisibleEnum.Visible:
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.height:
                return sheet
    raise refused("no_visible_sheet")


def _rows(sheet: CalamineSheet, extent: Extent) -> Sheet:
    if sheet.start is None:
        raise refused("no_rows")
    areas = tuple(sheet.merged_cell_ranges or ())
    return Sheet(_chunks(sheet), sheet.name, first_column=sheet.start[1], areas=areas, marked=extent.marked)


def _chunks(sheet: CalamineSheet) -> Iterator[list[Row]]:
    """Rows from the first row of the sheet on, in chunks; each begins at the sheet's first filled column."""
    rows = iter(sheet.iter_rows())
    while chunk := list(islice(rows, CHUNK)):
        yield chunk  # type: ignore[misc]
