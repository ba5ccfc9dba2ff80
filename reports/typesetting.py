"""The one place that runs the typesetter: a report model in, an accessible PDF out.

The template and the fonts are read from this directory and nowhere else, never from the machine, so that a report looks
the same wherever it was built. Data go in as JSON and are only ever placed as text.

One compiler is kept warm per process. It must be made in the process that uses it: a child forked after its parent has
compiled would wait for threads that were not copied with it, and wait for ever. So nothing is compiled at import, and a
compiler that changed process is refused with a message instead of hanging.
"""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

from reports.builders.bilingual import side_by_side
from reports.builders.cleaning import CodePoints, clean_model
from reports.builders.document import Chapter, document
from reports.builders.model import ReportModel

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "typst"
FONTS = HERE / "fonts"
FAMILIES = {"Inter": ("Inter-Regular", "Inter-Bold"), "Noto Sans SC": ("NotoSansSC-Regular", "NotoSansSC-Bold")}
# The typesetter remembers what it laid out and forgets only what so many later compilations did not ask for again.
MEMORY_OF_COMPILATIONS = 10
# So many empty compilations after each report: what three reports in a row did not ask for is forgotten.
EMPTY_BETWEEN = 3
# Dots per inch of charts as pictures: sharp on paper, and some 40 KB each.
PICTURE_DOTS = 192.0
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]


class TypesettingError(RuntimeError):
    """The report could not be set; the message says why and what to do."""


@dataclass(frozen=True)
class Typeset:
    """A finished PDF, and the characters for which no font has a glyph, which were replaced by a visible sign."""

    pdf: bytes
    missing: tuple[str, ...]


@cache
def covered_characters() -> frozenset[int]:
    """Code points that some family has in both of its weights: everything a report can draw."""
    families = [[_code_points(name) for name in names] for names in FAMILIES.values()]
    return frozenset().union(*(regular & bold for regular, bold in families))


def _code_points(name: str) -> frozenset[int]:
    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


class _Typesetter:
    """A warm compiler, the lock that lets one thread at a time use it, and the process it belongs to."""

    def __init__(self) -> None:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        absent = FAMILIES.keys() - set(fonts.families())
        if absent:
            raise TypesettingError(f"fonts missing in {FONTS}: {', '.join(sorted(absent))}; restore them from the repo")
        self.process = os.getpid()
        self.lock = threading.Lock()
        # The report is set from memory, so that each firm's data can stand beside the templates as a file.
        self.report = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
        self.templates = {path.name: path.read_bytes() for path in TEMPLATES.glob("*.typ")}
        self.pictures, self.blank = (
            typst.Compiler(str(TEMPLATES / name), root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)
            for name in ("pictures.typ", "blank.typ")
        )

    def compile(self, data: str, built_on: datetime) -> bytes:
        with self.lock:
            files: Any = {**self.templates, "main.typ": self.templates["report.typ"], "report.json": data.encode()}
            made = self.report.compile(files, format="pdf", pdf_standards=STANDARDS, timestamp=built_on)
            self._forget(EMPTY_BETWEEN)
        if not isinstance(made, bytes):
            raise TypesettingError("the typesetter returned no single PDF")
        return made

    def draw(self, drawings: str) -> list[bytes]:
        with self.lock:
            made = self.pictures.compile(format="png", ppi=PICTURE_DOTS, sys_inputs={"drawings": drawings})
            self._forget(MEMORY_OF_COMPILATIONS)
        return [page for page in (made if isinstance(made, list) else [made]) if page is not None]

    def _forget(self, compilations: int) -> None:
        """Empty pages push what was set out of the typesetter's memory.

        The texts that every report has stay, since each asks for them again, and take a third off the time of the next;
        what a single firm's report had goes, and a worker stays at some 200 MB instead of 390.
        """
        for _ in range(compilations):
            self.blank.compile(format="pdf")


_warm: _Typesetter | None = None
_making = threading.Lock()


def _typesetter() -> _Typesetter:
    global _warm
    with _making:
        if _warm is None:
            _warm = _Typesetter()
    if _warm.process != os.getpid():
        raise TypesettingError(
            "this process was forked from one that had already set a report, where the typesetter would wait for ever; "
            "set reports only in worker processes, never in their parent"
        )
    return _warm


def typeset_report(model: ReportModel, other: ReportModel | None = None) -> Typeset:
    """The report as a tagged PDF (PDF/UA-1 and PDF/A-2a), and what had to be replaced in it.

    With ``other``, the same report in English beside a Chinese ``model``, both languages stand in it. The same model
    gives the same bytes: the only date in the file is the model's build date.

    Raises:
        TypesettingError: the template, the fonts or the process is at fault; a model's texts never are.
    """
    chapters, missing = told_chapters(model, other)
    data = json.dumps(chapters, ensure_ascii=False, allow_nan=False)
    try:
        built_on = datetime.fromisoformat(model.provenance.built_on[:10]).replace(tzinfo=UTC)
        return Typeset(_typesetter().compile(data, built_on), missing)
    except typst.TypstError as error:
        raise TypesettingError(f"the report could not be set: {error.message}") from error


def told_chapters(
    model: ReportModel, other: ReportModel | None = None, *, covered: CodePoints | None = None
) -> tuple[Chapter, tuple[str, ...]]:
    """The chapters with every text cleaned, in one language or two, and the characters that had to be replaced.

    Args:
        covered: the code points that can be shown; those of the report's own fonts unless given.
    """
    drawable = covered_characters() if covered is None else covered
    cleaned, missing = clean_model((model,) if other is None else (model, other), drawable)
    chapters = [document(one, missing) for one in cleaned]
    return (chapters[0] if other is None else side_by_side(*chapters)), missing


def typeset(model: ReportModel, other: ReportModel | None = None) -> bytes:
    """The report as a tagged PDF; see ``typeset_report``."""
    return typeset_report(model, other).pdf


def pictures(drawings: Mapping[str, str]) -> dict[str, bytes]:
    """Drawings (SVG) as pictures (PNG) by the same names, for files that a word processor must open."""
    if not drawings:
        return {}
    try:
        made = _typesetter().draw(json.dumps(list(drawings.values()), ensure_ascii=False))
    except typst.TypstError as error:
        raise TypesettingError(f"a chart could not be drawn: {error.message}") from error
    return dict(zip(drawings, made, strict=True))
