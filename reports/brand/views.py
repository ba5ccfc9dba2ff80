"""The page on which people give their reports a look of their own. Each of its addresses exists twice: for the look
of a person, and for that of an organisation which the person manages.
"""

import uuid
from base64 import b64encode

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.gate import fetch_organisation
from firms.models import Organisation
from firms.views.ways import action, page, person_of
from reports.brand.forms import LookForm
from reports.brand.preview import preview_pages
from reports.brand.selectors import TEXTS, Owner, brand_of, look_of
from reports.brand.services import brand_remove, brand_save
from reports.builders.brand import Look
from reports.models.brand import LONGEST
from reports.selectors import told_in
from surveys.requests import language

MOST_PREVIEWS, WINDOW_SECONDS = 120, 600


@page
def look(request: HttpRequest, organisation_id: uuid.UUID | None = None) -> HttpResponse:
    owner = owner_of(request, organisation_id)
    now = look_now(owner)
    form = _form(request, now)
    if not form.is_bound:
        return _page(request, owner, form, shown=now)
    if not form.is_valid():
        return _page(request, owner, form, shown=None)
    brand_save(owner=owner, look=form.look(now), person=person_of(request), now=timezone.now())
    messages.success(request, _("Saved. Reports that you order from now on look like this."))
    return redirect(address(owner, "brand"))


@action
def preview(request: HttpRequest, organisation_id: uuid.UUID | None = None) -> HttpResponse:
    """The same page with what was typed in; nothing is stored."""
    owner = owner_of(request, organisation_id)
    now = look_now(owner)
    form = _form(request, now)
    return _page(request, owner, form, shown=form.look(now) if form.is_valid() else None)


@action
def remove(request: HttpRequest, organisation_id: uuid.UUID | None = None) -> HttpResponse:
    owner = owner_of(request, organisation_id)
    if brand_remove(owner=owner, person=person_of(request), now=timezone.now()):
        messages.success(request, _("Reports that you order from now on have the look of this site."))
    return redirect(address(owner, "brand"))


def owner_of(request: HttpRequest, organisation_id: uuid.UUID | None) -> Owner:
    """The person, or an organisation that the person manages; Http404 for any other."""
    if organisation_id is None:
        return Owner(person=person_of(request))
    found = fetch_organisation(person_of(request), Organisation.objects.all(), organisation_id, via="", manage=True)
    return Owner(organisation=found)


def look_now(owner: Owner) -> Look:
    """The look in use, or what a newcomer begins from: the owner's name."""
    found = brand_of(owner)
    return look_of(found) if found else Look(name=owner.name[: LONGEST["name"]])


def address(owner: Owner, name: str) -> str:
    """The address of that name for the look of a person, or its twin for that of an organisation."""
    return reverse(f"organisation-{name}", args=[owner.organisation.pk]) if owner.organisation else reverse(name)


def _form(request: HttpRequest, now: Look) -> LookForm:
    if request.method == "POST":
        return LookForm(request.POST, request.FILES, has_logo=now.logo is not None)
    return LookForm(initial={name: getattr(now, name) for name in TEXTS}, has_logo=now.logo is not None)


def _page(request: HttpRequest, owner: Owner, form: LookForm, *, shown: Look | None) -> HttpResponse:
    """``shown`` is the look of the preview; None where what was typed in has a fault."""
    too_many = shown is not None and not may_preview(request)
    pages = () if shown is None or too_many else preview_pages(shown, told_in(language()), today=timezone.localdate())
    context = {
        "organisation": owner.organisation,
        "in_use": brand_of(owner) is not None,
        "form": form,
        "pages": [b64encode(one).decode() for one in pages],
        "too_many": too_many,
        "save_at": address(owner, "brand"),
        "preview_at": address(owner, "brand-preview"),
        "remove_at": address(owner, "brand-remove"),
    }
    return render(request, "brand/look.html", context, status=422 if form.is_bound and form.errors else 200)


def may_preview(request: HttpRequest) -> bool:
    """Each preview costs as much as a page of a report."""
    key = f"look-preview:{person_of(request).pk}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) <= MOST_PREVIEWS
    except ValueError:
        # It ran out between the two lines.
        return True
