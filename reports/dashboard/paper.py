"""A view as a PDF, set with the same drawings as the page.

The compiler is made in the process that uses it and is never handed to a fork: see reports/typesetting.py for why. Web
processes are started whole and fork nothing later, so a page may be set there at once.
"""

import os
import threading
from dataclasses import dataclass, field

import typst

from reports.builders.language import Language
from reports.builders.release.table import Block
from reports.builders.release.view import View
from reports.builders.wording import say
from reports.typesetting import FAMILIES, FONTS, STANDARDS, TEMPLATES, TypesettingError

# A4 between its margins, 170 mm, at 96 pixels an inch.
SHEET_WIDTH = 643.0


@dataclass
class _Press:
    """A warm compiler of one template, and the process that it belongs to."""

    compiler: typst.Compiler
    process: int = field(default_factory=os.getpid)
    lock: threading.Lock = field(default_factory=threading.Lock)


def _compiler(template: str) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    if FAMILIES.keys() - set(fonts.families()):
        raise TypesettingError(f"fonts missing in {FONTS}; restore them from the repo")
    page = str(TEMPLATES / template)
    return typst.Compiler(page, root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


_presses: dict[str, _Press] = {}
_making = threading.Lock()


def press(template: str) -> _Press:
    with _making:
        if template not in _presses:
            _presses[template] = _Press(_compiler(template))
    found = _presses[template]
    if found.process != os.getpid():
        raise TypesettingError("this process was forked from one that had already set a page; set pages in one process")
    return found


def set_page(data: str, template: str = "dashboard.typ") -> bytes:
    """The PDF of ``view_data`` as JSON, or of what another template takes.

    TypesettingError where the template or the fonts are at fault; texts never are.
    """
    found = press(template)
    try:
        with found.lock:
            made = found.compiler.compile(format="pdf", sys_inputs={"view": data}, pdf_standards=STANDARDS)
    except typst.TypstError as error:
        raise TypesettingError(f"the page could not be set: {error.message}") from error
    if not isinstance(made, bytes):
        raise TypesettingError("the typesetter returned no single PDF")
    return made


def view_data(view: View, language: Language) -> dict[str, object]:
    """Only text, numbers and drawings: nothing of it is read as markup."""
    return {
        "language": language,
        "title": view.title,
        "group": view.group,
        "facts": [list(pair) for pair in view.facts],
        "notes": [text for text in (view.protected, view.frozen) if text],
        "empty": say(language, "rel_no_group"),
        "sections": [
            {"title": section.title, "blocks": [block_data(block, language) for block in section.blocks]}
            for section in view.sections
        ],
    }


def block_data(block: Block, language: Language) -> dict[str, object]:
    """Where remarks tell the last column in sentences, the table leaves it out."""
    width = len(block.table.columns) - bool(block.remarks)
    return {
        "title": block.title,
        "notes": list(block.notes),
        "svg": "" if block.draw is None else block.draw(f"sheet-{block.name}", SHEET_WIDTH),
        "heads": [column.title for column in block.table.columns[:width]],
        "kinds": [column.kind for column in block.table.columns[:width]],
        "numbers": [column.is_number for column in block.table.columns[:width]],
        "rows": [row[:width] for row in block.table.texts(language)],
        "remarks": [[one.title, one.tag, list(one.lines)] for one in block.remarks],
    }
