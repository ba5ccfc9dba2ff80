"""Measurement files as they come in, and how they travel with a form: nothing is kept between two requests."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core import signing
from django.utils.translation import gettext as _

from scoring.management.capability_text import refusal_text
from scoring.measurements.qif import QifDocument, merge_qif, read_qif
from scoring.measurements.qif_messages import REFUSALS as QIF_REFUSALS
from scoring.measurements.qif_messages import QifError
from scoring.measurements.table import Format, Progress, Table, TableRefused, format_of, read_table

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 50
# A form may bring 2 MiB besides its files; what does not fit is chosen again.
MOST_CARRIED = 1_500_000
CARRIED_SECONDS = 2 * 60 * 60
SALT = "reports.measurements.carried"
T = TypeVar("T")


class FilesRefused(Exception):
    """The files cannot be read. ``lines`` say what, where and how to mend it, in the reader's language."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True)
class Received:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Opened:
    """One table, or one or several QIF files joined; exactly one of the two is there."""

    form: Format
    names: tuple[str, ...]
    table: Table | None = None
    document: QifDocument | None = None


def open_files(files: Sequence[Received], sheet: str | None = None, progress: Progress | None = None) -> Opened:
    """Raises FilesRefused, which names the file where there are several."""
    if len(files) > MOST_FILES or sum(len(file.content) for file in files) > MOST_BYTES:
        raise FilesRefused(
            [_("Up to 10 MB and 50 files are taken at a time. Send fewer, or save only the columns needed.")]
        )
    forms = _each(files, format_of)
    names = tuple(file.name for file in files)
    if len(files) == 1 and forms[0] != "qif":
        table = _guarded(files[0], files, lambda content: read_table(content, sheet or None, progress))
        return Opened(forms[0], names, table=table)
    if set(forms) != {"qif"}:
        raise FilesRefused(
            [_("Several files are read together only when all of them are QIF. Send tables one by one.")]
        )
    return Opened("qif", names, document=merge_qif(_each(files, read_qif)))


def _each(files: Sequence[Received], read: Callable[[bytes], T]) -> list[T]:
    """All of the files, or the fate of each: the reason why it cannot be read, or that it is in order."""
    found: list[T] = []
    fates: list[str] = []
    for file in files:
        try:
            found.append(_guarded(file, files, read))
            fates.append(_("%(file)s: in order, but not taken without the others.") % {"file": file.name})
        except FilesRefused as refusal:
            fates += refusal.lines
    if len(found) < len(files):
        raise FilesRefused(fates)
    return found


def _guarded(file: Received, files: Sequence[Received], read: Callable[[bytes], T]) -> T:
    try:
        return read(file.content)
    except TableRefused as refusal:
        lines = refusal_text(refusal).splitlines()
    except QifError as error:
        lines = [_(QIF_REFUSALS[error.code]) % error.params]
    if len(files) > 1:
        lines = [_("%(file)s: %(reason)s") % {"file": file.name, "reason": line} for line in lines]
    raise FilesRefused(lines)


def packed(files: Sequence[Received]) -> str | None:
    """The files as a signed text for a hidden field; None when they are too large to travel so."""
    rows = [[file.name, base64.b64encode(file.content).decode("ascii")] for file in files]
    text = signing.dumps(rows, salt=SALT, compress=True)
    return text if len(text) <= MOST_CARRIED else None


def unpacked(text: str) -> list[Received]:
    """Raises FilesRefused when the text is not ours, or older than two hours."""
    try:
        rows = signing.loads(text, salt=SALT, max_age=CARRIED_SECONDS)
    except signing.BadSignature:
        raise FilesRefused([_("The page is older than two hours. Choose the file again.")]) from None
    return [Received(name, base64.b64decode(content)) for name, content in rows]
