"""What chapters are written with: headings, paragraphs, tables, pictures. Every text may be a pair of two languages."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from reports.builders.bilingual import first, is_pair
from reports.builders.docx.page import TEXT_WIDTH
from reports.builders.docx.styles import CELL, NOTE, QUIET, SECOND, TABLE_STYLE

Chapter = dict[str, Any]
# A text, a pair of texts, a ``Line``, or a list of them.
Cell = Any
# Charts are drawn at 96 pixels an inch, and made into pictures of twice as many.
_DOTS = 192
# A chart that leaves half of the text's width free stands beside its twin in the other language.
_NARROW = Mm(110)


@dataclass(frozen=True)
class Line:
    """One line of a cell that is set in bold, or in a style of its own."""

    text: Any
    bold: bool = False
    style: str | None = None


def coded(code: str, title: Any, *more: Any) -> list[Any]:
    """A code in small, the title it belongs to, and what follows."""
    return [Line(code, style=QUIET), Line(title, bold=True), *more]


class Writer:
    """A document being written, with the words and pictures of its report at hand."""

    def __init__(self, document: Any, chapters: Chapter, pictures: Mapping[str, bytes]) -> None:
        self.document, self.chapters, self.pictures = document, chapters, pictures
        self.words: Chapter = chapters["phrases"]
        self.chinese = chapters["language"] == "zh-hans"
        self._drawings = 0

    def heading(self, text: Cell, level: int) -> None:
        self._fill(self.document.add_heading(level=level), text)

    def paragraph(self, text: Cell, *, style: str | None = None, bold: bool = False) -> Any:
        line = self.document.add_paragraph(style=style)
        self._fill(line, text, bold=bold)
        return line

    def note(self, text: Cell) -> Any:
        return self.paragraph(text, style=NOTE)

    def bullets(self, rows: Sequence[Cell]) -> None:
        for row in rows:
            self.paragraph(row, style="List Bullet")

    def chart(self, name: str) -> None:
        """The chart of that name, in both languages where the report has both."""
        drawn = [one for one in (name, f"{name}.en") if one in self.chapters["figures"] and one in self.pictures]
        beside = len(drawn) > 1 and all(natural_width(self.pictures[one]) <= _NARROW for one in drawn)
        line = None
        for one in drawn:
            line = line if line is not None and beside else self.centred()
            about = first(self.chapters["figures"][one]["alt"])
            self.picture(line, self.pictures[one], about, name=one, width=int(TEXT_WIDTH * 0.46) if beside else None)

    def centred(self) -> Any:
        line = self.document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return line

    def picture(self, line: Any, png: bytes, alternative: str, *, name: str, width: int | None = None) -> None:
        """At its natural size, or as wide as the text; its text alternative is read by screen readers."""
        drawing = line.add_run().add_picture(
            io.BytesIO(png), width=Emu(width or min(natural_width(png), int(TEXT_WIDTH * 0.97)))
        )
        self._drawings += 1
        about = drawing._inline.docPr
        about.set("id", str(self._drawings))
        about.set("name", name)
        about.set("descr", alternative)

    def table(self, header: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> None:
        """A native table; its first row is repeated on every page. ``widths`` are shares of the text's width."""
        if not rows:
            return
        table = self._table(len(header), widths)
        for cell, text in zip(table.add_row().cells, header, strict=True):
            self._cell(cell, text, bold=True)
        _repeated(table.rows[0])
        for row in rows:
            added = table.add_row()
            _unbroken(added)
            for cell, text in zip(added.cells, row, strict=True):
                self._cell(cell, text)
        _sized(table, widths)
        self.document.add_paragraph(style=NOTE)

    def facts(self, rows: Sequence[tuple[Cell, Cell]]) -> None:
        """Names and values in two columns, without a header."""
        table = self._table(2, (0.3, 0.7))
        table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstRow"), "0")
        for name, value in rows:
            cells = table.add_row().cells
            self._cell(cells[0], name, style=QUIET)
            self._cell(cells[1], value)
        _sized(table, (0.3, 0.7))
        self.document.add_paragraph(style=NOTE)

    def _table(self, columns: int, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=0, cols=columns, style=TABLE_STYLE)
        table.autofit = False
        return table

    def _cell(self, cell: Any, text: Cell, *, bold: bool = False, style: str | None = None) -> None:
        lines = text if isinstance(text, list) else [text]
        shown = [one if isinstance(one, Line) else Line(one, bold, style) for one in lines if one]
        for number, one in enumerate(shown or [Line("")]):
            line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            line.style = self.document.styles[CELL]
            self._fill(line, one.text, bold=one.bold, style=one.style)

    def _fill(self, line: Any, text: Cell, *, bold: bool = False, style: str | None = None) -> None:
        """The text; of a pair the Chinese, and under it the English."""
        main = line.add_run(first(text), style=style)
        # None leaves the weight to the style, which a heading or a table's first row may have set.
        main.bold = bold or None
        _in_language(main, chinese=self.chinese)
        if is_pair(text):
            main.add_break()
            other = line.add_run(text["en"], style=SECOND)
            other.bold = False
            _in_language(other, chinese=False)


def _in_language(run: Any, *, chinese: bool) -> None:
    """Marks what a run is written in, and lets quotes and dashes be set in the font of that script."""
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia" if chinese else "default")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN" if chinese else "en-GB")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def natural_width(png: bytes) -> int:
    """In English metric units, from the picture's own width in pixels."""
    pixels = int.from_bytes(png[16:20], "big")
    return int(Mm(pixels / _DOTS * 25.4))


def _repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _unbroken(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _sized(table: Any, widths: Sequence[float]) -> None:
    for share, column in zip(widths, table.columns, strict=True):
        column.width = Emu(int(TEXT_WIDTH * share))
        for cell in column.cells:
            cell.width = column.width
