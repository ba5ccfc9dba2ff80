"""Reads releases. What leaves here is protected; ledger, log and tallies stay with the services."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from firms.gate import fetch_organisation, organisations_visible
from firms.models import Organisation, Person
from scoring.engine.release.layout import SCORE_BINS
from scoring.engine.release.peers import Place, place_among_peers
from scoring.engine.release.released import ProtectedRelease, release_from_dict
from scoring.models import CountedAssessment, Release, ReleasePart
from surveys.models import Assessment, Target

# Figures are megabytes of JSON: they are fetched only where they are not known yet.
RELEASES = Release.objects.select_related("association", "campaign").defer("figures")


def release_fetch(person: Person, release_id: object, *, ready: bool = True, manage: bool = False) -> Release:
    """The release, for the staff of its association, or for the platform's staff if it is of the open pool.

    Http404 for anybody else and any other id; with ``ready`` also while it is not published. ``manage``: managers only.
    """
    rows = RELEASES.filter(state=Release.State.READY) if ready else RELEASES
    if person.is_staff and person.limit is None:
        found = _by_id(rows.filter(association=None), release_id)
        if found is not None:
            return found
    return fetch_organisation(
        person, rows, release_id, via="association", kind=Organisation.Kind.ASSOCIATION, manage=manage
    )


def release_managed(person: Person, release: Release) -> bool:
    """Whether the person may make it public: a manager of its association, or the platform's staff for the pool's."""
    if release.association_id is None:
        return person.is_staff and person.limit is None
    return organisations_visible(person, manage=True).filter(pk=release.association_id).exists()


def public_releases() -> QuerySet[Release]:
    """What everybody may read, newest first."""
    return RELEASES.filter(state=Release.State.READY, is_public=True).defer("figures")


def public_release_fetch(release_id: object) -> Release:
    found = _by_id(RELEASES.filter(state=Release.State.READY, is_public=True), release_id)
    if found is None:
        raise Http404
    return found


def _by_id(rows: QuerySet[Release], release_id: Any) -> Release | None:
    try:
        return rows.filter(pk=release_id).first()
    except (ValidationError, ValueError, TypeError, OverflowError):
        raise Http404 from None


def figures_of(release: Release) -> ProtectedRelease:
    """The protected figures as a value; the same object for the same content, read from the row once a process."""
    known = _known(release.content_hash)
    if not known:
        if release.figures is None:
            raise Http404
        known.append(release_from_dict(release.figures))
    return known[0]


@lru_cache(maxsize=32)
def _known(content_hash: str) -> list[ProtectedRelease]:
    """A place for the figures with this hash: reading them from JSON once is enough for a process."""
    return []


def releases_of(association: Organisation | None) -> QuerySet[Release]:
    """All releases of an association, or of the open pool, newest first, without their figures."""
    return RELEASES.filter(association=association).defer("figures")


def releases_of_series(release: Release) -> list[Release]:
    """The published releases of the same association (or pool) and instrument up to this one, oldest first.

    Where campaigns are released one by one, this is their course from campaign to campaign.
    """
    rows = Release.objects.filter(
        association=release.association_id,
        instrument_code=release.instrument_code,
        state=Release.State.READY,
        number__lte=release.number,
    )
    return list(rows.defer("figures").order_by("number"))


@dataclass(frozen=True)
class Progress:
    """How far the counting is."""

    done: int
    of: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.of if self.of else 0


def release_progress(release: Release) -> Progress:
    ready = Q(state=ReleasePart.State.READY)
    found: dict[str, Any] = release.parts.aggregate(of=Count("pk"), done=Count("pk", filter=ready))
    return Progress(found["done"], found["of"])


def latest_release_for(assessment: Assessment) -> Release | None:
    """The latest published release of the assessment's series."""
    target = Target.objects.select_related("campaign").filter(assessment=assessment).first()
    mine = Q(association=None)
    if target is not None:
        mine = Q(campaign=target.campaign) | Q(campaign=None, association=target.campaign.association_id)
    rows = Release.objects.filter(
        mine,
        instrument_code=assessment.instrument_code,
        instrument_version=assessment.instrument_version,
        state=Release.State.READY,
    )
    return rows.order_by("-number").first()


def peer_place(assessment: Assessment, release: Release | None = None) -> Place | None:
    """Where the firm's index stands among the other firms of the release (the latest of its series).

    None where there is no release, or no index. The firm itself is taken out of its comparison group.
    """
    release = release or latest_release_for(assessment)
    index = assessment.result.index
    if release is None or index is None:
        return None
    snapshot = assessment.snapshot
    profile = {"industry": snapshot.industry, "size": snapshot.size, "region": snapshot.region}
    counted = CountedAssessment.objects.filter(assessment=assessment, since__lte=release.number).exists()
    own_bin = min(int(index // (100 // len(SCORE_BINS))), len(SCORE_BINS) - 1)
    return place_among_peers(figures_of(release), profile, "index", own_bin, counted=counted)
