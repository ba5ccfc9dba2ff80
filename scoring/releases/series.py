"""Which assessments a release counts.

A series is what may be compared release by release: of the open pool, of all campaigns of an association, or of a
single campaign, each with one instrument. An assessment counts in exactly one: an association releases its campaigns
either one by one or all together, never both. So the groups of two series share no assessment, and comparing them
discloses nothing of a single firm. Within a series the ledger sees to that.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from firms.models import PoolConsent
from scoring.models import Release
from surveys.models import Assessment
from surveys.selectors.campaigns import in_time


def assessments_of(release: Release) -> QuerySet[Assessment]:
    """What the release counts: of each firm that is in the pool, the latest assessment submitted by then.

    Everything is taken as it stood at ``release.as_of``, so that asking again later gives the same rows.
    """
    listed = in_series(release)
    later = Q(submitted_at__gt=OuterRef("submitted_at")) | Q(
        submitted_at=OuterRef("submitted_at"), pk__gt=OuterRef("pk")
    )
    newer = listed.filter(later, firm=OuterRef("firm"))
    return listed.filter(Exists(consents(release.as_of)), ~Exists(newer)).order_by("pk")


def in_series(release: Release) -> QuerySet[Assessment]:
    """Every submitted assessment of the series, or of the one campaign, up to the date."""
    found = Assessment.objects.filter(
        belonging(release),
        status=Assessment.Status.SUBMITTED,
        instrument_version=release.instrument_version,
        submitted_at__lte=release.as_of,
    )
    return found if release.association_id is None else found.filter(in_time(campaign="target__campaign__"))


def belonging(release: Release) -> Q:
    """The assessments of the release's series, whatever became of them."""
    if release.campaign_id:
        mine = Q(target__campaign=release.campaign_id)
    elif release.association_id:
        mine = Q(target__campaign__association=release.association_id)
    else:
        mine = Q(target__isnull=True)
    return mine & Q(instrument_code=release.instrument_code)


def consents(as_of: datetime) -> QuerySet[PoolConsent]:
    """The firm's consent to be counted, in force at that time."""
    in_force = Q(withdrawn_at=None) | Q(withdrawn_at__gt=as_of)
    return PoolConsent.objects.filter(in_force, firm=OuterRef("firm"), given_at__lte=as_of)


def earlier_releases(release: Release) -> QuerySet[Release]:
    """The published releases of the same series before this one, the last first."""
    return Release.objects.filter(
        association=release.association_id,
        campaign=release.campaign_id,
        instrument_code=release.instrument_code,
        state=Release.State.READY,
        number__lt=release.number,
    ).order_by("-number")
