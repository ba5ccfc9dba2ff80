"""Answers to a whole questionnaire, for tests that need one."""

from datetime import UTC, datetime

from firms.models import Firm, Person
from scoring.services import assessment_score
from surveys.instruments.model import Instrument
from surveys.library import instrument_get
from surveys.models import Assessment
from surveys.services import NewAnswer, answer_save, assessment_start, assessment_submit

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BY_KIND = {"level": "3", "yesno": "yes", "share": "50"}


def middling(instrument: Instrument, **changes: str) -> dict[str, str]:
    """Level 3, "yes" or 50 % for every item, except for ``changes`` (RD_01="5")."""
    answers = {item.code: BY_KIND[item.kind] for item in instrument.items}
    return answers | {code.replace("_", "-"): written for code, written in changes.items()}


def started(firm: Firm, person: Person) -> Assessment:
    return assessment_start(firm=firm, instrument=instrument_get("bluebook"), person=person, now=NOW)


def answered(firm: Firm, person: Person, **changes: str) -> Assessment:
    """A draft in which everything is answered."""
    assessment = started(firm, person)
    instrument = instrument_get("bluebook")
    for code, written in middling(instrument, **changes).items():
        answer_save(
            assessment=assessment, item=instrument.item(code), answer=NewAnswer(written), person=person, now=NOW
        )
    return assessment


def submitted(firm: Firm, person: Person, **changes: str) -> Assessment:
    """A submitted and scored assessment."""
    assessment = assessment_submit(assessment=answered(firm, person, **changes), person=person, now=NOW)
    assessment_score(assessment=assessment, now=NOW)
    return assessment
