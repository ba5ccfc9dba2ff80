"""Consultancies, groups and associations: who acts for them, which firms consented, asking for consent."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from firms.forms import AssociationForm, GrantRequestForm, OrganisationForm, OrganisationInviteForm
from firms.gate import fetch_organisation, organisations_visible
from firms.models import GrantRequest, Invitation, Organisation, OrganisationMember
from firms.selectors.consent import clients, requests_made
from firms.selectors.people import open_invitations, organisation_members
from firms.services.consent import grant_request, request_withdraw
from firms.services.invitations import invitation_create, invitation_revoke
from firms.services.organisations import organisation_found, organisation_member_remove
from firms.views.ways import action, page, person_of, reading, refusals_told, staff_only

Kind = Organisation.Kind


@reading
def organisations(request: HttpRequest) -> HttpResponse:
    mine = organisations_visible(person_of(request))
    return render(request, "firms/organisation_list.html", {"organisations": mine})


@page
def organisation_new(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = organisation_found(person=person_of(request), **form.cleaned_data)
        return redirect("organisation", made.pk)
    return render(request, "firms/organisation_new.html", {"form": form})


@reading
def organisation(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    found = fetch_organisation(person_of(request), Organisation.objects.all(), organisation_id, via="")
    return _organisation_page(request, found, OrganisationInviteForm(), GrantRequestForm(auto_id="ask_%s"))


@action
def invite(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    found = _managed(request, organisation_id)
    form = OrganisationInviteForm(request.POST)
    if not form.is_valid():
        return _organisation_page(request, found, form, GrantRequestForm(auto_id="ask_%s"))
    return _link_page(request, found, form)


@action
def invitation_end(request: HttpRequest, organisation_id: uuid.UUID, invitation_id: uuid.UUID) -> HttpResponse:
    rows = Invitation.objects.filter(organisation=organisation_id)
    invitation = fetch_organisation(person_of(request), rows, invitation_id, manage=True)
    with refusals_told(request, _("The link no longer works.")):
        invitation_revoke(invitation=invitation, person=person_of(request))
    return redirect("organisation", organisation_id)


@action
def member_remove(request: HttpRequest, organisation_id: uuid.UUID, member_id: int) -> HttpResponse:
    rows = OrganisationMember.objects.filter(organisation=organisation_id)
    member = fetch_organisation(person_of(request), rows, member_id, manage=True)
    with refusals_told(request, _("The person no longer acts for the organisation.")):
        organisation_member_remove(member=member, person=person_of(request))
    return redirect("organisation-list")


@action
def ask(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The answer is the same whether or not the firm is here."""
    consultancy = fetch_organisation(
        person_of(request), Organisation.objects.all(), organisation_id, via="", kind=Kind.CONSULTANCY
    )
    form = GrantRequestForm(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return _organisation_page(request, consultancy, OrganisationInviteForm(), form)
    with refusals_told(request, _("If a firm with this code is registered here, its owners will find your request.")):
        grant_request(person=person_of(request), organisation=consultancy, **form.cleaned_data)
    return redirect("organisation", organisation_id)


@action
def ask_end(request: HttpRequest, organisation_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    rows = GrantRequest.objects.filter(organisation=organisation_id)
    asked = fetch_organisation(person_of(request), rows, request_id)
    with refusals_told(request, _("The request is withdrawn.")):
        request_withdraw(request=asked, person=person_of(request))
    return redirect("organisation", organisation_id)


@page
@staff_only
def associations(request: HttpRequest) -> HttpResponse:
    """The platform's staff sets associations up."""
    form = AssociationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation_found(person=person_of(request), kind=Kind.ASSOCIATION, **form.cleaned_data)
        return redirect("platform-associations")
    rows = Organisation.objects.filter(kind=Kind.ASSOCIATION).prefetch_related("members")
    return render(request, "firms/associations.html", {"form": form, "associations": rows})


@action
@staff_only
def association_invite(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """A link for the association's manager."""
    found = Organisation.objects.filter(kind=Kind.ASSOCIATION, pk=organisation_id).first()
    if found is None:
        raise Http404
    form = OrganisationInviteForm({"role": OrganisationMember.Role.MANAGER})
    form.full_clean()
    return _link_page(request, found, form)


def _organisation_page(
    request: HttpRequest, found: Organisation, invite_form: OrganisationInviteForm, ask_form: GrantRequestForm
) -> HttpResponse:
    context = {
        "organisation": found,
        "members": organisation_members(found),
        "clients": clients(found),
        "requests": requests_made(found),
        "invitations": open_invitations(found),
        "manages": organisations_visible(person_of(request), manage=True).filter(pk=found.pk).exists(),
        "invite_form": invite_form,
        "ask_form": ask_form,
    }
    status = 422 if invite_form.is_bound or ask_form.is_bound else 200
    return render(request, "firms/organisation.html", context, status=status)


def _managed(request: HttpRequest, organisation_id: uuid.UUID) -> Organisation:
    return fetch_organisation(person_of(request), Organisation.objects.all(), organisation_id, via="", manage=True)


def _link_page(request: HttpRequest, found: Organisation, form: OrganisationInviteForm) -> HttpResponse:
    token = invitation_create(
        person=person_of(request), kind=Invitation.Kind.ORGANISATION, to=found, terms=form.terms()
    )
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return render(request, "firms/organisation_link.html", {"organisation": found, "link": link})
