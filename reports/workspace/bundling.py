"""Many finished PDF files put into one: a ZIP, or one PDF with a chapter a firm. Nothing is held in memory whole."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from pikepdf import OutlineItem, Pdf

LONGEST = 50
# What some file system cannot hold in a name, or takes for the way to another folder.
UNSAFE = frozenset('\\/:*?"<>|')
UNNAMED = "report"


@dataclass(frozen=True)
class Part:
    """One firm's file as it lies on the disk."""

    firm_name: str
    day: date
    language: str
    path: Path


def write_zip(target: Path, parts: Sequence[Part]) -> None:
    """PDF files are packed already: they are stored as they are, block by block."""
    with ZipFile(target, "w", ZIP_STORED) as packed:
        for name, part in zip(entry_names(parts), parts, strict=True):
            packed.write(part.path, name)


def write_pdf(target: Path, parts: Sequence[Part]) -> None:
    """One after the other; each outline entry carries the firm's name and leads to its first page."""
    with ExitStack() as opened, Pdf.new() as book:
        with book.open_outline() as outline:
            for part in parts:
                outline.root.append(OutlineItem(shown(part.firm_name), len(book.pages)))
                book.pages.extend(opened.enter_context(Pdf.open(part.path)).pages)
        book.save(target)


def entry_names(parts: Sequence[Part]) -> list[str]:
    """``firm date language.pdf``; firms of the same name are numbered, also where a file system ignores case."""
    taken: set[str] = set()
    return [_free(f"{safe(part.firm_name)} {part.day:%Y-%m-%d} {part.language}", taken) for part in parts]


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number})"
    taken.add(name.casefold())
    return f"{name}.pdf"


def safe(name: str) -> str:
    """A firm's name as part of a file name: every script is kept, no separator, no invisible sign, no dot at an end."""
    plain = "".join(" " if sign in UNSAFE else sign for sign in shown(name))
    return " ".join(plain.split())[:LONGEST].strip(" .") or UNNAMED


def shown(name: str) -> str:
    """Without signs that cannot be seen: they could turn the order of reading around."""
    return "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", name)).strip()


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Gives a file beside to write to; it takes its place once it is whole and on the disk, or leaves no trace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
