"""Where analysts download: a release in every format, and the answers of firms that agreed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.views.ways import download, person_of, reading
from reports.builders.exports.table import Table
from reports.exports.selectors import answers_export, firms_export, release_export
from reports.exports.writing import CONTENT_TYPES, as_csv, codebook_csv, write_table
from reports.selectors import told_in
from scoring.models import Release
from scoring.releases.selectors import release_fetch
from surveys.requests import language
from surveys.selectors.campaigns import campaign_fetch, microdata_targets

CODEBOOK, SCORE = "codebook", "score"
# More rows take longer to write as a workbook than anybody waits for a page.
WORKBOOK_ROWS = 300_000


@reading
def release_exports(request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
    release = release_fetch(person_of(request), release_id)
    return render(request, "exports/release.html", {"release": release, "formats": tuple(CONTENT_TYPES)})


@reading
def release_file(request: HttpRequest, release_id: uuid.UUID, format: str) -> HttpResponse:
    release = release_fetch(person_of(request), release_id)
    if format not in {*CONTENT_TYPES, CODEBOOK}:
        raise Http404
    table = release_export(release, told_in(language()))
    if format == "xlsx" and len(table.frame) > WORKBOOK_ROWS:
        messages.error(request, _("The release has too many figures for Excel. Take CSV, Parquet or SPSS."))
        return redirect("release-exports", release.pk)
    return released(release, table, format)


def released(release: Release, table: Table, format: str) -> HttpResponse:
    """One file of a release."""
    name = f"{release.instrument_code}-{slugify(release.label)}"
    if format == CODEBOOK:
        return download(codebook_csv(table), name=f"{name}-codebook.csv", content_type=CONTENT_TYPES["csv"])
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
    if not campaign.asks_microdata or format not in {*CONTENT_TYPES, SCORE}:
        raise Http404
    if format == SCORE:
        table = answers_export(campaign, person)
        data, kind, name = as_csv(table), "csv", f"score-{campaign.opens_on.isoformat()}.csv"
    else:
        table = firms_export(campaign, person, told_in(language()))
        data, kind, name = write_table(table, format), format, f"answers-{campaign.opens_on.isoformat()}.{format}"
    after = {"format": format, "firms": len(table.frame)}
    audit_record(person=person, action="campaign.answers_downloaded", subject=campaign, after=after)
    return download(data, name=name, content_type=CONTENT_TYPES[kind])
