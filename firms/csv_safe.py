"""CSV that a spreadsheet shows as text: a cell that would start a formula is defused, whoever wrote it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

# A leading tab or carriage return makes some spreadsheets drop it and run what follows; full-width forms run as well.
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def defused(cell: object) -> str:
    """The cell as text, with an apostrophe before whatever a spreadsheet would take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(STARTERS) else text


def csv_rows(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of a CSV file that Excel opens as UTF-8, one at a time: for a streaming response."""
    yield BOM + _line(header)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([defused(cell) for cell in cells])
    return buffer.getvalue()
