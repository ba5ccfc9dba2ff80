"""A table in each of the formats that analysts work with. Texts stay texts: no cell ever runs."""

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
from xlsxwriter import Workbook

from firms.csv_safe import BOM, csv_rows, defused
from reports.builders.exports.table import CODEBOOK, CODED, NUMBER, TEXT, Table, codebook

CONTENT_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sav": "application/x-spss-sav",
    "parquet": "application/vnd.apache.parquet",
}
LONGEST_LABEL, LONGEST_VALUE_LABEL = 250, 120


def write_table(table: Table, format: str) -> bytes:
    """``format`` is a key of ``CONTENT_TYPES``."""
    return WRITERS[format](table)


def as_csv(table: Table) -> bytes:
    """Each different text of a column is looked at once: a long table costs little more than writing it."""
    frame = table.labelled()
    for one in table.variables:
        if one.kind != NUMBER:
            places, known = pd.factorize(frame[one.name].astype(object))
            safe = np.array([*(defused(text) for text in known), None], object)
            frame[one.name] = safe[places]
    frame.columns = pd.Index([defused(name) for name in frame.columns])
    return (BOM + frame.to_csv(index=False, lineterminator="\r\n")).encode()


def codebook_csv(table: Table) -> bytes:
    return "".join(csv_rows(CODEBOOK, codebook(table))).encode()


def rows_of(frame: "pd.DataFrame") -> Iterable[Sequence[Any]]:
    """Cells as plain values, absent as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return plain.itertuples(index=False, name=None)


def as_xlsx(table: Table) -> bytes:
    """The table, its codebook and what it is, a sheet each."""
    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#0b5c7a", "font_color": "#ffffff", "text_wrap": True})
    about = book.add_worksheet("about")
    about.set_column(0, 0, 110)
    for place, line in enumerate((table.title, *table.notes)):
        about.write_string(place, 0, defused(line), book.add_format({"bold": place == 0, "text_wrap": True}))
    frame = table.labelled()
    _sheet(book.add_worksheet("data"), list(frame.columns), rows_of(frame), head)
    _sheet(book.add_worksheet("codebook"), CODEBOOK, codebook(table), head)
    book.close()
    return packed.getvalue()


def _sheet(sheet: Any, header: Sequence[str], rows: Iterable[Sequence[Any]], head: Any) -> None:
    sheet.write_row(0, 0, [defused(name) for name in header], head)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(last, place, cell)
            elif cell is not None:
                sheet.write_string(last, place, defused(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(0, len(header) - 1))
    sheet.set_column(0, max(0, len(header) - 1), 16)


def as_sav(table: Table) -> bytes:
    """SPSS: short names, labels of variables and values, the kinds of no answer as missing values."""
    frame = table.frame.copy()
    names = {one.name: sav_name(one.name) for one in table.variables}
    for one in table.variables:
        if one.kind == TEXT:
            frame[one.name] = frame[one.name].fillna("").astype(str)
        else:
            frame[one.name] = frame[one.name].astype("Float64").astype(float)
    with tempfile.TemporaryDirectory(prefix="sav-") as directory:
        path = Path(directory) / "table.sav"
        pyreadstat.write_sav(
            frame.rename(columns=names),
            str(path),
            file_label=table.title[:60],
            column_labels={names[one.name]: one.label[:LONGEST_LABEL] for one in table.variables},
            variable_value_labels={
                names[one.name]: {float(code): text[:LONGEST_VALUE_LABEL] for code, text in one.values.items()}
                for one in table.variables
                if one.values
            },
            missing_ranges={
                names[one.name]: [float(code) for code in one.missing] for one in table.variables if one.missing
            },
            variable_measure={names[one.name]: "ordinal" for one in table.variables if one.kind == CODED},
        )
        return path.read_bytes()


def sav_name(name: str) -> str:
    """A name that SPSS takes: letters, digits and underscores, beginning with a letter."""
    plain = "".join(character if character.isascii() and character.isalnum() else "_" for character in name)
    return plain if plain[:1].isalpha() else f"v_{plain}"


def as_parquet(table: Table) -> bytes:
    """Words and numbers in columns; title and codebook go along as metadata."""
    arrow = pa.Table.from_pandas(table.labelled(), preserve_index=False)
    told = {b"title": table.title.encode(), b"codebook": json.dumps(codebook(table), ensure_ascii=False).encode()}
    packed = io.BytesIO()
    pq.write_table(arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **told}), packed)
    return packed.getvalue()


WRITERS: Mapping[str, Callable[[Table], bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "sav": as_sav,
    "parquet": as_parquet,
}
