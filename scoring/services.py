"""Scores submitted assessments."""

from datetime import datetime

from scoring.engine import ENGINE_VERSION
from scoring.engine.one_firm import figures_of_one
from scoring.evidence.services import measured_freeze
from scoring.library import benchmark_for
from scoring.models import Result
from surveys.models import Assessment
from surveys.selectors import answer_table, assessment_instrument


def assessment_score(*, assessment: Assessment, now: datetime) -> Result:
    """The result of a submitted assessment; scoring it again gives the row that is there.

    The verdicts of measured data are written down with it.
    """
    existing = Result.objects.filter(assessment=assessment).first()
    if existing is not None:
        return existing
    measured_freeze(assessment=assessment)
    instrument = assessment_instrument(assessment)
    benchmark = benchmark_for(instrument.code)
    snapshot = assessment.snapshot
    figures = figures_of_one(
        instrument,
        benchmark.indicators if benchmark else (),
        answer_table(instrument, snapshot.answers),
        snapshot.size or None,
    )
    return Result.objects.create(
        assessment=assessment,
        engine_version=ENGINE_VERSION,
        benchmark_code=benchmark.code if benchmark else "",
        benchmark_version=benchmark.version if benchmark else "",
        benchmark_hash=benchmark.content_hash if benchmark else "",
        index=figures["index"],
        level=figures["level"] or "",
        figures=figures,
        scored_at=now,
    )
