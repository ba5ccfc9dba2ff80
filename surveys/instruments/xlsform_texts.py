"""Texts of an XLSForm by language: which columns hold Chinese, which English, and what to do where one is missing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.instruments import check_messages as say
from surveys.instruments.check_shape import LANGUAGE_NAMES
from surveys.instruments.faults import Fault
from surveys.instruments.workbook_tables import Row
from surveys.instruments.xlsform import HEADS

COLUMN = re.compile(r"(?P<name>label|hint)(?:\s*:{1,2}\s*(?P<language>.+))?", re.IGNORECASE)
CHINESE = re.compile(r"[\u3400-\u9fff]")
MARKS = {
    "zh-hans": re.compile(r"\(zh\b|^zh\b|中文|汉语|chinese|mandarin", re.IGNORECASE),
    "en": re.compile(r"\(en\b|^en\b|english|英文|英语", re.IGNORECASE),
}
PIPING = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class TextColumns:
    """For ``label`` and ``hint``: language to column. ``other`` is a column in no language of ours, to fall back on."""

    columns: Mapping[str, Mapping[str, str]]
    other: Mapping[str, str]

    def text(self, row: Row, name: str) -> dict[str, str]:
        """The row's texts by language, as far as there are any; with only a third language, that one as "other"."""
        found = {}
        for language, column in [*self.columns.get(name, {}).items(), ("other", self.other.get(name, ""))]:
            text = str(row.cells.get(column) or "").strip()
            if text:
                found[language] = text
        return found

    def column(self, name: str, language: str) -> str:
        return self.columns.get(name, {}).get(language, f"{name}::{HEADS[language]}")


def text_columns(header: Sequence[str], rows: Sequence[Row]) -> TextColumns:
    columns: dict[str, dict[str, str]] = {}
    other: dict[str, str] = {}
    for head in header:
        match = COLUMN.fullmatch(head)
        if match is None:
            continue
        name = match["name"].lower()
        language = language_of(match["language"] or "", head, rows)
        if language is None or language in columns.get(name, {}):
            other.setdefault(name, head)
        else:
            columns.setdefault(name, {})[language] = head
    return TextColumns(columns, other)


def language_of(written: str, head: str, rows: Sequence[Row]) -> str | None:
    """The language that a header names; where it names none, what the texts look like."""
    if written:
        return next((language for language, mark in MARKS.items() if mark.search(written.strip())), None)
    texts = " ".join(str(row.cells.get(head) or "") for row in rows[:50])
    return "zh-hans" if CHINESE.search(texts) else "en"


def language_faults(columns: TextColumns, sheet: str) -> list[Fault]:
    """One fault a language that the whole sheet lacks, instead of one a row."""
    return [
        Fault(
            (),
            say.XLS_NO_LANGUAGE,
            1,
            {"language": LANGUAGE_NAMES[language], "column": f"label::{head}"},
            sheet,
            f"label::{head}",
        )
        for language, head in HEADS.items()
        if language not in columns.columns.get("label", {})
    ]


def both(found: Mapping[str, str]) -> dict[str, str]:
    """A text in both languages: where one is missing, the one there is stands in."""
    spare = next(iter(found.values()), "")
    return {language: found.get(language, spare) for language in HEADS}


def shortened(text: Mapping[str, str], limits: tuple[int, int]) -> dict[str, str]:
    return {
        language: text[language] if len(text[language]) <= limit else text[language][: limit - 1].rstrip() + "…"
        for language, limit in zip(HEADS, limits, strict=True)
    }
