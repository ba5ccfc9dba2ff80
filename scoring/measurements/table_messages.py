"""What the table readers say: every fault of a file as a code with its place, and the English sentence for each code.

Nothing is translated here. A page or a command looks the code up, hands the sentence to its own gettext and fills in
the parameters, so the sentences are marked for extraction and kept whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

Parameter = str | int

LISTED: Final = 50
"""Faults named one by one; the rest is only counted."""
SHOWN: Final = 40
"""Characters of a cell that a message repeats."""


def gettext_noop(message: str) -> str:
    """Marks a sentence for the extraction of translations and changes nothing."""
    return message


FAULTS: Final[Mapping[str, str]] = {
    # The file as a whole.
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop(
        "The file has %(size)s bytes; at most %(limit)s bytes are read. Split it, or save only the columns needed."
    ),
    "too_many_rows": gettext_noop("The file has more than %(limit)s rows. Split it into several files."),
    "too_many_columns": gettext_noop("The file has more than %(limit)s columns. Save only the columns needed."),
    "too_many_cells": gettext_noop(
        "The sheet spans %(cells)s cells; at most %(limit)s are read. "
        "Delete what stands far outside the table, or save only the columns needed."
    ),
    "encoding": gettext_noop(
        "The text is neither UTF-8, UTF-16 nor GB18030 (byte %(position)s does not fit). Save the file as CSV UTF-8."
    ),
    "binary": gettext_noop("The file is not a text file. Save the table as CSV or XLSX."),
    "quotes": gettext_noop("A quotation mark is not closed or misplaced near line %(line)s (%(detail)s)."),
    "no_rows": gettext_noop("The file has no row with data."),
    "comma_ambiguous": gettext_noop(
        "The file has no header and every line is two whole numbers with a comma between: it cannot be told whether "
        "the comma separates columns or is the decimal mark. Add a header row."
    ),
    "old_excel": gettext_noop(
        "The file is an old Excel workbook (.xls) or protected by a password. Save it as XLSX without a password."
    ),
    "not_workbook": gettext_noop("The file is a ZIP archive but not an Excel workbook. Save the table as XLSX."),
    "damaged_workbook": gettext_noop("The workbook is damaged (%(detail)s). Open it in Excel and save it again."),
    "inflates": gettext_noop(
        "The workbook unpacks to more than %(limit)s bytes. Remove pictures and sheets that are not needed."
    ),
    "no_sheet": gettext_noop("The workbook has no sheet “%(sheet)s”. It has: %(known)s."),
    "no_visible_sheet": gettext_noop("The workbook has no visible sheet with data."),
    "unknown_format": gettext_noop("The file is neither CSV, XLSX nor QIF. Save the table as CSV or XLSX."),
    # Columns.
    "no_column": gettext_noop("There is no column “%(wanted)s”. The columns are: %(known)s."),
    "column_twice": gettext_noop(
        "Several columns fit “%(wanted)s”: %(known)s. Name the column by its letter or its whole header."
    ),
    "no_numbers": gettext_noop("Column %(column)s has no numbers."),
    # Characteristics of a QIF file.
    "no_characteristic": gettext_noop("The file has no characteristic “%(wanted)s” with values. It has: %(known)s."),
    "characteristic_twice": gettext_noop("Several characteristics are called “%(wanted)s”. Name one of: %(known)s."),
    "one_characteristic": gettext_noop("A QIF file gives one characteristic at a time; %(count)s were named."),
    "no_subgroup_column": gettext_noop("A QIF file has no subgroup column. Use a subgroup size instead."),
    "no_index": gettext_noop(
        "The tolerance of “%(wanted)s” grows with the size of the feature, or its values are signed deviations within "
        "a zone. No capability index can be computed from them."
    ),
    # Single cells.
    "extra_cell": gettext_noop(
        "Row %(row)s has “%(shown)s” in column %(column)s, beyond the last column of the table. "
        "A number with a decimal comma needs quotation marks, or semicolons between the columns."
    ),
    "text": gettext_noop(
        "Row %(row)s, column %(column)s: “%(shown)s” is text, not a number. "
        "Correct it, or leave the cell empty when nothing was measured."
    ),
    "date": gettext_noop(
        "Row %(row)s, column %(column)s: “%(shown)s” is a date or a time, not a number. "
        "Excel turns some numbers into dates: format the column as numbers and enter them again."
    ),
    "truth": gettext_noop("Row %(row)s, column %(column)s: “%(shown)s” is a yes/no value, not a number."),
    "spreadsheet_error": gettext_noop(
        "Row %(row)s, column %(column)s holds a formula error. Correct the formula, or clear the cell."
    ),
    "uncomputed": gettext_noop(
        "Row %(row)s, column %(column)s holds a formula without a result. Open the file in Excel and save it again."
    ),
    "ambiguous": gettext_noop(
        "Row %(row)s, column %(column)s: “%(shown)s” can be read with a decimal or with a thousands separator, "
        "and the column does not tell which. State the decimal mark, or write the number without separators."
    ),
    "decimal_mark": gettext_noop(
        "Row %(row)s, column %(column)s: “%(shown)s” has another decimal mark than the rest of the column."
    ),
    "grouping": gettext_noop(
        "Row %(row)s, column %(column)s: the separators in “%(shown)s” do not form a number. Write it without them."
    ),
    "unit_unknown": gettext_noop(
        "Row %(row)s, column %(column)s: what follows the number in “%(shown)s” is no known unit. "
        "Keep only the number, or a unit such as mm."
    ),
    "unit_differs": gettext_noop(
        "Row %(row)s, column %(column)s: “%(shown)s” has another unit than the rest of the column (%(unit)s). "
        "Convert it."
    ),
    "bound": gettext_noop(
        "Row %(row)s, column %(column)s: “%(shown)s” is a bound or a tolerance, not a measured value."
    ),
    "range": gettext_noop("Row %(row)s, column %(column)s: “%(shown)s” is a range, not one measured value."),
    "not_finite": gettext_noop(
        "Row %(row)s, column %(column)s: “%(shown)s” is no finite number. "
        "Correct it, or leave the cell empty when nothing was measured."
    ),
    "summary_row": gettext_noop(
        "Row %(row)s looks like a summary (“%(label)s”), so “%(shown)s” in column %(column)s may not be a measured "
        "value. Remove the row."
    ),
    "label_missing": gettext_noop(
        "Row %(row)s has a value but no subgroup in column %(column)s. Write the name of the subgroup on every row."
    ),
}

AND_MORE: Final = gettext_noop("And %(count)s more of this file.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: a key of FAULTS, and the parameters of its sentence, among them the place.

    ``row`` counts as a spreadsheet does, from 1; ``column`` is the letter with the header, such as ``B (Diameter)``.
    """

    code: str
    row: int | None = None
    column: str | None = None
    shown: str | None = None
    params: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, Parameter]:
        place = {"row": self.row, "column": self.column, "shown": self.shown}
        return {**{name: value for name, value in place.items() if value is not None}, **self.params}

    @property
    def message(self) -> str:
        return FAULTS[self.code] % self.parameters


class TableRefused(ValueError):
    """The file or the column is refused. The first ``faults`` are named, ``more`` further ones are only counted."""

    def __init__(self, faults: Iterable[Fault], total: int | None = None) -> None:
        named = tuple(faults)
        self.faults: tuple[Fault, ...] = named[:LISTED]
        self.more: int = max(len(named), total or 0) - len(self.faults)
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """The English sentences, one for each fault, and how many more there are."""
        rest = (AND_MORE % {"count": self.more},) if self.more else ()
        return (*(fault.message for fault in self.faults), *rest)


def refused(code: str, **params: Parameter) -> TableRefused:
    """The refusal of a whole file or column for one reason."""
    return TableRefused([Fault(code, params=params)])


def shortened(text: str) -> str:
    """The text as a message shows it: on one line and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
