"""The chapter with what consultants have added."""

from typing import Any

from reports.builders.formatting import date_text
from reports.builders.model import Comment, ReportModel
from reports.builders.wording import say


def comments(model: ReportModel) -> list[dict[str, Any]]:
    """A row for each comment; empty where there is none."""
    return [_row(one, model) for one in model.comments]


def _row(one: Comment, model: ReportModel) -> dict[str, Any]:
    return {
        "title": one.title or say(model.language, "comment_on_all"),
        "by": attribution(one, model),
        "date": date_text(one.written_on, model.language),
        "paragraphs": list(one.paragraphs),
    }


def attribution(one: Comment, model: ReportModel) -> str:
    """Never without the words that set it apart from what the firm said of itself."""
    names = [name for name in (one.author, one.organisation) if name]
    key = ("comment_by_nobody", "comment_by_one", "comment_by_two")[len(names)]
    return say(model.language, key, **dict(zip(("first", "second"), names, strict=False)))
