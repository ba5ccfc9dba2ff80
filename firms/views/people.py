"""Who works in the firm: members, roles, invitation links, handing over, merging."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from firms.forms import ColleagueForm, RoleForm
from firms.gate import Right, fetch
from firms.models import Firm, Invitation, Membership
from firms.selectors.people import members, open_invitations
from firms.services.invitations import invitation_create, invitation_revoke
from firms.services.members import firm_hand_over, member_remove, member_role_change
from firms.views.firms import managed_firm
from firms.views.ways import action, area, page, person_of, reading, refusals_told


@reading
def people(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    return _people_page(request, managed_firm(request, firm_id), ColleagueForm())


@action
def invite(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    firm = managed_firm(request, firm_id)
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        return _people_page(request, firm, form)
    token = invitation_create(person=person_of(request), kind=Invitation.Kind.COLLEAGUE, to=firm, terms=form.terms())
    return link_page(request, firm, "people", token)


@action
def invitation_end(request: HttpRequest, firm_id: uuid.UUID, invitation_id: uuid.UUID) -> HttpResponse:
    rows = Invitation.objects.filter(firm=firm_id)
    invitation = fetch(person_of(request), rows, invitation_id, Right.MANAGE)
    with refusals_told(request, _("The link no longer works.")):
        invitation_revoke(invitation=invitation, person=person_of(request))
    return redirect("firm-access" if invitation.kind == Invitation.Kind.OUTSIDER else "firm-people", firm_id)


@action
def role(request: HttpRequest, firm_id: uuid.UUID, member_id: int) -> HttpResponse:
    membership = _member(request, firm_id, member_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        with refusals_told(request, _("The role is changed.")):
            member_role_change(membership=membership, person=person_of(request), role=form.cleaned_data["role"])
    return _people_or_list(request, firm_id)


@action
def remove(request: HttpRequest, firm_id: uuid.UUID, member_id: int) -> HttpResponse:
    membership = _member(request, firm_id, member_id)
    with refusals_told(request, _("The person no longer belongs to the firm.")):
        member_remove(membership=membership, person=person_of(request))
    return _people_or_list(request, firm_id)


@action
def hand_over(request: HttpRequest, firm_id: uuid.UUID, member_id: int) -> HttpResponse:
    membership = _member(request, firm_id, member_id)
    with refusals_told(request, _("The firm is handed over. You remain in it as editor.")):
        firm_hand_over(firm=membership.firm, giver=person_of(request), receiver=membership)
    return _people_or_list(request, firm_id)


@page
def merge(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    firm = managed_firm(request, firm_id)
    if request.method == "POST":
        token = invitation_create(person=person_of(request), kind=Invitation.Kind.MERGE, to=firm)
        return link_page(request, firm, "people", token)
    return render(request, "firms/merge.html", area(firm, "people"))


def link_page(request: HttpRequest, firm: Firm, tab: str, token: str) -> HttpResponse:
    """Shows a new link, this once."""
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return render(request, "firms/link.html", area(firm, tab, link=link))


def _people_page(request: HttpRequest, firm: Firm, form: ColleagueForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    invitations = open_invitations(firm).exclude(kind=Invitation.Kind.OUTSIDER)
    context = area(firm, "people", form=form, members=members(firm), invitations=invitations, roles=Membership.Role)
    return render(request, "firms/people.html", context, status=status)


def _people_or_list(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    """Somebody who has just given up their own ownership may not see the page any more."""
    owner = Membership.objects.filter(firm=firm_id, person=person_of(request), role=Membership.Role.OWNER)
    return redirect("firm-people", firm_id) if owner.exists() else redirect("firm-list")


def _member(request: HttpRequest, firm_id: uuid.UUID, member_id: int) -> Membership:
    rows = Membership.objects.filter(firm=firm_id).select_related("firm")
    return fetch(person_of(request), rows, member_id, Right.MANAGE)
