"""Paper, margins, running header and footer."""

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.builders.bilingual import first
from reports.builders.docx.styles import NOTE

Chapter = dict[str, Any]
MARGIN = Mm(20)
TEXT_WIDTH = Mm(170)


def set_pages(document: Any, chapters: Chapter) -> None:
    """A4; the cover has neither header nor footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.different_first_page_header_footer = True
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for line in (header, footer):
        line.style = document.styles[NOTE]
        line.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.space_after = Pt(0)
    header.add_run(f"{chapters['header']}\t{first(chapters['phrases']['report_short'])}")
    footer.add_run(" · ".join(part for part in (first(chapters["publisher"]), chapters["report_id"]) if part) + "\t")
    _numbered(footer, chapters["page_of"])
    if chapters["brand"] and chapters["brand"]["footer"]:
        section.footer.add_paragraph(chapters["brand"]["footer"], style=document.styles[NOTE])


def _numbered(line: Any, page_of: str) -> None:
    """``第 {page} 页，共 {pages} 页`` with fields that the word processor fills."""
    for part in page_of.replace("{page}", "\0PAGE\0").replace("{pages}", "\0NUMPAGES\0").split("\0"):
        if part in ("PAGE", "NUMPAGES"):
            _field(line, part)
        else:
            line.add_run(part)


def _field(line: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)
