"""Reads an answers file: one firm a row, one item a column. All faults are found, or nothing is read."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import python_calamine
from numpy.typing import NDArray

from firms.later import later
from surveys.instruments.answers import AnswerTable, Column, State, code_of
from surveys.instruments.coding import NOT_YET, AnswerFault, Coded, code_answer
from surveys.instruments.model import Instrument, Item
from surveys.instruments.workbook_extent import NoSheet, largest_reach

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")

SIZES = ("micro", "small", "medium", "large")
PROFILE = ("size", "industry", "region")
ENCODINGS = ("utf-8-sig", "gb18030")
XLSX_MAGIC = b"PK\x03\x04"
# A country's largest workbook: as many rows as a sheet has, forty items.
MOST_CELLS = 50_000_000


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell. ``row`` counts as a spreadsheet does, the header being row 1; 0 is the whole file."""

    row: int
    column: str
    value: str
    reason: str
    detail: dict[str, object] = field(default_factory=dict)


class AnswersRefused(ValueError):
    """An answers file that is not read, with every fault in it."""

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """Firms in the order of the file; profile columns hold "" where nothing is said."""

    firms: tuple[str, ...]
    sizes: tuple[str, ...]
    industries: tuple[str, ...]
    regions: tuple[str, ...]
    answers: AnswerTable


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The codes that the profile columns may hold."""

    industries: Collection[str]
    regions: Collection[str]


def read_answers(data: bytes, instrument: Instrument, catalogues: Catalogues) -> AnswersFile:
    """The answers in a CSV or XLSX file. AnswersRefused with the place of every fault."""
    cells = cells_of(data)
    header = [str(name).strip() for name in cells.iloc[0]]
    faults = _header_faults(header, instrument)
    body = _body(cells, header)
    firms = body["firm"].str.strip() if "firm" in body else body.iloc[:, 0]
    faults += _firm_faults(firms) + _profile_faults(body, catalogues)
    columns = {item.code: _column(item, body, faults) for item in instrument.items}
    if faults:
        # "firm" may be missing from the header: what is wrong with the identifiers then stands in the first column.
        places = {name: place for place, name in reversed(list(enumerate(header)))}
        raise AnswersRefused(sorted(faults, key=lambda fault: (fault.row, places.get(fault.column, 0))))
    profile = {name: _profile(body, name) for name in PROFILE}
    return AnswersFile(
        tuple(firms), profile["size"], profile["industry"], profile["region"], AnswerTable(len(body), columns)
    )


def _body(cells: "pd.DataFrame", header: list[str]) -> "pd.DataFrame":
    """The rows under the header; of a repeated column, the first, so that whatever else is wrong is still found."""
    first = [position for position, name in enumerate(header) if name not in header[:position]]
    body = cells.iloc[1:, first].reset_index(drop=True)
    body.columns = pd.Index([header[position] for position in first])
    return body


def _refuse(reason: str, **detail: object) -> AnswersRefused:
    return AnswersRefused([CellFault(0, "", "", reason, detail)])


def cells_of(data: bytes) -> "pd.DataFrame":
    """Every cell as text, the header as the first row; wholly blank rows at the end are dropped."""
    if not data.strip():
        raise _refuse("empty_file")
    cells = _workbook_cells(data) if data.startswith(XLSX_MAGIC) else _csv_cells(data)
    blank = (cells == "").all(axis=1).to_numpy()
    if blank.all():
        raise _refuse("empty_file")
    return cells.iloc[: len(blank) - int(np.argmin(blank[::-1]))]


def _csv_cells(data: bytes) -> "pd.DataFrame":
    text = _decoded(data)
    if "\0" in text:
        raise _refuse("not_a_table")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        return pd.read_csv(
            io.StringIO(text),
            header=None,
            dtype=object,
            keep_default_na=False,
            na_filter=False,
            sep=separator,
            skip_blank_lines=False,
        ).fillna("")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        raise _refuse("unreadable_rows", problem=str(error).strip().rsplit(":", 1)[-1].strip()) from error


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refuse("unknown_encoding")


def _workbook_cells(data: bytes) -> "pd.DataFrame":
    try:
        cells = largest_reach(data)
    except NoSheet as error:
        raise _refuse("unreadable_workbook") from error
    if cells > MOST_CELLS:
        raise _refuse("too_many_cells", cells=cells, limit=MOST_CELLS)
    try:
        rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as error:  # calamine raises several types of its own for files that are not workbooks
        raise _refuse("unreadable_workbook") from error
    if not rows:
        raise _refuse("empty_file")
    return pd.DataFrame([[_cell_text(cell) for cell in row] for row in rows], dtype=object)


def _cell_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _header_faults(header: list[str], instrument: Instrument) -> list[CellFault]:
    faults = []
    if header[0] != "firm":
        faults.append(CellFault(1, header[0], "", "first_column_is_firm"))
    known = {"firm", *PROFILE, *instrument.item_by_code}
    for position, name in enumerate(header):
        if name not in known and position:
            faults.append(CellFault(1, name, name, "unknown_column", {"position": position + 1}))
        elif name in header[:position]:
            faults.append(CellFault(1, name, name, "repeated_column", {"position": position + 1}))
    return faults


def _firm_faults(firms: "pd.Series[str]") -> list[CellFault]:
    faults = [CellFault(int(row) + 2, "firm", "", "firm_missing") for row in np.flatnonzero(firms == "")]
    repeated = firms.duplicated() & (firms != "")
    first = {}
    if repeated.any():
        first = {firm: int(row) + 2 for row, firm in reversed(list(enumerate(firms)))}
    for row in np.flatnonzero(repeated):
        firm = firms.iloc[int(row)]
        faults.append(CellFault(int(row) + 2, "firm", firm, "firm_repeated", {"first": first[firm]}))
    return faults


def _profile(body: "pd.DataFrame", name: str) -> tuple[str, ...]:
    return tuple(body[name].str.strip()) if name in body else ("",) * len(body)


def _profile_faults(body: "pd.DataFrame", catalogues: Catalogues) -> list[CellFault]:
    known = {"size": SIZES, "industry": catalogues.industries, "region": catalogues.regions}
    faults = []
    for name in PROFILE:
        if name in body:
            values = body[name].str.strip()
            for row in np.flatnonzero(~values.isin(["", *known[name]])):
                faults.append(CellFault(int(row) + 2, name, values.iloc[int(row)], f"unknown_{name}"))
    return faults


def _column(item: Item, body: "pd.DataFrame", faults: list[CellFault]) -> Column:
    """One item's column. Each different cell text is read once, however many firms share it."""
    if item.code not in body:
        return _coded_column(item, np.zeros(len(body), np.int64), [NOT_YET])
    places, texts = pd.factorize(body[item.code])
    coded = []
    for place, text in enumerate(texts):
        try:
            coded.append(code_answer(item, str(text)))
        except AnswerFault as fault:
            coded.append(Coded(code_of(State.NOT_YET)))
            for row in np.flatnonzero(places == place):
                faults.append(CellFault(int(row) + 2, item.code, str(text), fault.reason, fault.detail))
    return _coded_column(item, places, coded or [NOT_YET])


def _coded_column(item: Item, places: NDArray[np.int64], coded: list[Coded]) -> Column:
    code = np.array([one.code for one in coded], np.uint8)[places]
    number = np.array([one.number for one in coded])[places]
    if item.kind == "multi":
        return Column(code, np.nan_to_num(number))
    return Column(code, number if item.is_numeric else None)
