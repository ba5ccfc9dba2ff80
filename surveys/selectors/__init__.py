"""Reads assessments, their answers and how far they are."""

from surveys.selectors.assessments import (
    Part,
    Progress,
    answer_table,
    answers_of,
    asked_items,
    assessment_fetch,
    assessment_instrument,
    assessment_list,
    items_missing,
    last_submitted,
    parts_of,
    whole_progress,
    written_before,
)

__all__ = [
    "Part",
    "Progress",
    "answer_table",
    "answers_of",
    "asked_items",
    "assessment_fetch",
    "assessment_instrument",
    "assessment_list",
    "items_missing",
    "last_submitted",
    "parts_of",
    "whole_progress",
    "written_before",
]
