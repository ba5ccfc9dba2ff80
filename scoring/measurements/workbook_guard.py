"""Looks through a workbook before it is read: how far the cells of each sheet reach and which of them hide a fault.

The reader that follows allocates every cell between the first and the last one, and shows formula errors and formulas
without a result as blank. So the cells are counted, and those two kinds are found, in the XML itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scoring.measurements.table_builder import MAX_CELLS, MAX_ROWS
from scoring.measurements.table_messages import refused
from scoring.measurements.table_model import Kind
from scoring.measurements.workbook_zip import Budget, inflated, parts_of
from surveys.instruments.workbook_extent import NoSheet, column_number, reach

_LONGEST_ROW: Final = 16 * 1024 * 1024
_LARGEST_INDEX: Final = 8 * 1024 * 1024
_MARKED: Final = 10_000

_C: Final = rb"<(?:\w+:)?c\s"
# Never across the next tag: a search that begins anew at every "<" must not read the rest of the sheet each time.
_REFERENCE: Final = rb"[^<>]*?\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']"
_ERROR: Final = re.compile(_C + rb"(?=[^<>]*\bt\s*=\s*[\"']e[\"'])" + _REFERENCE)
# A formula whose result is an empty text has t="str" and is a blank; one that was never computed has no such type.
_UNCOMPUTED: Final = re.compile(
    _C
    + rb"(?![^<>]*\bt\s*=\s*[\"']str[\"'])"
    + _REFERENCE
    + rb"[^<>]*>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
    + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(slots=True)
class Extent:
    """How far the cells of a sheet reach, and those that hide a fault, by (row, column) counted from 0."""

    rows: int = 0
    columns: int = 0
    tags: int = 0
    marked: dict[tuple[int, int], Kind] = field(default_factory=dict)


def inspected(data: bytes) -> Mapping[str, Extent]:
    """The extent of every sheet, by its name. Raises TableRefused when the workbook must not be opened."""
    parts = parts_of(data)
    names = _sheet_names(data, parts)
    budget = Budget()
    extents = {}
    for path, info in parts.items():
        extent = _extent(inflated(data, info, budget), path in names)
        if path in names:
            extents[names[path]] = extent
    return extents


def _extent(pieces: Iterator[bytes], sheet: bool) -> Extent:
    """The extent of a sheet; the pieces of another part are only unpacked, to be counted."""
    extent = Extent()
    for rows in _whole_rows(pieces) if sheet else ():
        _extend(extent, rows)
    for _ in pieces:
        pass
    return extent


def _whole_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut after the end of a row."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(b"row>") + 4
        if end < 4 and len(text) > _LONGEST_ROW:
            raise refused("damaged_workbook", detail="row")
        yield text[:end] if end >= 4 else b""
        rest = text[end:] if end >= 4 else text
    yield rest


def _extend(extent: Extent, rows: bytes) -> None:
    # Rows that all name the same place count too, and are counted before they are looked at one by one.
    extent.tags += rows.count(b"row ") + rows.count(b"row>") + rows.count(b"c ") + rows.count(b"c>")
    if extent.tags > 4 * MAX_CELLS:
        raise refused("too_many_cells", cells=extent.tags, limit=MAX_CELLS)
    try:
        found_here = reach(rows)
    except NoSheet as error:
        raise refused("damaged_workbook", detail=str(error)) from error
    extent.columns, extent.rows = max(extent.columns, found_here.columns), max(extent.rows, found_here.rows)
    if extent.rows > MAX_ROWS:
        raise refused("too_many_rows", limit=MAX_ROWS)
    if extent.rows * extent.columns > MAX_CELLS:
        raise refused("too_many_cells", cells=extent.rows * extent.columns, limit=MAX_CELLS)
    # Looking for a short text first is several times faster than the patterns, and most sheets have neither.
    searches = (
        (_ERROR, Kind.ERROR, b'"e"' in rows or b"'e'" in rows),
        (_UNCOMPUTED, Kind.UNCOMPUTED, b"f>" in rows or b"<f" in rows),
    )
    for pattern, kind in ((pattern, kind) for pattern, kind, needed in searches if needed):
        for found in pattern.finditer(rows):
            if len(extent.marked) < _MARKED:
                extent.marked[int(found[2]) - 1, column_number(found[1]) - 1] = kind


def _sheet_names(data: bytes, parts: Mapping[str, ZipInfo]) -> Mapping[str, str]:
    """Path of each sheet's part to the sheet's name, as the workbook and its relations tell."""
    workbook, relations = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        raise refused("not_workbook")
    paths = {element.get("Id"): _path(element.get("Target", "")) for element in _elements(data, relations)}
    sheets = (element for element in _elements(data, workbook) if _local(element.tag) == "sheet")
    return {paths.get(_relation(sheet), ""): sheet.get("name", "") for sheet in sheets}


def _elements(data: bytes, info: ZipInfo) -> Iterator[Element]:
    content = b"".join(inflated(data, info, Budget(_LARGEST_INDEX)))
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise refused("damaged_workbook", detail=str(error)) from None
    return root.iter()


def _relation(sheet: Element) -> str | None:
    return next((value for key, value in sheet.items() if key != "sheetId" and _local(key) == "id"), None)


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _local(name: str) -> str:
    return name.rpartition("}")[2]
