"""The first page: what this is, whose it is, which one."""

from docx.shared import Pt

from reports.builders.docx.parts import Writer


def write_cover(writer: Writer) -> None:
    """Title, instrument, firm; industry to report number; who vouches for it (nobody)."""
    cover, words = writer.chapters["cover"], writer.words
    top = writer.paragraph(writer.chapters["publisher"] or words["report_short"])
    top.paragraph_format.space_after = Pt(70)
    writer.paragraph(words["report_title"], style="Title")
    writer.paragraph(cover["instrument"], style="Subtitle").paragraph_format.space_after = Pt(40)
    firm = writer.paragraph(cover["firm"], bold=True)
    firm.runs[0].font.size = Pt(_size(cover["firm"]))
    if cover["english_name"]:
        writer.paragraph(cover["english_name"])
    firm.paragraph_format.space_after = Pt(4)
    rows = [(fact["label"], fact["value"]) for fact in cover["facts"]]
    if cover["recipient"]:
        rows.append((words["recipient"], cover["recipient"]))
    writer.paragraph("").paragraph_format.space_after = Pt(20)
    writer.facts(rows)
    writer.note(words["self_assessed"])


def _size(name: str) -> float:
    """A long name is set smaller, never cut."""
    return 20 if len(name) <= 40 else 14 if len(name) <= 120 else 9
