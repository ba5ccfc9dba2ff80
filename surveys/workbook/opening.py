"""Opens an uploaded workbook, or says why not, before any of it is believed."""

import io
import re
import warnings
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from surveys.instruments.workbook_extent import DAMAGED

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_MEMBERS = 500
# Cells, and the cells that merged areas span: a few bytes of XML can ask for billions.
MOST_CELLS = 100_000
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
ACTIVE = re.compile(r"(vbaproject|\.bin$|activex|/embeddings/|/macrosheets/)", re.IGNORECASE)
HARMLESS = re.compile(r"(printersettings)", re.IGNORECASE)


class WorkbookRefused(Exception):
    """The whole file is refused; the message says why and how to mend it."""


def open_workbook(data: bytes) -> Workbook:
    """The workbook with formulas as they are written, nothing of it computed. WorkbookRefused if it is not one."""
    if len(data) > MOST_BYTES:
        raise WorkbookRefused(_("The file is larger than 5 MB. Remove pictures and other sheets, then try again."))
    if data.startswith(OLD_OR_LOCKED):
        raise WorkbookRefused(_("The file has a password or is an old XLS file. Save it as XLSX without a password."))
    look_inside(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except Exception as error:
        # A damaged file makes the library fail in many ways; to the reader all are the same.
        raise WorkbookRefused(_not_a_workbook()) from error


def look_inside(data: bytes, most_cells: int = MOST_CELLS) -> None:
    """WorkbookRefused for a file that is no workbook, runs something, or is far larger than it looks."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
                raise WorkbookRefused(_("Unpacked, the file is far too large. Download the workbook anew."))
            _refuse_active(names)
            _refuse_sprawl(archive, names, most_cells)
    except DAMAGED as error:
        raise WorkbookRefused(_not_a_workbook()) from error


def _refuse_active(names: list[str]) -> None:
    found = next((name for name in names if ACTIVE.search(name) and not HARMLESS.search(name)), None)
    if found:
        text = _("The file holds macros or embedded objects (%(name)s). Save it as XLSX without macros.")
        raise WorkbookRefused(text % {"name": found})


def _refuse_sprawl(archive: zipfile.ZipFile, names: list[str], most_cells: int) -> None:
    """Reads every part once, element by element, before the library builds anything of it."""
    room = most_cells
    for name in names:
        try:
            room = _room_after(archive, name, room)
        except ParseError:
            continue  # a picture, or what the library will call damaged
        except DefusedXmlException as error:
            text = _("The file holds a document type declaration (%(name)s), which no spreadsheet program writes.")
            raise WorkbookRefused(text % {"name": name}) from error


def _room_after(archive: zipfile.ZipFile, name: str, room: int) -> int:
    with archive.open(name) as part:
        for _event, element in iterparse(part, forbid_dtd=True):
            room -= _cells(element)
            element.clear()
            if room < 0:
                raise WorkbookRefused(_("Unpacked, the file is far too large. Download the workbook anew."))
    return room


def _cells(element: Element) -> int:
    """How many cells an element stands for."""
    tag = element.tag.rpartition("}")[2]
    if tag != "mergeCell":
        return int(tag == "c")
    left, top, right, bottom = range_boundaries(element.get("ref", ""))
    return int((right - left + 1) * (bottom - top + 1))


def _not_a_workbook() -> str:
    return _("The file is not a readable XLSX workbook. Open it in your spreadsheet program and save it as XLSX.")
