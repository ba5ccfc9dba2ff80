"""What goes in and what comes out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class FirmOut(Schema):
    id: UUID
    name: str
    name_en: str
    industry: str
    region: str
    size: str


class AssessmentOut(Schema):
    """``status`` is draft or submitted."""

    id: UUID
    firm: UUID = Field(alias="firm_id")
    instrument: str = Field(alias="instrument_code")
    version: str = Field(alias="instrument_version")
    content_hash: str = Field(alias="instrument_hash")
    status: str
    started_at: datetime
    submitted_at: datetime | None


class AssessmentIn(Schema):
    instrument: str = Field("bluebook", max_length=60)


class AnswerOut(Schema):
    """``answer`` is written as in an answers file: an option's value, a number, NA, DK, DECLINE."""

    item: str
    answer: str = Field(alias="written")
    reason: str
    version: int
    saved_at: datetime


class AnswerIn(Schema):
    """``version`` is the version the answer is based on, 0 for none; without it the last save wins."""

    answer: str = Field(max_length=400)
    reason: str = Field("", max_length=500)
    version: int | None = Field(None, ge=0)


class ResultOut(Schema):
    """``figures`` holds every score, placement and gate; points 0 to 100, ranks 0 to 1, absent is null."""

    assessment: UUID = Field(alias="assessment_id")
    index: float | None
    level: str
    engine_version: str
    benchmark: str = Field(alias="benchmark_code")
    benchmark_version: str
    figures: dict[str, Any]
    scored_at: datetime


class ReportIn(Schema):
    language: str = Field("zh-hans", pattern="^(zh-hans|en)$")


class ReportOut(Schema):
    """``state`` is queued, building, ready or failed."""

    id: UUID
    assessment: UUID = Field(alias="assessment_id")
    language: str
    format: str
    state: str
    step: str
    size: int | None
    sha256: str
    requested_at: datetime
    finished_at: datetime | None


class InstrumentOut(Schema):
    code: str
    version: str
    content_hash: str
    title: dict[str, str]
    items: int
