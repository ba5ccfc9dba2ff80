"""Campaigns: what an association sees and does, and the page behind a firm's personal link."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from firms.catalogues import industries, regions
from firms.csv_safe import csv_rows
from firms.forms import FirmForm
from firms.gate import Right, fetch_organisation, firms_visible
from firms.models import Organisation
from firms.refusal import RefusalError
from firms.services.consent import pool_consent_give
from firms.services.firms import firm_register
from firms.views.ways import action, download, page, person_of, reading, refusals_told
from surveys.forms.campaigns import CampaignForm, ExtendForm, JoinForm, TargetForm, TargetsForm
from surveys.models import Target
from surveys.queue import mails_wake
from surveys.requests import language
from surveys.selectors.campaigns import (
    STATES,
    board_of,
    campaign_fetch,
    campaigns_of,
    target_fetch,
    targets_listed,
)
from surveys.services.campaign_mails import invitations_ask, is_sending, reminders_ask, to_remind, uninvited
from surveys.services.campaign_window import is_open
from surveys.services.campaigns import (
    campaign_close,
    campaign_create,
    campaign_extend,
    microdata_withdraw,
    require_code,
    target_join,
    target_open,
    target_remove,
    targets_import,
)
from surveys.targets_file import COLUMNS, TargetsRefused, read_targets

PER_PAGE = 50


@page
def campaigns(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    association = fetch_organisation(
        person_of(request), Organisation.objects.all(), organisation_id, via="", kind=Organisation.Kind.ASSOCIATION
    )
    form = CampaignForm(request.POST or None, association=association, language=language())
    if request.method == "POST" and form.is_valid():
        made = campaign_create(
            association=association,
            instrument=form.chosen,
            plan=form.plan(),
            person=person_of(request),
            now=timezone.now(),
        )
        return redirect("campaign", made.pk)
    context = {"association": association, "campaigns": campaigns_of(association), "form": form}
    return render(request, "campaigns/list.html", context)


@reading
def campaign(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """The board: how far the firms are, and what can be done."""
    found = campaign_fetch(person_of(request), campaign_id)
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    rows = targets_listed(found, state=state, text=text)
    now = timezone.now()
    context = {
        "campaign": found,
        "board": board_of(found),
        "targets": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "state": state if state in STATES else "",
        "text": text,
        "states": state_names(),
        "is_open": is_open(found, now),
        "to_invite": uninvited(found).count(),
        "sending": is_sending(found, now),
        "to_remind": to_remind(found, now).count(),
        "extend_form": ExtendForm(),
    }
    return render(request, "campaigns/board.html", context)


def state_names() -> dict[str, str]:
    return {
        "uninvited": _("Not invited"),
        "invited": _("Invited"),
        "opened": _("Link opened"),
        "started": _("Started"),
        "submitted": _("Submitted"),
        "late": _("Submitted after the end"),
        "failed": _("Mail failed"),
    }


@page
def targets(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """Takes the list of firms. With a single fault nothing is added."""
    found = campaign_fetch(person_of(request), campaign_id)
    form = TargetsForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            rows = read_targets(form.cleaned_data["file"].read())
        except TargetsRefused as refused:
            faults = refused.lines
        else:
            if form.cleaned_data["only_check"]:
                there = set(found.targets.values_list("credit_code", flat=True))
                fresh = sum(row.credit_code not in there for row in rows)
                told = _("The list has no fault: %(new)d firms are new, %(old)d are on the list already.")
                messages.success(request, told % {"new": fresh, "old": len(rows) - fresh})
                return redirect("campaign-targets", found.pk)
            done = targets_import(campaign=found, rows=rows, person=person_of(request))
            told = _("%(new)d firms added; %(old)d were on the list already.")
            messages.success(request, told % {"new": done.added, "old": done.already})
            return redirect("campaign", found.pk)
    context = {"campaign": found, "form": form, "one_form": TargetForm(), "faults": faults}
    return render(request, "campaigns/targets.html", context, status=422 if faults or form.errors else 200)


@action
def target_new(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """Takes one firm that was written by hand."""
    found = campaign_fetch(person_of(request), campaign_id)
    form = TargetForm(request.POST)
    if not form.is_valid():
        context = {"campaign": found, "form": TargetsForm(), "one_form": form, "faults": []}
        return render(request, "campaigns/targets.html", context, status=422)
    done = targets_import(campaign=found, rows=[form.row()], person=person_of(request))
    told = _("%(firm)s is on the list.") if done.added else _("%(firm)s was on the list already.")
    messages.success(request, told % {"firm": form.cleaned_data["name"]})
    return redirect("campaign", found.pk)


@reading
def targets_sample(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """An empty list with the column names and one example row."""
    campaign_fetch(person_of(request), campaign_id)
    header = [words[1] for words in COLUMNS.values()]
    row = [
        "91330100799655058B",
        "示范精密机械有限公司",
        "quality@example.com",
        "中型",
        next(iter(industries())),
        next(iter(regions())),
    ]
    body = "".join(csv_rows(header, [row]))
    return download(body.encode(), name="firms.csv", content_type="text/csv; charset=utf-8")


@action
def target_drop(request: HttpRequest, campaign_id: uuid.UUID, target_id: uuid.UUID) -> HttpResponse:
    found = campaign_fetch(person_of(request), campaign_id)
    target = target_fetch(person_of(request), found, target_id)
    with refusals_told(request, _("%(firm)s is off the list.") % {"firm": target.name}):
        target_remove(target=target, person=person_of(request))
    return redirect("campaign", campaign_id)


@action
def campaign_invite(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    found = campaign_fetch(person_of(request), campaign_id)
    count = uninvited(found).count()
    told = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", count) % {"n": count}
    with refusals_told(request, told):
        invitations_ask(campaign=found, person=person_of(request), now=timezone.now())
        mails_wake(found)
    return redirect("campaign", campaign_id)


@action
def campaign_remind(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    found = campaign_fetch(person_of(request), campaign_id)
    count = to_remind(found, timezone.now()).count()
    told = ngettext("%(n)d reminder is on its way.", "%(n)d reminders are on their way.", count) % {"n": count}
    with refusals_told(request, told):
        reminders_ask(campaign=found, person=person_of(request), now=timezone.now())
        mails_wake(found)
    return redirect("campaign", campaign_id)


@action
def campaign_prolong(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    found = campaign_fetch(person_of(request), campaign_id)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the new last day, as 2026-12-31."))
        return redirect("campaign", campaign_id)
    with refusals_told(request, _("The campaign has a new last day.")):
        campaign_extend(
            campaign=found, closes_on=form.cleaned_data["closes_on"], person=person_of(request), now=timezone.now()
        )
    return redirect("campaign", campaign_id)


@page
def campaign_end(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """Asks, then closes."""
    found = campaign_fetch(person_of(request), campaign_id)
    if request.method == "POST":
        campaign_close(campaign=found, person=person_of(request), now=timezone.now())
        messages.success(request, _("The campaign is closed."))
        return redirect("campaign", campaign_id)
    return render(request, "campaigns/close.html", {"campaign": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Anybody who holds the link may read who asks for what; taking part needs an account and a firm."""
    target = target_open(secret=secret, now=timezone.now())
    if target is None:
        return render(request, "campaigns/gone.html", status=404)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    forms = join_forms(request, target)
    if request.method == "POST":
        response = joined(request, target, forms)
        if response is not None:
            return response
    context = {
        "target": target,
        "campaign": target.campaign,
        "is_open": is_open(target.campaign, timezone.now()),
        **forms,
    }
    return render(request, "campaigns/join.html", context)


