"""A table in each of the formats that analysts work with. Texts stay texts: no cell ever runs."""

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from firms.csv_safe import BOM, csv_rows, defused
from firms.later import later
from reports.builders.exports.table import CODEBOOK, NUMBER, Table, codebook, spelled
from reports.exports.spss import sav_bytes

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    pd = later("pandas")
    pa, pq = later("pyarrow"), later("pyarrow.parquet")

CONTENT_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sav": "application/x-spss-sav",
    "parquet": "application/vnd.apache.parquet",
}
# A sheet has 1,048,576 rows, the header among them; what does not fit goes on in another.
SHEET_ROWS = 1_048_575


def write_table(table: Table, format: str) -> bytes:
    """``format`` is a key of ``CONTENT_TYPES``."""
    return WRITERS[format](table)


def as_csv(table: Table) -> bytes:
    """Each different text of a column is looked at once: a long table costs little more than writing it."""
    frame = table.labelled()
    for one in table.variables:
        if one.kind != NUMBER:
            frame[one.name] = spelled(frame[one.name], defused)
    frame.columns = pd.Index([defused(name) for name in frame.columns])
    return (BOM + frame.to_csv(index=False, lineterminator="\r\n")).encode()


def codebook_csv(table: Table) -> bytes:
    return "".join(csv_rows(CODEBOOK, codebook(table))).encode()


def rows_of(frame: "pd.DataFrame") -> Iterable[Sequence[Any]]:
    """Cells as plain values, absent as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return plain.itertuples(index=False, name=None)


def as_xlsx(table: Table, sheet_rows: int = SHEET_ROWS) -> bytes:
    """What the table is, the table itself and its codebook; rows are written out as they come, not kept."""
    packed = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(packed, options)
    head = book.add_format({"bold": True, "bg_color": "#0b5c7a", "font_color": "#ffffff", "text_wrap": True})
    about = book.add_worksheet("about")
    about.set_column(0, 0, 110)
    for place, line in enumerate((table.title, *table.notes)):
        about.write_string(place, 0, defused(line), book.add_format({"bold": place == 0, "text_wrap": True}))
    frame = table.labelled()
    for name, part in _parts(frame, sheet_rows):
        _sheet(book.add_worksheet(name), list(frame.columns), rows_of(part), head)
    _sheet(book.add_worksheet("codebook"), CODEBOOK, codebook(table), head)
    book.close()
    return packed.getvalue()


def _parts(frame: "pd.DataFrame", sheet_rows: int) -> Iterator[tuple[str, "pd.DataFrame"]]:
    """Sheets "data", "data 2" and so on, one of them at least."""
    for number, start in enumerate(range(0, max(1, len(frame)), sheet_rows), 1):
        yield "data" if number == 1 else f"data {number}", frame.iloc[start : start + sheet_rows]


def _sheet(sheet: Any, header: Sequence[str], rows: Iterable[Sequence[Any]], head: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(header) - 1), 16)
    sheet.write_row(0, 0, [defused(name) for name in header], head)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(last, place, cell)
            elif cell is not None and cell != "":
                sheet.write_string(last, place, defused(cell))
    sheet.autofilter(0, 0, last, max(0, len(header) - 1))


def as_parquet(table: Table) -> bytes:
    """Words and numbers in columns; title, facts and codebook go along as metadata."""
    arrow = pa.Table.from_pandas(table.labelled(), preserve_index=False)
    told = {"title": table.title, "codebook": json.dumps(codebook(table), ensure_ascii=False), **table.facts}
    packed = io.BytesIO()
    encoded = {key.encode(): value.encode() for key, value in told.items()}
    pq.write_table(arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **encoded}), packed)
    return packed.getvalue()


def as_sav(table: Table) -> bytes:
    with tempfile.TemporaryDirectory(prefix="sav-") as directory:
        return sav_bytes(table, Path(directory) / "table.sav")


WRITERS: Mapping[str, Callable[[Table], bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "sav": as_sav,
    "parquet": as_parquet,
}
