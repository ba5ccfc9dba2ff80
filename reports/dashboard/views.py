"""The dashboard of a release and its downloads. Each view: gate, selection, page."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firms.views.ways import download, person_of, reading
from reports.builders.language import Language
from reports.builders.release.view import View, dashboard
from reports.builders.wording import all_phrases
from reports.dashboard.assembly import material_of
from reports.dashboard.files import BLOCK_FILES, CONTENT_TYPES, VIEW_FILES
from reports.dashboard.forms import GroupForm
from reports.dashboard.pages import shown_sections
from scoring.models import Release
from scoring.releases.selectors import release_fetch
from surveys.requests import language as page_language

FILTER = ("size", "industry", "region", "practice")


def told_in() -> Language:
    return "en" if page_language().startswith("en") else "zh-hans"


def asked(request: HttpRequest) -> dict[str, str]:
    """What the filter names, and nothing else of the address."""
    return {name: request.GET[name] for name in FILTER if request.GET.get(name)}


@reading
def release_dashboard(request: HttpRequest, release_id: UUID) -> HttpResponse:
    release = release_fetch(person_of(request), release_id)
    material = material_of(release, told_in(), asked(request))
    view = dashboard(material)
    context = {
        "release": release,
        "view": view,
        "sections": shown_sections(view, material.language),
        "words": all_phrases(material.language),
        "form": GroupForm(material=material),
        "charts": reverse("release-dashboard", args=[release.pk]) + "charts/",
        "files": reverse("release-dashboard", args=[release.pk]) + "view.",
        "query": "?" + urlencode(asked(request)) if asked(request) else "",
    }
    return render(request, "dashboard/release.html", context)


@reading
def release_chart(request: HttpRequest, release_id: UUID, name: str, form: str) -> HttpResponse:
    """One block as SVG, PNG or CSV, for the same group as the page."""
    release = release_fetch(person_of(request), release_id)
    return chart_file(release, dashboard(material_of(release, told_in(), asked(request))), name, form)


@reading
def release_view(request: HttpRequest, release_id: UUID, form: str) -> HttpResponse:
    """The whole view as PDF, XLSX or CSV, for the same group as the page."""
    release = release_fetch(person_of(request), release_id)
    return view_file(release, dashboard(material_of(release, told_in(), asked(request))), form)


def chart_file(release: Release, view: View, name: str, form: str) -> HttpResponse:
    """Http404 for a block or a form that there is not, a hidden group included."""
    block, make = view.block(name), BLOCK_FILES.get(form)
    body = None if block is None or make is None else make(block, told_in())
    if body is None:
        raise Http404
    return download(body, name=f"{filename(release)}-{name}.{form}", content_type=CONTENT_TYPES[form])


def view_file(release: Release, view: View, form: str) -> HttpResponse:
    make = VIEW_FILES.get(form)
    if make is None:
        raise Http404
    return download(make(view, told_in()), name=f"{filename(release)}.{form}", content_type=CONTENT_TYPES[form])


def filename(release: Release) -> str:
    """Of letters, digits and hyphens, whatever the label holds."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in release.label)
    return f"{release.instrument_code}-{kept}"
