"""Releases: the protected figures that dashboards and public pages are drawn from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from firms.models import Person
from reports.api.authentication import AUTHENTICATION
from reports.api.problems import Problem
from scoring.engine.release.released import canonical
from scoring.models import Release
from scoring.releases.selectors import figures_of, public_release_fetch, public_releases, release_fetch

MOST = 200
router = Router()


class ReleaseOut(Schema):
    id: UUID
    label: str
    instrument_code: str
    instrument_version: str
    as_of: datetime
    published_at: datetime
    content_hash: str


def anybody(request: HttpRequest) -> str:
    """Lets in whoever is not signed in: public releases are for everybody."""
    return "anybody"


@router.get("", response={200: list[ReleaseOut]}, auth=None, url_name="releases-public")
def releases(request: HttpRequest) -> list[Release]:
    """The newest public releases."""
    return list(public_releases()[:MOST])


@router.get(
    "/{uuid:release_id}",
    response={200: dict[str, Any], 404: Problem, 422: Problem},
    auth=[*AUTHENTICATION, anybody],
    url_name="release",
)
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The figures, as canonical JSON whose SHA-256 is the content hash; for everybody where the release is public.

    ``tables`` names the cells of each group's ``distributions``; ``evidence.ITEM`` counts firms by what their measured
    data say of the answer. A table that is missing from a group is not shown, and older releases have no such tables.
    """
    found = fetched(request, release_id)
    return HttpResponse(canonical(figures_of(found).to_dict()), content_type="application/json")


def fetched(request: HttpRequest, release_id: UUID) -> Release:
    try:
        return public_release_fetch(release_id)
    except Http404:
        if not isinstance(request.user, Person):
            raise
    return release_fetch(request.user, release_id)
