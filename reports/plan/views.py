"""The action plan: read by whoever may read the results, changed by whoever may answer."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.gate import Right, fetch, firms_visible
from firms.views.ways import action, download, page, person_of, reading
from reports.models import PlanStep
from reports.plan.forms import ItemStepForm, OwnStepForm, PlanFilter, StepForm
from reports.plan.selectors import (
    brought_by,
    narrowed,
    next_assessment,
    owners_of_plan,
    plan_lines,
    possible_steps,
    step_title,
)
from reports.plan.services import plan_add, plan_change, plan_fill, plan_move, plan_remove, suggested_codes
from reports.plan.workbook import plan_workbook
from reports.selectors import submitted_fetch, told_in
from reports.writing import CONTENT_TYPES
from surveys.requests import language


@reading
def plan(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """The steps that fit what was asked, in the order of the plan."""
    found = submitted_fetch(person_of(request), assessment_id, Right.REPORT)
    may_edit = firms_visible(person_of(request), Right.EDIT).filter(pk=found.firm_id).exists()
    following, today, form = next_assessment(found), timezone.localdate(), PlanFilter(request.GET)
    lines = plan_lines(found, following, language=language(), today=today)
    asked = form.asked()
    context = {
        "assessment": found,
        "lines": narrowed(lines, today=today, **asked),
        "total": len(lines),
        "late": sum(line.late for line in lines),
        "filter": form,
        "asked": urlencode({name: value for name, value in asked.items() if value}),
        "brought": brought_by(found, lines, following) if following and lines else None,
        "may_edit": may_edit,
        "item_form": ItemStepForm(items=possible_steps(found, language())) if may_edit else None,
        "own_form": OwnStepForm() if may_edit else None,
    }
    return render(request, "plan/plan.html", context)


@action
def fill(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Takes over what the results suggest."""
    found = submitted_fetch(person_of(request), assessment_id, Right.EDIT)
    codes = suggested_codes(found, told_in(language()))
    plan_fill(assessment=found, codes=codes, person=person_of(request), now=timezone.now())
    return redirect("plan", found.pk)


@action
def add_item(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    found = submitted_fetch(person_of(request), assessment_id, Right.EDIT)
    form = ItemStepForm(request.POST, items=possible_steps(found, language()))
    if form.is_valid():
        plan_fill(assessment=found, codes=(form.cleaned_data["item"],), person=person_of(request), now=timezone.now())
    else:
        messages.error(request, _("Choose an item of the list."))
    return redirect("plan", found.pk)


@action
def add_own(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    found = submitted_fetch(person_of(request), assessment_id, Right.EDIT)
    form = OwnStepForm(request.POST)
    if form.is_valid():
        plan_add(assessment=found, title=form.cleaned_data["title"], person=person_of(request), now=timezone.now())
    else:
        messages.error(request, _("Say what is to be done, in at most 300 characters."))
    return redirect("plan", found.pk)


@page
def step(request: HttpRequest, step_id: uuid.UUID) -> HttpResponse:
    found = step_fetch(request, step_id)
    form = StepForm(request.POST or None, instance=found, people=owners_of_plan(found.assessment))
    if request.method == "POST" and form.is_valid():
        plan_change(step=found, person=person_of(request), now=timezone.now(), values=form.values())
        return redirect("plan", found.assessment_id)
    title = found.title or step_title(found, language())
    return render(request, "plan/step.html", {"step": found, "title": title, "form": form})


@action
def move(request: HttpRequest, step_id: uuid.UUID) -> HttpResponse:
    """One place up or down; back to the step, so that it can be moved on at once."""
    found = step_fetch(request, step_id)
    up = request.POST.get("direction") == "up"
    plan_move(step=found, up=up, person=person_of(request), now=timezone.now())
    return redirect(f"{reverse('plan', args=[found.assessment_id])}#step-{found.pk}")


@action
def drop(request: HttpRequest, step_id: uuid.UUID) -> HttpResponse:
    found = step_fetch(request, step_id)
    plan_remove(step=found, person=person_of(request))
    return redirect("plan", found.assessment_id)


def step_fetch(request: HttpRequest, step_id: uuid.UUID) -> PlanStep:
    rows = PlanStep.objects.select_related("assessment__firm", "assessment__snapshot")
    return fetch(person_of(request), rows, step_id, Right.EDIT, via="assessment__firm")


@reading
def plan_file(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    found = submitted_fetch(person_of(request), assessment_id, Right.REPORT)
    following, today = next_assessment(found), timezone.localdate()
    lines = plan_lines(found, following, language=language(), today=today)
    lines = narrowed(lines, today=today, **PlanFilter(request.GET).asked())
    body = plan_workbook(found.snapshot.firm_name, lines)
    audit_record(person=person_of(request), action="plan.downloaded", firm=found.firm, subject=found)
    name = f"plan-{slugify(found.firm.name_en) or found.pk}.xlsx"
    return download(body, name=name, content_type=CONTENT_TYPES["xlsx"])
