"""Where analysts download: a release in every format, and the answers of firms that agreed."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from firms.audit import audit_record
from firms.views.ways import download, person_of, reading
from reports.exports.selectors import firms_export, release_export
from reports.exports.writing import CONTENT_TYPES, codebook_csv, write_table
from scoring.models import Release
from scoring.releases.selectors import release_fetch
from surveys.requests import language
from surveys.selectors.campaigns import campaign_fetch, microdata_targets

CODEBOOK = "codebook"


@reading
def release_exports(request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
    release = release_fetch(person_of(request), release_id)
    return render(request, "exports/release.html", {"release": release, "formats": tuple(CONTENT_TYPES)})


@reading
def release_file(request: HttpRequest, release_id: uuid.UUID, format: str) -> HttpResponse:
    return released(release_fetch(person_of(request), release_id), format)


def released(release: Release, format: str) -> HttpResponse:
    """One file of a release, in the language of the page."""
    table = release_export(release, language())
    name = f"{release.instrument_code}-{slugify(release.label)}"
    if format == CODEBOOK:
        return download(codebook_csv(table), name=f"{name}-codebook.csv", content_type=CONTENT_TYPES["csv"])
    if format not in CONTENT_TYPES:
        raise Http404
    return download(write_table(table, format), name=f"{name}.{format}", content_type=CONTENT_TYPES[format])


@reading
def campaign_answers(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """Which firms agreed, and the formats their answers can be taken in."""
    campaign = campaign_fetch(person_of(request), campaign_id)
    if not campaign.asks_microdata:
        raise Http404
    agreed = microdata_targets(campaign).count()
    context = {"campaign": campaign, "agreed": agreed, "formats": tuple(CONTENT_TYPES)}
    return render(request, "exports/answers.html", context)


@reading
def campaign_answers_file(request: HttpRequest, campaign_id: uuid.UUID, format: str) -> HttpResponse:
    person = person_of(request)
    campaign = campaign_fetch(person, campaign_id)
    if not campaign.asks_microdata or format not in CONTENT_TYPES:
        raise Http404
    table = firms_export(campaign, person, language())
    after = {"format": format, "firms": len(table.frame)}
    audit_record(person=person, action="campaign.answers_downloaded", subject=campaign, after=after)
    name = f"answers-{campaign.opens_on.isoformat()}.{format}"
    return download(write_table(table, format), name=name, content_type=CONTENT_TYPES[format])