def join_forms(request: HttpRequest, target: Target) -> dict[str, Any]:
    """The form for a firm that the person may answer for, or the one that registers it; nothing for a stranger."""
    if not request.user.is_authenticated:
        return {"join_form": None, "firm_form": None}
    person = person_of(request)
    firms = firms_visible(person, Right.EDIT)
    owned = firms_visible(person, Right.MANAGE).exists()
    fitting = firms.filter(credit_code__in=["", target.credit_code])
    data = request.POST or None
    if fitting.exists():
        asks = target.campaign.asks_microdata
        return {"join_form": JoinForm(data, firms=fitting, owned=owned, asks_microdata=asks), "firm_form": None}
    known = {name: getattr(target, name) for name in ("name", "credit_code", "industry", "region")}
    return {"join_form": None, "firm_form": FirmForm(data, initial=known)}


def joined(request: HttpRequest, target: Target, forms: dict[str, Any]) -> HttpResponse | None:
    """Where the firm goes on; None where the page is shown again with what is wrong."""
    form = forms["join_form"] or forms["firm_form"]
    if not form.is_valid():
        return None
    person, agrees = person_of(request), False
    try:
        if forms["firm_form"]:
            require_code(target, form.cleaned_data["credit_code"])
            firm_register(person=person, profile=form.profile())
            return redirect(request.path)
        firm, agrees = form.cleaned_data["firm"], form.cleaned_data.get("microdata", False)
        owner = firms_visible(person, Right.MANAGE).filter(pk=firm.pk).exists()
        assessment = target_join(
            target=target, firm=firm, person=person, agrees_microdata=agrees and owner, now=timezone.now()
        )
        if owner and form.cleaned_data.get("pool"):
            pool_consent_give(firm=firm, person=person)
    except RefusalError as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("assessment", assessment.pk)


@action
def microdata_stop(request: HttpRequest, secret: str) -> HttpResponse:
    """The firm takes back what it had agreed to; only its owners can."""
    target = target_open(secret=secret, now=timezone.now())
    mine = firms_visible(person_of(request), Right.MANAGE)
    if target is None or target.firm_id is None or not mine.filter(pk=target.firm_id).exists():
        return render(request, "campaigns/gone.html", status=404)
    microdata_withdraw(target=target, person=person_of(request))
    messages.success(request, _("The association no longer gets your answers."))
    return redirect("campaign-join", secret)
