"""Opens an uploaded workbook, or says why not, before any of it is believed."""

import io
import re
import warnings
import zipfile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_MEMBERS = 500
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
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
    _look_inside(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except Exception as error:
        # A damaged file makes the library fail in many ways; to the reader all are the same.
        raise WorkbookRefused(_not_a_workbook()) from error


def _look_inside(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
                raise WorkbookRefused(_("Unpacked, the file is far too large. Download the workbook anew."))
            _refuse_active(names)
            _refuse_declarations(archive, names)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise WorkbookRefused(_not_a_workbook()) from error


def _refuse_active(names: list[str]) -> None:
    found = next((name for name in names if ACTIVE.search(name) and not HARMLESS.search(name)), None)
    if found:
        text = _("The file holds macros or embedded objects (%(name)s). Save it as XLSX without macros.")
        raise WorkbookRefused(text % {"name": found})


def _refuse_declarations(archive: zipfile.ZipFile, names: list[str]) -> None:
    for name in names:
        if name.lower().endswith((".xml", ".rels")) and DECLARATION.search(archive.read(name)):
            text = _("The file holds a document type declaration (%(name)s), which no spreadsheet program writes.")
            raise WorkbookRefused(text % {"name": name})


def _not_a_workbook() -> str:
    return _("The file is not a readable XLSX workbook. Open it in your spreadsheet program and save it as XLSX.")
