"""The report as an editable Word document: real heading styles, native tables, charts as pictures with their text."""

import io
from collections.abc import Mapping
from typing import Any

from docx import Document

from reports.builders.bilingual import first
from reports.builders.docx.chapters import write_chapters
from reports.builders.docx.cover import write_cover
from reports.builders.docx.page import set_pages
from reports.builders.docx.parts import Writer
from reports.builders.docx.styles import set_styles

Chapter = dict[str, Any]


def docx_report(chapters: Chapter, pictures: Mapping[str, bytes], *, created: Any) -> bytes:
    """The chapters of ``document`` (or of ``side_by_side``) as DOCX.

    Args:
        pictures: the charts as PNG, by the names of ``chapters["figures"]``; the code that leads to the page of
            verification is called ``verify``, the logo of whoever it is made for ``logo``. A chart without a picture is
            left out.
        created: the moment that stands in the file's properties.
    """
    document = Document()
    set_styles(document, chapters["colours"], chinese=chapters["language"] == "zh-hans")
    set_pages(document, chapters)
    writer = Writer(document, chapters, pictures)
    write_cover(writer)
    write_chapters(writer)
    _describe(document, chapters, created)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _describe(document: Any, chapters: Chapter, created: Any) -> None:
    about = document.core_properties
    about.title = first(chapters["title"])[:255]
    about.author = (first(chapters["publisher"]) or chapters["cover"]["firm"])[:255]
    about.subject = first(chapters["description"])[:255]
    about.keywords = chapters["report_id"]
    about.comments = ""
    about.language = "zh-CN" if chapters["language"] == "zh-hans" else "en-GB"
    about.created = about.modified = created
