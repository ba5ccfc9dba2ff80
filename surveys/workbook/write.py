"""Writes the workbook. Every text is written as text, so that nothing anybody typed can become a formula."""

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from surveys.instruments.coding import STATE_WORDS
from surveys.instruments.model import Instrument, Item
from surveys.models import Answer, Assessment
from surveys.workbook.layout import ANSWER, CODE, COLUMNS, HEADER_ROW, HEADERS, MARK, MARK_ROW, REASON, VERSION

WIDTHS = (16, 9, 52, 60, 14, 30, 8)
LONGEST_LIST = 255


def assessment_workbook(
    assessment: Assessment, instrument: Instrument, answers: Mapping[str, Answer], language: str
) -> bytes:
    """The questionnaire with the answers given so far, one item a row, a drop-down where there is a choice."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        styles = _styles(book)
        sheet = book.add_worksheet(_("Answers"))
        _top(sheet, styles, assessment, instrument, language)
        for number, item in enumerate(instrument.items, HEADER_ROW + 1):
            _row(sheet, styles, number, instrument, item, answers.get(item.code), language)
        _setting(sheet)
    return buffer.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    wrap = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C9D2D8"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "header": book.add_format(wrap | {"bold": True, "bg_color": "#E4EFF1"}),
        "cell": book.add_format(wrap),
        "entry": book.add_format(wrap | {"bg_color": "#FFFBE6", "locked": False}),
    }


def _top(sheet: Any, styles: Any, assessment: Assessment, instrument: Instrument, language: str) -> None:
    sheet.write_string(0, 0, f"{instrument.title.pick(language)} · {assessment.firm.display_name}", styles["title"])
    how = _(
        "Fill in the yellow columns. DK = don't know, NA = not applicable (with a reason), "
        "DECLINE = prefer not to say. An empty answer changes nothing. "
        "Upload the file again; you see what would change before anything is stored."
    )
    sheet.merge_range(1, 0, 1, len(COLUMNS) - 2, how, styles["plain"])
    sheet.set_row(1, 48)
    for column, text in enumerate((MARK, instrument.code, instrument.version, str(assessment.pk))):
        sheet.write_string(MARK_ROW - 1, column, text)
    sheet.set_row(MARK_ROW - 1, None, None, {"hidden": True})
    for column, key in enumerate(COLUMNS):
        sheet.write_string(HEADER_ROW - 1, column, str(HEADERS[key]), styles["header"])


def _row(
    sheet: Any, styles: Any, number: int, instrument: Instrument, item: Item, answer: Answer | None, language: str
) -> None:
    texts = (
        instrument.dimension_by_code[item.dimension].title.pick(language),
        item.code,
        f"{item.title.pick(language)}\n{item.stem.pick(language)}",
        choices_text(item, language),
    )
    for column, text in enumerate(texts):
        sheet.write_string(number - 1, column, text, styles["cell"])
    _entry(sheet, styles, number, item, answer)


def _entry(sheet: Any, styles: Any, number: int, item: Item, answer: Answer | None) -> None:
    column = COLUMNS.index(ANSWER)
    written = answer.written if answer else ""
    if written.isdigit():
        sheet.write_number(number - 1, column, int(written), styles["entry"])
    else:
        sheet.write_string(number - 1, column, written, styles["entry"])
    sheet.write_string(number - 1, COLUMNS.index(REASON), answer.reason if answer else "", styles["entry"])
    sheet.write_number(number - 1, COLUMNS.index(VERSION), answer.version if answer else 0, styles["cell"])
    sheet.data_validation(number - 1, column, number - 1, column, _validation(item, number))


def state_words(item: Item) -> list[str]:
    return [word for word in STATE_WORDS if word != "NA" or item.not_applicable is not None]


def choices_text(item: Item, language: str) -> str:
    """What can be entered, in words; one option a line."""
    if item.kind == "share":
        return _("A share from 0 to 100 %.")
    if item.is_numeric:
        return _("A number.")
    lines = [f"{option.value} = {option.label.pick(language)}" for option in item.options]
    if item.kind == "multi":
        lines.append(_("Several values are joined by a semicolon."))
    return "\n".join(lines)


def _validation(item: Item, number: int) -> dict[str, Any]:
    words = state_words(item)
    values = [str(option.value) for option in item.options] + words
    told = {"error_title": item.code, "error_message": _("Enter one of: %(words)s") % {"words": ", ".join(values)}}
    if item.is_numeric:
        low, high = (0, 100) if item.kind == "share" else (item.low, item.high)
        told["error_message"] = _("Enter a number, or one of: %(words)s") % {"words": ", ".join(words)}
        return {"validate": "custom", "value": _number_rule(f"E{number}", low, high, words)} | told
    if item.kind == "multi" or len(",".join(values)) > LONGEST_LIST:
        return {"validate": "any", "input_title": item.code, "input_message": told["error_message"][:LONGEST_LIST]}
    return {"validate": "list", "source": values} | told


def _number_rule(cell: str, low: float | None, high: float | None, words: list[str]) -> str:
    bounds = [f"ISNUMBER({cell})"]
    bounds += [f"{cell}>={low:g}"] if low is not None else []
    bounds += [f"{cell}<={high:g}"] if high is not None else []
    states = ",".join(f'{cell}="{word}"' for word in words)
    return f"=OR(AND({','.join(bounds)}),{states})"


def _setting(sheet: Any) -> None:
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, None, {"hidden": COLUMNS[column] == VERSION})
    sheet.freeze_panes(HEADER_ROW, COLUMNS.index(CODE) + 1)
    # Without a password: it keeps from slips, not from people.
    sheet.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
