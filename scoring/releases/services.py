"""Everything that can happen to a release: requested, counted part by part, protected and published, made public.

The rows are the truth. A part and the last step are each claimed by a conditional update and done under a lease;
whoever lost its lease writes nothing. How the assessments were cut and by whom they were counted changes no digit.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.later import later
from firms.models import Organisation, Person
from firms.refusal import RefusalError
from scoring.engine.evidence.subjects import evidenced_items
from scoring.engine.published import Indicator
from scoring.engine.release.groups import STANDARD
from scoring.engine.release.layout import Layout, layout_for
from scoring.engine.release.ledger import Ledger, ledger_from_dict
from scoring.engine.release.noise import NoiseTable, table_from
from scoring.engine.release.protection import Protection, ReleaseName, protect
from scoring.engine.release.tallies import Tallies, TalliesDiffer, empty, merge_all
from scoring.engine.release.tallying import tally
from scoring.engine.release.thresholds import NothingPublished, Thresholds, thresholds_from
from scoring.evidence.selectors import evidence_verdicts
from scoring.library import benchmark_for, benchmark_get
from scoring.models import CountedAssessment, Release, ReleasePart, ReleaseSecret
from scoring.releases.packing import packed, unpacked
from scoring.releases.rows import lines_of, rows_of
from scoring.releases.series import assessments_of, belonging, earlier_releases
from surveys.instruments.model import Instrument
from surveys.library import instrument_get
from surveys.models import Assessment, Campaign

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")

NOISE = Path(__file__).parents[1] / "data" / "noise" / "firms-5.csv"
LEASE = timedelta(minutes=10)
PART_ATTEMPTS = 3
# A transaction that began just before may still be writing what it says was submitted just before.
SETTLED_AFTER = timedelta(minutes=1)
OPEN_STATES = (Release.State.QUEUED, Release.State.TALLYING, Release.State.PROTECTING)


class ReleaseRefused(RefusalError):
    """The release cannot be made so."""


class ReleaseInWork(ReleaseRefused):
    """The association, or the pool, has a release that is still being made."""

    def __init__(self) -> None:
        super().__init__(_("A release of this series is still being made. Wait until it is ready."))


@dataclass(frozen=True)
class Made:
    """What a release is made with, the very versions that its row names."""

    instrument: Instrument
    indicators: tuple[Indicator, ...]
    layout: Layout


def thresholds() -> Thresholds:
    """As the settings say. NothingPublished where one is missing or lower than it may be."""
    return thresholds_from(settings.RELEASE_SHARE_THRESHOLD, settings.RELEASE_DISTRIBUTION_THRESHOLD)


def noise_table() -> NoiseTable:
    return table_from([tuple(row) for row in pd.read_csv(NOISE)[["pcv", "ckey", "pvalue"]].to_numpy().tolist()])


def release_request(
    *,
    association: Organisation | None,
    instrument: Instrument,
    label: str,
    person: Person | None,
    now: datetime,
    campaign: Campaign | None = None,
    as_of: datetime | None = None,
) -> Release:
    """A new release in the queue, cut into parts. The caller sends its parts to the queue on commit.

    ReleaseRefused if one is not finished, the label is taken, or it would count assessments that were counted in
    another series; NothingPublished where a threshold is missing or lowered.
    """
    thresholds()
    benchmark = benchmark_for(instrument.code)
    series = Release.objects.filter(association=association, instrument_code=instrument.code)
    try:
        with transaction.atomic():
            require_orderable(series, campaign, label)
            last = series.aggregate(last=Max("number"))["last"]
            release = Release.objects.create(
                association=association,
                campaign=campaign,
                instrument_code=instrument.code,
                instrument_version=instrument.version,
                instrument_hash=instrument.content_hash,
                benchmark_code=benchmark.code if benchmark else "",
                benchmark_version=benchmark.version if benchmark else "",
                label=label,
                number=0 if last is None else last + 1,
                as_of=as_of or now - SETTLED_AFTER,
                requested_by=person,
                requested_at=now,
            )
            ReleasePart.objects.bulk_create(parts_of(release))
    except IntegrityError as error:
        # Somebody else asked for the same number at the same moment.
        raise ReleaseInWork from error
    audit_record(person=person, action="release.requested", subject=release, after={"label": label})
    return release


def require_orderable(series: QuerySet[Release], campaign: Campaign | None, label: str) -> None:
    """ReleaseRefused where the earlier releases of this association and instrument do not let another be made."""
    if series.filter(state__in=OPEN_STATES).exists():
        raise ReleaseInWork
    published = series.filter(state=Release.State.READY)
    if published.filter(label=label).exists():
        raise ReleaseRefused(_("There is a release %(label)s already. Choose another name.") % {"label": label})
    if published.filter(campaign__isnull=campaign is not None).exists():
        # A campaign's groups are parts of the groups of all campaigns: the difference might be one firm.
        raise ReleaseRefused(
            _(
                "Releases of single campaigns and of all campaigns together would give firms away when they are "
                "compared. Go on as in the first release of this questionnaire."
            )
        )


def parts_of(release: Release) -> list[ReleasePart]:
    """The assessments cut into runs of ids; one empty part where there is none, so that somebody publishes."""
    ids = list(assessments_of(release).values_list("pk", flat=True).iterator(chunk_size=10_000))
    size = settings.RELEASE_PART_FIRMS
    runs = [ids[start : start + size] for start in range(0, len(ids), size)] or [[uuid.UUID(int=0)]]
    return [
        ReleasePart(release=release, number=number, first_id=run[0], last_id=run[-1]) for number, run in enumerate(runs)
    ]


def made_with(release: Release) -> Made:
    instrument = instrument_get(release.instrument_code, release.instrument_version)
    benchmark = benchmark_get(release.benchmark_code, release.benchmark_version) if release.benchmark_code else None
    indicators = benchmark.indicators if benchmark else ()
    return Made(instrument, indicators, layout_for(instrument, indicators, evidenced_items(instrument)))


def part_claim(*, part_id: int, now: datetime, claim: uuid.UUID | None = None) -> ReleasePart | None:
    """Takes the part for this worker; None if it is done, leased to another, or its release is no longer being made.

    ``claim`` names the message that asks for it. A message that comes a second time was lost with its worker, so that
    what was claimed for it is free again, lease or not.
    """
    claim = claim or uuid.uuid4()
    lost = Q(state=ReleasePart.State.BUILDING) & (Q(lease_until__lt=now) | Q(claim=claim))
    free = Q(state=ReleasePart.State.QUEUED) | lost
    taken = ReleasePart.objects.filter(
        free, pk=part_id, attempts__lt=PART_ATTEMPTS, release__in=Release.objects.filter(state__in=OPEN_STATES)
    ).update(state=ReleasePart.State.BUILDING, claim=claim, lease_until=now + LEASE, attempts=F("attempts") + 1)
    return ReleasePart.objects.select_related("release").get(pk=part_id, claim=claim) if taken else None


def part_count(*, part_id: int, claim: uuid.UUID | None = None, clock: Callable[[], datetime] = timezone.now) -> None:
    """Counts one part, and publishes the release if it was the last. Doing it twice is harmless."""
    part = part_claim(part_id=part_id, now=clock(), claim=claim)
    if part is not None:
        Release.objects.filter(pk=part.release_id, state=Release.State.QUEUED).update(state=Release.State.TALLYING)
        try:
            tallies = packed(tallies_of(part))
        except Exception as error:
            part_fail(part=part, error=error)
            raise
        ReleasePart.objects.filter(pk=part.pk, claim=part.claim).update(
            state=ReleasePart.State.READY, tallies=tallies, lease_until=None
        )
    release_id = ReleasePart.objects.values_list("release_id", flat=True).filter(pk=part_id).first()
    if release_id is not None:
        release_finish(release_id=release_id, clock=clock)


def part_fail(*, part: ReleasePart, error: Exception) -> None:
    """Back into the queue, or, after the last attempt, the release has failed with this error."""
    mine = ReleasePart.objects.filter(pk=part.pk, claim=part.claim)
    if mine.update(state=ReleasePart.State.QUEUED, lease_until=None) and part.attempts >= PART_ATTEMPTS:
        told = f"{type(error).__name__}: {error}"[:500]
        Release.objects.filter(pk=part.release_id, state__in=OPEN_STATES).update(state=Release.State.FAILED, error=told)


def tallies_of(part: ReleasePart) -> Tallies:
    release, made = part.release, made_with(part.release)
    mine = assessments_of(release).filter(pk__gte=part.first_id, pk__lte=part.last_id)
    lines = lines_of(made.instrument, mine, release.as_of)
    if not lines:
        return empty(made.layout, STANDARD.dimensions)
    verdicts = evidence_verdicts(mine.order_by().values_list("pk", flat=True))
    secret = settings.RELEASE_SECRET.encode()
    rows = rows_of(made.instrument, made.indicators, lines, verdicts, secret=secret, number=release.number)
    return tally(made.layout, made.instrument, STANDARD.dimensions, rows)


def release_finish(*, release_id: uuid.UUID, clock: Callable[[], datetime] = timezone.now) -> None:
    """Protects and publishes a release whose parts are all counted; does nothing while one is not."""
    release = release_claim(release_id=release_id, now=clock())
    if release is None:
        return
    try:
        protection = protected(release)
    except (NothingPublished, TalliesDiffer) as error:
        release_fail(release=release, error=str(error))
        return
    except Exception as error:
        release_fail(release=release, error=f"{type(error).__name__}: {error}")
        raise
    publish(release, protection, clock())


def release_claim(*, release_id: uuid.UUID, now: datetime) -> Release | None:
    """Takes the last step for this worker."""
    claim = uuid.uuid4()
    counted = ~Q(parts__state__in=[ReleasePart.State.QUEUED, ReleasePart.State.BUILDING])
    free = Q(state__in=[Release.State.QUEUED, Release.State.TALLYING]) | Q(
        state=Release.State.PROTECTING, lease_until__lt=now
    )
    taken = Release.objects.filter(free, counted, pk=release_id).update(
        state=Release.State.PROTECTING, claim=claim, lease_until=now + LEASE
    )
    return Release.objects.filter(pk=release_id, claim=claim).first() if taken else None


def protected(release: Release) -> Protection:
    """The protected figures, with what the release before made public taken into account."""
    made = made_with(release)
    parts = release.parts.order_by("number").values_list("tallies", flat=True)
    tallies = merge_all(unpacked(bytes(data), made.layout, STANDARD.dimensions) for data in parts if data is not None)
    name = ReleaseName(release.label, release.number)
    return protect(tallies, STANDARD, thresholds(), noise_table(), name, previous_ledger(release))


def previous_ledger(release: Release) -> Ledger | None:
    previous = earlier_releases(release).select_related("secret").first()
    return None if previous is None else ledger_from_dict(previous.secret.ledger)


def publish(release: Release, protection: Protection, now: datetime) -> None:
    """All of it or nothing: figures, secret, and which assessments were counted."""
    # Written out before the transaction: it takes longer than all the rest, and others may have to wait for the lock.
    fields = {
        "state": Release.State.READY,
        "figures": protection.release.to_dict(),
        "content_hash": protection.release.content_hash,
        "published_at": now,
        "lease_until": None,
        "error": "",
    }
    ledger = protection.ledger.to_dict()
    log = [{"group": one.group, "reason": one.reason} for one in protection.log]
    with transaction.atomic():
        mine = Release.objects.filter(pk=release.pk, claim=release.claim, state=Release.State.PROTECTING)
        if mine.update(**fields):
            ReleaseSecret.objects.create(release=release, ledger=ledger, log=log)
            counted_write(release)
            release.parts.update(tallies=None)
            audit_record(person=None, action="release.published", subject=release, after={"label": release.label})


def counted_write(release: Release) -> None:
    """Who is counted stays so since its first time; who is not counted now begins anew if it ever comes back."""
    now_counted = assessments_of(release)
    mine = CountedAssessment.objects.filter(assessment__in=Assessment.objects.filter(belonging(release)))
    mine.exclude(assessment__in=now_counted.order_by()).delete()
    fresh = now_counted.filter(counted=None).order_by().values_list("pk")
    sql, parameters = fresh.query.sql_with_params()
    table = connection.ops.quote_name(CountedAssessment._meta.db_table)
    with connection.cursor() as cursor:
        # Rows by the million: the database copies them itself.
        cursor.execute(
            f"INSERT INTO {table} (assessment_id, since) SELECT picked.*, %s FROM ({sql}) AS picked",  # noqa: S608
            [release.number, *parameters],
        )


def release_fail(*, release: Release, error: str) -> None:
    Release.objects.filter(pk=release.pk, claim=release.claim).update(
        state=Release.State.FAILED, error=error[:500], lease_until=None
    )


def parts_overdue(*, now: datetime) -> list[int]:
    """Parts to send to the queue again: never claimed, or left by a worker that is gone. Gives up after some times."""
    stale = Q(state=ReleasePart.State.BUILDING, lease_until__lt=now)
    lost = ReleasePart.objects.filter(stale, attempts__gte=PART_ATTEMPTS, release__state__in=OPEN_STATES)
    Release.objects.filter(pk__in=lost.values("release")).update(
        state=Release.State.FAILED, error="The worker was lost each time."
    )
    waiting = Q(state=ReleasePart.State.QUEUED, release__requested_at__lt=now - timedelta(seconds=30))
    parts = ReleasePart.objects.filter(stale | waiting, release__state__in=OPEN_STATES)
    return list(parts.order_by("release", "number").values_list("pk", flat=True)[:500])


def releases_overdue(*, now: datetime) -> list[uuid.UUID]:
    """Releases whose parts are all counted and whose last step nobody is at."""
    idle = Q(state__in=[Release.State.QUEUED, Release.State.TALLYING]) | Q(
        state=Release.State.PROTECTING, lease_until__lt=now
    )
    uncounted = Q(parts__state__in=[ReleasePart.State.QUEUED, ReleasePart.State.BUILDING])
    return list(Release.objects.filter(idle).exclude(uncounted).values_list("pk", flat=True))


def release_make_public(*, release: Release, person: Person) -> None:
    """Everybody may read it from now on. It cannot be taken back: what was public once is known."""
    if Release.objects.filter(pk=release.pk, state=Release.State.READY, is_public=False).update(is_public=True):
        audit_record(person=person, action="release.made_public", subject=release)
