"""Sheets as a reader likes them: a headed table that stays in view, widths that fit, pages that print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil
from typing import Any, Literal

from xlsxwriter import Workbook

from firms.csv_safe import defused
from reports.builders.brand import colours
from reports.builders.charts.lettering import text_width
from reports.builders.charts.palette import PAINTS
from reports.builders.model import ReportModel
from reports.builders.wording import say

Kind = Literal["text", "code", "score", "share", "weight", "count"]
Row = Any
# A name of a fact and its value, in each language of the report; a value is a text or a number.
Fact = tuple[tuple[str, ...], tuple[str | float | None, ...], Kind]
MOST_CHARACTERS = 32_767
# Widths in characters: of the names and values of facts, and of what a sheet of A4 shows without shrinking much.
FACT_WIDTHS = (32, 62)
PAPER_WIDTH = 190
_LINE = 14.0
MOST_IN_NAME = 31
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
NUMBERS: dict[Kind, str] = {"score": "0.0", "share": "0.0##%", "weight": "0.##", "count": "0"}
_LIGHT = {paint.name: paint.light for paint in PAINTS}


@dataclass(frozen=True)
class Column:
    """One column: its heading, a phrase of the report, and what stands in it. ``width`` is in characters."""

    phrase: str
    read: Callable[[Row, ReportModel], Any]
    kind: Kind = "text"
    width: float = 16


@dataclass(frozen=True)
class Sheet:
    """One table: the section it belongs to, its name (a phrase), its rows and columns."""

    section: str
    phrase: str
    rows: Callable[[ReportModel], Sequence[Row]]
    columns: tuple[Column, ...]
    charted: bool = False


class Book:
    """A workbook being written, for the models of one report."""

    def __init__(self, workbook: Workbook, models: Sequence[ReportModel]) -> None:
        self.workbook, self.models = workbook, models
        self.face = "Arial" if models[0].language == "en" else "Microsoft YaHei"
        self.accent = colours(models[0])["accent"]
        self.heading = self._format(bold=True, font_color="#FFFFFF", bg_color=self.accent, text_wrap=True)
        self.name = self._format(bold=True, text_wrap=True)
        self.text = self._format(text_wrap=True)
        self.lone_number = self._format(num_format="0.0", align="left", bold=True)
        self.numbers = {kind: self._format(num_format=written) for kind, written in NUMBERS.items()}

    def _format(self, **given: Any) -> Any:
        rule = {"bottom": 1, "bottom_color": _LIGHT["rule"], "valign": "top"}
        return self.workbook.add_format({"font_name": self.face, "font_size": 10, **rule, **given})

    def said(self, phrase: str) -> str:
        """A phrase of the report in its language, or in both."""
        return " ".join(dict.fromkeys(say(model.language, phrase) for model in self.models))

    def _sheet_name(self, phrase: str) -> str:
        """Of 31 characters at most: where both languages are too long for that, the first alone."""
        said = self.said(phrase)
        named = said if len(said) <= MOST_IN_NAME else say(self.models[0].language, phrase)
        return named.translate(FORBIDDEN_IN_NAMES)[:MOST_IN_NAME].strip()

    def sheet(self, phrase: str) -> Any:
        page = self.workbook.add_worksheet(self._sheet_name(phrase))
        page.set_landscape()
        page.set_paper(9)
        page.hide_gridlines(2)
        page.set_footer(f"&L{self.models[0].provenance.report_id}&R&P / &N")
        return page

    def facts(self, phrase: str, rows: Sequence[Fact]) -> None:
        """Names and values below one another, a column of values for each language."""
        page = self.sheet(phrase)
        page.set_column(0, 0, FACT_WIDTHS[0])
        page.set_column(1, len(self.models), FACT_WIDTHS[1])
        _fit(page, FACT_WIDTHS[0] + FACT_WIDTHS[1] * len(self.models))
        for number, (names, values, kind) in enumerate(rows):
            name, told = " ".join(dict.fromkeys(names)), list(dict.fromkeys(values))
            page.set_row(number, _height([(name, FACT_WIDTHS[0]), *((value, FACT_WIDTHS[1]) for value in told)]))
            page.write_string(number, 0, cell_text(name), self.name)
            for column, value in enumerate(told, 1):
                self._cell(page, number, column, value, kind, alone=True)

    def table(self, sheet: Sheet) -> None:
        """Nothing at all where there are no rows."""
        rows = list(zip_longest(*(sheet.rows(model) for model in self.models)))
        if not rows:
            return
        page, at = self.sheet(sheet.phrase), 0
        for column in sheet.columns:
            at += self._column(page, at, column, rows)
        self._heights(page, sheet, rows)
        _fit(page, sum(column.width * self._languages(column) for column in sheet.columns))
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.autofilter(0, 0, len(rows), at - 1)
        if sheet.charted:
            self._chart(page, sheet, len(rows), at)

    def _languages(self, column: Column) -> int:
        return len(self.models) if column.kind == "text" else 1

    def _heights(self, page: Any, sheet: Sheet, rows: Sequence[tuple[Row, ...]]) -> None:
        """Tall enough for the longest text: not every program finds that out by itself."""
        headings = [(self.said(one.phrase) if one.kind != "text" else "", one.width) for one in sheet.columns]
        page.set_row(0, _height(headings))
        for number, row in enumerate(rows, 1):
            told = [
                (column.read(one, model), column.width)
                for column in sheet.columns
                for one, model in zip(row, self.models, strict=True)
                if one is not None
            ]
            page.set_row(number, _height(told))

    def _column(self, page: Any, at: int, column: Column, rows: Sequence[tuple[Row, ...]]) -> int:
        """Writes one column, of a text one for each language; returns how many."""
        if column.kind != "text":
            page.set_column(at, at, column.width)
            page.write_string(0, at, self.said(column.phrase), self.heading)
            for number, row in enumerate(rows, 1):
                self._cell(page, number, at, column.read(row[0], self.models[0]), column.kind)
            return 1
        for place, model in enumerate(self.models):
            page.set_column(at + place, at + place, column.width)
            page.write_string(0, at + place, say(model.language, column.phrase), self.heading)
            for number, row in enumerate(rows, 1):
                told = "" if row[place] is None else column.read(row[place], model)
                self._cell(page, number, at + place, told, "text")
        return len(self.models)

    def _cell(self, page: Any, row: int, column: int, value: Any, kind: Kind, *, alone: bool = False) -> None:
        """A number where there is one; an empty cell for what is absent, never 0. ``alone``: in no column of such."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(row, column, value, self.lone_number if alone else self.numbers.get(kind))
        elif value is None or value == "":
            page.write_blank(row, column, None, self.text)
        else:
            page.write_string(row, column, cell_text(str(value)), self.text)

    def _chart(self, page: Any, sheet: Sheet, rows: int, columns: int) -> None:
        """Bars of the scores beside the table, drawn by the spreadsheet itself."""
        chart = self.workbook.add_chart({"type": "bar"})
        name, score = 1, 1 + len(self.models)
        sheet_name = page.get_name()
        chart.add_series(
            {
                "categories": [sheet_name, 1, name, rows, name],
                "values": [sheet_name, 1, score, rows, score],
                "fill": {"color": _LIGHT["accent"]},
                "data_labels": {"value": True, "num_format": "0.0"},
            }
        )
        chart.set_title({"name": self.said("dimension_scores"), "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_x_axis(
            {"min": 0, "max": 100, "major_gridlines": {"visible": True, "line": {"color": _LIGHT["rule"]}}}
        )
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 560, "height": 120 + 34 * rows})
        about = "；".join(f"{row.title} {row.score:.1f}" for row in sheet.rows(self.models[0]) if row.score is not None)
        page.insert_chart(rows + 2, 1, chart, {"description": about})


def _fit(page: Any, width: float) -> None:
    """As many sheets of paper side by side as the columns need to stay readable."""
    page.fit_to_pages(max(1, ceil(width / PAPER_WIDTH)), 0)


def _height(cells: Sequence[tuple[Any, float]]) -> float:
    """In points, for texts in columns of so many characters."""
    return _LINE * max(1, *(_lines(value, width) for value, width in cells)) + 4


def _lines(value: Any, width: float) -> int:
    """A character of a column's width is half an em."""
    return sum(max(1, ceil(text_width(line, 2) / width)) for line in str("" if value is None else value).split("\n"))


def cell_text(text: str) -> str:
    """As long as a cell may be, and no formula."""
    return defused(text)[:MOST_CHARACTERS]
