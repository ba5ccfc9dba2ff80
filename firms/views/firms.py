"""My firms, a new firm, a firm's profile, leaving and ending a firm."""

import uuid

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from firms.forms import FirmDeleteForm, FirmForm
from firms.gate import Right, fetch
from firms.models import Firm, Membership
from firms.refusal import RefusalError
from firms.selectors.consent import grants_received
from firms.selectors.firms import firm_list
from firms.services.account import firm_delete
from firms.services.firms import firm_register, firm_update
from firms.services.members import member_remove
from firms.views.ways import action, area, page, person_of, reading, refusals_told


@reading
def firms(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    context = {"firms": firm_list(person), "grants": grants_received(person)}
    return render(request, "firms/firm_list.html", context)


@page
def firm_new(request: HttpRequest) -> HttpResponse:
    form = FirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            firm = firm_register(person=person_of(request), profile=form.profile())
        except RefusalError as refusal:
            form.add_error("credit_code", str(refusal))
        else:
            # What comes next is a page of an upper floor; settings name it.
            return redirect(settings.FIRM_REGISTERED_URL, firm.pk)
    return render(request, "firms/firm_new.html", {"form": form})


@page
def firm_profile(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    firm = managed_firm(request, firm_id)
    form = FirmForm(request.POST or None, instance=firm)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request, _("The profile is saved.")):
            firm_update(firm=firm, person=person_of(request), profile=form.profile())
        return redirect("firm-profile", firm_id)
    return render(request, "firms/firm_profile.html", area(firm, "profile", form=form))


@action
def firm_leave(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    person = person_of(request)
    membership = Membership.objects.filter(firm=firm_id, person=person).first()
    if membership is None:
        raise Http404
    with refusals_told(request, _("You have left the firm.")):
        member_remove(membership=membership, person=person)
    return redirect("firm-list")


@page
@reauthentication_required  # type: ignore[untyped-decorator]
def firm_end(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    firm = managed_firm(request, firm_id)
    form = FirmDeleteForm(request.POST or None, firm=firm)
    if request.method == "POST" and form.is_valid():
        firm_delete(firm=firm, person=person_of(request))
        messages.success(request, _("The firm and everything that belonged to it is deleted."))
        return redirect("firm-list")
    return render(request, "firms/firm_end.html", area(firm, "profile", form=form))


def managed_firm(request: HttpRequest, firm_id: uuid.UUID) -> Firm:
    """The firm, for an owner of it; 404 for everybody else."""
    return fetch(person_of(request), Firm.objects.all(), firm_id, Right.MANAGE, via="")
