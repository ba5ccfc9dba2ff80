"""Everything that can happen to an assessment."""

from surveys.services.answers import (
    LONGEST_ANSWER,
    LONGEST_REASON,
    AnswerConflict,
    AssessmentClosed,
    NewAnswer,
    Saved,
    answer_put,
    answer_save,
    answers_confirm,
)
from surveys.services.assessments import (
    AssessmentIncomplete,
    assessment_discard,
    assessment_start,
    assessment_submit,
    content_hash,
    snapshot_create,
)

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_REASON",
    "AnswerConflict",
    "AssessmentClosed",
    "AssessmentIncomplete",
    "NewAnswer",
    "Saved",
    "answer_put",
    "answer_save",
    "answers_confirm",
    "assessment_discard",
    "assessment_start",
    "assessment_submit",
    "content_hash",
    "snapshot_create",
]
