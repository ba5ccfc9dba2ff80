"""The first page: what this is, whose it is, which one."""

from typing import Any

from docx.shared import Mm, Pt

from reports.builders.bilingual import first
from reports.builders.docx.parts import Writer

# Of a logo on paper, in millimetres: the room it has, and how large one of its pixels may become.
LOGO_ROOM, LARGEST_PIXEL = (58.0, 24.0), 0.25
# So many characters of a title stand in one line of its largest size.
ONE_LINE = 16


def write_cover(writer: Writer) -> None:
    """Title, instrument, firm; industry to report number; who vouches for it (nobody)."""
    cover, words, brand = writer.chapters["cover"], writer.words, writer.chapters["brand"]
    if brand:
        _letterhead(writer, brand)
    top = writer.paragraph(writer.chapters["publisher"] or words["report_short"])
    top.paragraph_format.space_after = Pt(8 if brand else 70)
    _titles(writer, brand)
    writer.paragraph(cover["instrument"], style="Subtitle").paragraph_format.space_after = Pt(8 if brand else 40)
    for part in brand["paragraphs"] if brand else ():
        writer.note(part)
    firm = writer.paragraph(cover["firm"], bold=True)
    firm.paragraph_format.space_before = Pt(14 if brand else 0)
    firm.runs[0].font.size = Pt(_size(cover["firm"]))
    if cover["english_name"]:
        writer.paragraph(cover["english_name"])
    firm.paragraph_format.space_after = Pt(4)
    rows = [(fact["label"], fact["value"]) for fact in cover["facts"]]
    if cover["recipient"]:
        rows.append((words["recipient"], cover["recipient"]))
    if not brand:
        writer.paragraph("").paragraph_format.space_after = Pt(20)
    writer.facts(rows)
    writer.note(words["self_assessed"])


def _letterhead(writer: Writer, brand: dict[str, Any]) -> None:
    """Logo, name and contact of whoever the report is made for."""
    if brand["logo"]:
        wide, high = brand["logo"]["size"]
        width = min(LOGO_ROOM[0], LOGO_ROOM[1] * wide / high, wide * LARGEST_PIXEL)
        line = writer.document.add_paragraph()
        writer.picture(line, writer.pictures["logo"], first(brand["logo"]["alt"]), name="logo", width=Mm(width))
    writer.paragraph(brand["name"], bold=True).paragraph_format.space_after = Pt(0)
    writer.note(brand["contact"]).paragraph_format.space_after = Pt(12)


def _titles(writer: Writer, brand: dict[str, Any] | None) -> None:
    """The report's own title stands beneath another one."""
    own = writer.words["report_title"]
    if brand and brand["title"]:
        title = writer.paragraph(brand["title"], style="Title")
        title.runs[0].font.size = Pt(30 if len(first(brand["title"])) <= ONE_LINE else 18)
        writer.note(own)
    else:
        writer.paragraph(own, style="Title")


def _size(name: str) -> float:
    """A long name is set smaller, never cut."""
    return 20 if len(name) <= 40 else 14 if len(name) <= 120 else 9
