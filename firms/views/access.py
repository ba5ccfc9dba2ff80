"""The firm's consents: who outside may see what, and the benchmark pool."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from firms.forms import GrantForm, OutsiderForm
from firms.gate import Right, fetch
from firms.models import Firm, Grant, GrantRequest, Invitation
from firms.selectors import consent as ledger
from firms.selectors.people import open_invitations
from firms.services.consent import (
    Recipient,
    grant_give,
    grant_revoke,
    pool_consent_give,
    pool_consent_withdraw,
    request_accept,
    request_decline,
)
from firms.services.invitations import invitation_create
from firms.views.firms import managed_firm
from firms.views.people import link_page
from firms.views.ways import action, area, person_of, reading, refusals_told


@reading
def access(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    return _access_page(request, managed_firm(request, firm_id))


@action
def give(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    """Consent for a consultancy from the list."""
    firm = managed_firm(request, firm_id)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _access_page(request, firm, grant_form=form)
    terms = form.cleaned_data
    with refusals_told(request, _("The consent is given. You can withdraw it at any moment.")):
        recipient = Recipient(organisation=terms["organisation"])
        grant_give(firm=firm, giver=person_of(request), recipient=recipient, scope=terms["scope"], days=terms["days"])
    return redirect("firm-access", firm_id)


@action
def give_by_link(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    """A link for a named consultant or a group, which need not be known to the platform yet."""
    firm = managed_firm(request, firm_id)
    form = OutsiderForm(request.POST)
    if not form.is_valid():
        return _access_page(request, firm, outsider_form=form)
    token = invitation_create(person=person_of(request), kind=Invitation.Kind.OUTSIDER, to=firm, terms=form.terms())
    return link_page(request, firm, "access", token)


@action
def revoke(request: HttpRequest, firm_id: uuid.UUID, grant_id: uuid.UUID) -> HttpResponse:
    rows = Grant.objects.filter(firm=firm_id).select_related("firm")
    grant = fetch(person_of(request), rows, grant_id, Right.MANAGE)
    with refusals_told(request, _("The consent is withdrawn. Access has ended.")):
        grant_revoke(grant=grant, person=person_of(request))
    return redirect("firm-access", firm_id)


@action
def accept(request: HttpRequest, firm_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    asked = _request(request, firm_id, request_id)
    with refusals_told(request, _("The consent is given. You can withdraw it at any moment.")):
        request_accept(request=asked, person=person_of(request))
    return redirect("firm-access", firm_id)


@action
def decline(request: HttpRequest, firm_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    asked = _request(request, firm_id, request_id)
    with refusals_told(request, _("The request is declined.")):
        request_decline(request=asked, person=person_of(request))
    return redirect("firm-access", firm_id)


@action
def pool_give(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    with refusals_told(request, _("Thank you. From the next release on your firm is counted, anonymously.")):
        pool_consent_give(firm=managed_firm(request, firm_id), person=person_of(request))
    return redirect("firm-access", firm_id)


@action
def pool_withdraw(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    with refusals_told(request, _("The next release no longer counts your firm.")):
        pool_consent_withdraw(firm=managed_firm(request, firm_id), person=person_of(request))
    return redirect("firm-access", firm_id)


def _access_page(
    request: HttpRequest, firm: Firm, *, grant_form: GrantForm | None = None, outsider_form: OutsiderForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "grants": ledger.grants_in_force(firm),
        "ended": ledger.grants_ended(firm),
        "waiting": ledger.requests_waiting(firm),
        "links": open_invitations(firm).filter(kind=Invitation.Kind.OUTSIDER),
        "pool": ledger.pool_consent(firm),
        "grant_form": grant_form or GrantForm(),
        "outsider_form": outsider_form or OutsiderForm(auto_id="link_%s"),
        "has_consultancies": ledger.consultancies().exists(),
    }
    status = 422 if grant_form or outsider_form else 200
    return render(request, "firms/access.html", area(firm, "access", **context), status=status)


def _request(request: HttpRequest, firm_id: uuid.UUID, request_id: uuid.UUID) -> GrantRequest:
    rows = GrantRequest.objects.filter(firm=firm_id).select_related("firm", "organisation")
    return fetch(person_of(request), rows, request_id, Right.MANAGE)
