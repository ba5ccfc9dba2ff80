"""Rows of the questionnaire: assessments, answers, and what people do around them."""

from surveys.models.assessment import Answer, Assessment, SaveReceipt, Snapshot
from surveys.models.authoring import InstrumentDraft, InstrumentOwner
from surveys.models.campaigns import Campaign, Target
from surveys.models.evidence import Evidence
from surveys.models.together import Comment, Opinion, PartAssignment, PartLink, Presence, Rater

__all__ = [
    "Answer",
    "Assessment",
    "Campaign",
    "Comment",
    "Evidence",
    "InstrumentDraft",
    "InstrumentOwner",
    "Opinion",
    "PartAssignment",
    "PartLink",
    "Presence",
    "Rater",
    "SaveReceipt",
    "Snapshot",
    "Target",
]
