"""What an invitation link leads to. A link that does not work, for whatever reason, looks like any other such link."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from firms.forms import MergeForm, ReceiveForm
from firms.gate import Right, firms_visible, organisations_visible
from firms.models import Invitation, Organisation, Person
from firms.services import invitations
from firms.views.ways import person_of, refusals_told

Kind = Invitation.Kind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Anybody who holds the link may read what it offers; taking it needs an account."""
    found = invitations.invitation_open(token)
    if found is None:
        return render(request, "firms/invitation_gone.html", status=404)
    form = _form(request, found)
    if request.method != "POST" or (form and not form.is_valid()):
        return render(request, "firms/invitation.html", {"invitation": found, "form": form})
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    return _take(request, found, form.cleaned_data if form else {})


def _form(request: HttpRequest, found: Invitation) -> ReceiveForm | MergeForm | None:
    """What has to be chosen before the invitation can be taken, by somebody who is signed in."""
    person = request.user
    if isinstance(person, AnonymousUser):
        return None
    data = request.POST or None
    if found.kind == Kind.OUTSIDER:
        mine = organisations_visible(person).exclude(kind=Organisation.Kind.ASSOCIATION)
        return ReceiveForm(data, organisations=mine) if mine.exists() else None
    if found.kind == Kind.MERGE:
        return MergeForm(data, firms=firms_visible(person, Right.MANAGE).exclude(invitations=found))
    return None


def _take(request: HttpRequest, found: Invitation, choice: dict[str, Any]) -> HttpResponse:
    person: Person = person_of(request)
    if found.kind == Kind.COLLEAGUE:
        with refusals_told(request, _("Welcome. You now belong to the firm.")):
            invitations.invitation_join(invitation=found, person=person)
        return redirect(settings.LOGIN_REDIRECT_URL)
    if found.kind == Kind.ORGANISATION:
        with refusals_told(request, _("Welcome. You now act for the organisation.")):
            invitations.invitation_join_organisation(invitation=found, person=person)
        return redirect("organisation-list")
    if found.kind == Kind.MERGE:
        with refusals_told(request, _("The two registrations are one now.")):
            invitations.invitation_merge(invitation=found, person=person, firm=choice["firm"])
        return redirect("firm-list")
    with refusals_told(request, _("The firm's consent is yours. Every look is shown to the firm.")):
        invitations.invitation_receive_grant(invitation=found, person=person, organisation=choice.get("organisation"))
    return redirect("organisation-list" if choice.get("organisation") else "firm-list")
