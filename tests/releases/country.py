"""A small country in the database, and a release of it made in this process."""

from datetime import datetime, timedelta
from itertools import cycle, product

from django.utils import timezone

from firms.models import Organisation
from reports.population import Written, population_create
from scoring.models import MeasuredEvidence, Release
from scoring.releases.services import part_count, release_request
from surveys.library import instrument_get
from surveys.models import Assessment


def peopled(firms: int = 150, seed: int = 5, **options: float) -> Written:
    return population_create(firms=firms, seed=seed, instrument=instrument_get("bluebook"), **options)


def evidenced(items: tuple[str, ...] = ("PR-02", "DG-01")) -> None:
    """Every second firm has data behind these answers, with verdicts in turn as a submission writes them down."""
    assessments = list(Assessment.objects.order_by("pk").values_list("pk", flat=True)[::2])
    verdicts = cycle(MeasuredEvidence.Verdict.values)
    rows = [
        MeasuredEvidence(
            assessment_id=assessment,
            item=item,
            method=MeasuredEvidence.Method.STUDY,
            mapping={},
            summary={},
            verdict=next(verdicts),
            computed_at=timezone.now(),
        )
        for assessment, item in product(assessments, items)
    ]
    MeasuredEvidence.objects.bulk_create(rows)


def ordered(association: Organisation | None = None, label: str = "2026-11", **options: object) -> Release:
    """In the queue, and not yet counted."""
    now = timezone.now()
    return release_request(
        association=association,
        instrument=instrument_get("bluebook"),
        label=label,
        person=None,
        now=now,
        as_of=now + timedelta(seconds=1),
        **options,
    )


def made(association: Organisation | None = None, label: str = "2026-11", **options: object) -> Release:
    """Published."""
    release = ordered(association, label, **options)
    for part_id in release.parts.values_list("pk", flat=True):
        part_count(part_id=part_id)
    release.refresh_from_db()
    return release


def later(minutes: int) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)
