"""Standing orders, switched on and off; and the choice of whom a consultant acts for."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.models import Person
from firms.views.ways import action, person_of, reading
from reports.models import StandingOrder
from reports.workspace.acting import ANYBODY, Acting, acting_of, audience_acting, choice_keep, choices_of, chosen_of
from reports.workspace.selectors import clients_of
from reports.workspace.standing import standing_begin, standing_end
from reports.workspace.standing_selectors import acting_under, order_lines, orders_in_force, standing_reports


@action
def act_for(request: HttpRequest) -> HttpResponse:
    """Remembers whom the person acts for, in this session."""
    choice_keep(request, request.POST.get("acting", ""))
    return redirect("clients")


@reading
def standing_orders(request: HttpRequest) -> HttpResponse:
    """What is ordered for every new assessment, and what came of it."""
    person = person_of(request)
    context = {
        "lines": order_lines(person),
        "reports": standing_reports(person),
        "chosen": chosen_of(request),
        "for_all": bool(unordered(person, acting_of(request))),
    }
    return render(request, "workspace/standing.html", context)


def unordered(person: Person, acting: Acting) -> list[Acting]:
    """The names under which an order for every client could still begin."""
    having = [acting_under(one) for one in orders_in_force(person).filter(firm=None)]
    names = choices_of(person) if acting == ANYBODY else (acting,)
    return [name for name in names if name not in having]


@action
def begin(request: HttpRequest) -> HttpResponse:
    """For the firm named, or for every client where none is."""
    if request.POST.get("firm"):
        _begin_for_firm(request, request.POST["firm"])
    else:
        _begin_for_all(request)
    if orders_in_force(person_of(request)).exists():
        messages.success(request, _("You get a mail whenever a new report is ready."))
    else:
        messages.info(request, _("No firm has given its consent yet."))
    return redirect(_back(request))


def _begin_for_firm(request: HttpRequest, firm_id: str) -> None:
    person, acting = person_of(request), acting_of(request)
    firm = clients_of(person, acting).filter(_is(firm_id)).first()
    if firm is None:
        raise Http404
    organisation = audience_acting(person, firm, acting).organisation
    standing_begin(person=person, organisation=organisation, firm=firm, now=timezone.now())


def _begin_for_all(request: HttpRequest) -> None:
    person = person_of(request)
    for name in unordered(person, acting_of(request)):
        standing_begin(person=person, organisation=name.organisation, firm=None, now=timezone.now())


def _is(text: str) -> Q:
    try:
        return Q(pk=uuid.UUID(text))
    except ValueError:
        return Q(pk__in=[])


@action
def end(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """One click; only its keeper's."""
    person = person_of(request)
    order = get_object_or_404(StandingOrder, pk=order_id, person=person)
    standing_end(order=order, now=timezone.now(), ending=StandingOrder.Ending.PERSON, person=person)
    messages.success(request, _("The standing order has ended."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """To the page that the button stood on."""
    return "clients" if request.POST.get("back") == "clients" else "standing-orders"
