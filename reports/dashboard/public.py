"""Public benchmark pages: open data of releases that were made public, for everybody."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition, require_safe

from reports.builders.formatting import date_text
from reports.builders.release.view import View, public_page
from reports.builders.wording import all_phrases
from reports.dashboard.assembly import day, material_of, owner_of
from reports.dashboard.pages import shown_sections
from reports.dashboard.views import chart_file, filename, told_in, view_file
from scoring.engine.release.released import canonical
from scoring.models import Release
from scoring.releases.selectors import figures_of, public_release_fetch, public_releases

# Counted up when what the page says of the same figures changes.
EDITION = "1"


def etag(request: HttpRequest, release_id: UUID, **_kwargs: object) -> str:
    """The same figures in the same language for the same reader are the same page."""
    release = public_release_fetch(release_id)
    return f'"{release.content_hash}-{told_in()}-{EDITION}-{request.user.pk or 0}"'


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """May be kept, but is asked for again each time, which costs nothing where it has not changed."""

    @require_safe
    @condition(etag_func=etag)
    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # The page of somebody who is signed in has their name in its head.
        response.headers["Cache-Control"] = "private, no-cache" if request.user.is_authenticated else "no-cache"
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response

    return answered


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    words = all_phrases(told_in())
    rows = [
        {"release": one, "owner": owner_of(one) or words["rel_of_pool"], "date": date_text(day(one), told_in())}
        for one in public_releases()[:200]
    ]
    return render(request, "dashboard/public_list.html", {"rows": rows, "words": words})


@kept
def release_page(request: HttpRequest, release_id: UUID) -> HttpResponse:
    release = public_release_fetch(release_id)
    material = material_of(release, told_in())
    view = public_page(material)
    address = reverse("public-release", args=[release.pk])
    context = {
        "release": release,
        "view": view,
        "sections": shown_sections(view, material.language),
        "words": all_phrases(material.language),
        "citation": material.say(
            "rel_citation",
            owner=owner_of(release) or material.say("rel_of_pool"),
            label=release.label,
            date=date_text(day(release), material.language),
            hash=release.content_hash[:16],
        ),
        "address": request.build_absolute_uri(address),
        "charts": f"{address}charts/",
        "files": f"{address}view.",
        "query": "",
    }
    return render(request, "dashboard/public.html", context)


@kept
def release_chart(request: HttpRequest, release_id: UUID, name: str, form: str) -> HttpResponse:
    release = public_release_fetch(release_id)
    return chart_file(release, page_of(release), name, form)


@kept
def release_view(request: HttpRequest, release_id: UUID, form: str) -> HttpResponse:
    release = public_release_fetch(release_id)
    return view_file(release, page_of(release), form)


@kept
def release_data(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The figures as canonical JSON: its SHA-256 is the content hash."""
    release = public_release_fetch(release_id)
    body = canonical(figures_of(release).to_dict())
    name = f'attachment; filename="{filename(release)}.json"'
    return HttpResponse(body, content_type="application/json", headers={"Content-Disposition": name})


def page_of(release: Release) -> View:
    return public_page(material_of(release, told_in()))
