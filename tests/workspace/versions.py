"""Assessments handed in at any time, and in a later version of the blue book's questionnaire."""

from datetime import datetime

from firms.models import Firm, Person
from scoring.services import assessment_score
from surveys.instruments.model import Instrument
from surveys.library import imported, instrument_get, instrument_text
from surveys.models import Assessment, Snapshot
from tests.filling import NOW, middling

CROSSWALK = '{"1.0.0": {RD-02: adjusted, RD-05: broken}}'


def later_version(crosswalk: str = "{}", *, version: str = "1.1.0") -> Instrument:
    """The same questions once more; only the crosswalk says what has changed."""
    text = instrument_text("bluebook", "1.0.0").replace('version: "1.0.0"', f'version: "{version}"', 1)
    assert f'version: "{version}"' in text
    target = imported() / f"bluebook-{version}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{text}\ncrosswalk: {crosswalk}\n", encoding="utf-8")
    return instrument_get("bluebook", version)


def handed_in(
    firm: Firm, person: Person, at: datetime, instrument: Instrument | None = None, **changes: str
) -> Assessment:
    """Submitted and scored without going through the questionnaire: much the quicker way."""
    instrument = instrument or instrument_get("bluebook", "1.0.0")
    done = Assessment.objects.create(
        firm=firm,
        instrument_code=instrument.code,
        instrument_version=instrument.version,
        instrument_hash=instrument.content_hash,
        status=Assessment.Status.SUBMITTED,
        started_at=NOW,
        submitted_at=at,
        submitted_by=person,
    )
    answers = middling(instrument, **changes)
    Snapshot.objects.create(assessment=done, answers=answers, firm_name=firm.name, content_hash="")
    assessment_score(assessment=done, now=NOW)
    return done
