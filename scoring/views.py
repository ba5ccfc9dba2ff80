"""The pages on which releases are ordered, followed and made public."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from firms.gate import fetch_organisation
from firms.models import Organisation
from firms.views.ways import page, person_of, reading, staff_only
from scoring.engine.release.thresholds import NothingPublished
from scoring.forms import ReleaseForm
from scoring.models import Release
from scoring.queue import release_send
from scoring.releases.selectors import release_fetch, release_managed, release_progress, releases_of
from scoring.releases.services import ReleaseRefused, release_make_public, release_request, thresholds
from surveys.library import instrument_get


@page
def association_releases(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    association = fetch_organisation(
        person_of(request), Organisation.objects.all(), organisation_id, via="", kind=Organisation.Kind.ASSOCIATION
    )
    return _ordering(request, association)


@page
@staff_only
def pool_releases(request: HttpRequest) -> HttpResponse:
    """The open pool belongs to nobody, so the platform's staff release it."""
    return _ordering(request, None)


def _ordering(request: HttpRequest, association: Organisation | None) -> HttpResponse:
    form = ReleaseForm(request.POST or None, association=association, language=get_language() or "zh-hans")
    if request.method == "POST" and form.is_valid():
        ordered = _order(request, form, association)
        if ordered is not None:
            return redirect("release-progress", ordered.pk)
    refusal = threshold_refusal()
    context = {"association": association, "releases": releases_of(association), "form": form, "refusal": refusal}
    return render(request, "releases/list.html", context)


def _order(request: HttpRequest, form: ReleaseForm, association: Organisation | None) -> Release | None:
    try:
        release = release_request(
            association=association,
            campaign=form.campaign,
            instrument=instrument_get(form.instrument_code, form.instrument_version),
            label=form.cleaned_data["label"],
            person=person_of(request),
            now=timezone.now(),
        )
    except ReleaseRefused as refusal:
        form.add_error(None, str(refusal))
    except NothingPublished:
        form.add_error(None, threshold_refusal() or "")
    else:
        release_send(release)
        return release
    return None


def threshold_refusal() -> str | None:
    """What keeps the site from publishing anything; None where the settings are as they must be."""
    try:
        thresholds()
    except NothingPublished:
        return _(
            "Nothing is published: the settings RELEASE_SHARE_THRESHOLD (at least 5) and "
            "RELEASE_DISTRIBUTION_THRESHOLD (at least 10) are missing or too low. Tell the operator of the site."
        )
    return None


@reading
def progress(request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
    release = release_fetch(person_of(request), release_id, ready=False)
    context = {
        "release": release,
        "progress": release_progress(release),
        "manages": release_managed(person_of(request), release),
    }
    return render(request, "releases/progress.html", context)


@page
def make_public(request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
    """Asks once more: what was public once cannot be taken back."""
    release = release_fetch(person_of(request), release_id, manage=True)
    if release.is_public:
        raise Http404
    if request.method == "POST":
        release_make_public(release=release, person=person_of(request))
        messages.success(request, _("The release is public."))
        return redirect("release-progress", release.pk)
    return render(request, "releases/make_public.html", {"release": release})
