"""Home, submitting, results, reports. Each view: gate, service or selector, page."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from firms.gate import Right, fetch, firms_visible
from firms.models import Firm
from reports.derivations import explanation_page, next_page
from reports.downloads import report_download
from reports.evidence.pictures import charts_of_results
from reports.forms import ReportOrderForm
from reports.models import Report
from reports.page import results_page
from reports.plan.selectors import plan_behind
from reports.queue import report_send
from reports.selectors import (
    home_firms,
    report_facts,
    report_fetch,
    report_model,
    submitted_fetch,
    submitted_lines,
    told_in,
)
from reports.services import report_request
from reports.workspace.acting import acting_of, audience_acting
from reports.workspace.comments_selectors import comment_lines, comments_readable, is_insider
from scoring.services import assessment_score
from surveys.library import instrument_get
from surveys.models import Assessment
from surveys.requests import person_of
from surveys.selectors import assessment_fetch
from surveys.services import AssessmentClosed, AssessmentIncomplete, assessment_start, assessment_submit
from surveys.views import language

NOT_COMPLETE = gettext_lazy("Some items still have no answer. Nothing was submitted.")


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My firms, what is in work and where each stands."""
    firms = home_firms(person_of(request), language())
    return render(request, "reports/home.html", {"firms": firms})


@login_required
@require_safe
def firm_results(request: HttpRequest, firm_id: object) -> HttpResponse:
    """A firm's submitted assessments, for its people and for those it has let in."""
    firm = fetch(person_of(request), Firm.objects.all(), firm_id, Right.REPORT, via="")
    return render(request, "reports/firm_results.html", {"firm": firm, "lines": submitted_lines(firm, language())})


@login_required
@require_POST
def submit(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Submits, scores and orders the report: all of it, or nothing."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    now = timezone.now()
    try:
        with transaction.atomic():
            submitted = assessment_submit(assessment=found, person=person_of(request), now=now)
            assessment_score(assessment=submitted, now=now)
            report_send(report_request(assessment=submitted, language=language(), person=person_of(request), now=now))
    except AssessmentIncomplete:
        messages.error(request, NOT_COMPLETE)
        return redirect("assessment-review", found.pk)
    except AssessmentClosed:
        messages.info(request, _("This assessment has already been submitted."))
    return redirect("results", found.pk)


@login_required
@require_POST
def reopen(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """A new assessment that begins from the answers of this one; this one stays as it is."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    if not found.is_submitted:
        return redirect("assessment", found.pk)
    draft = assessment_start(
        firm=found.firm,
        instrument=instrument_get(found.instrument_code),
        person=person_of(request),
        now=timezone.now(),
        previous=found,
    )
    return redirect("assessment-review", draft.pk)


@login_required
@require_safe
def results(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Where the firm stands, on one page."""
    found = fetch(
        person_of(request),
        Assessment.objects.select_related("firm", "result", "snapshot"),
        assessment_id,
        Right.REPORT,
    )
    if not found.is_submitted:
        return redirect("assessment", found.pk)
    model = report_model(found, language=language(), report_id=None, built_at=timezone.now())
    charts = charts_of_results(person_of(request), found, model.language) if model.evidence else {}
    context = {
        "assessment": found,
        "page": results_page(model),
        "model": model,
        "languages": settings.LANGUAGES,
        "order_form": ReportOrderForm(initial={"language": model.language, "format": Report.Format.PDF}),
        "may_edit": firms_visible(person_of(request), Right.EDIT).filter(pk=found.firm_id).exists(),
        "plan": plan_behind(found, language(), timezone.localdate()),
        "may_comment": not is_insider(person_of(request), found.firm_id),
        "comments": comment_lines(comments_readable(person_of(request), found), found, language()),
        "evidenced": [(one, charts.get(one.code)) for one in model.evidence],
        "may_see_data": firms_visible(person_of(request), Right.EVIDENCE).filter(pk=found.firm_id).exists(),
    }
    return render(request, "reports/results.html", context)


@login_required
@require_safe
def explain(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Every number of the result down to the answers."""
    found = submitted_fetch(person_of(request), assessment_id, Right.ANSWERS)
    context = {"assessment": found, "page": explanation_page(report_facts(found, told_in(language())))}
    return render(request, "reports/explain.html", context)


@login_required
@require_safe
def what_next(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """The shortest ways to the next maturity level."""
    found = submitted_fetch(person_of(request), assessment_id, Right.REPORT)
    context = {"assessment": found, "page": next_page(report_facts(found, told_in(language())))}
    return render(request, "reports/next.html", context)


@login_required
@require_POST
def report_order(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Orders the report, or leads to the one that is there."""
    found = assessment_fetch(person_of(request), assessment_id, Right.REPORT)
    form = ReportOrderForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(form.errors.as_text(), content_type="text/plain; charset=utf-8")
    if not found.is_submitted:
        return redirect("assessment", found.pk)
    with transaction.atomic():
        audience = audience_acting(person_of(request), found.firm, acting_of(request))
        order = form.order() | {"audience": audience}
        ordered = report_request(assessment=found, person=person_of(request), now=timezone.now(), **order)
        if ordered.is_open:
            report_send(ordered)
    return redirect("report", ordered.pk)


@login_required
@require_safe
def report(request: HttpRequest, report_id: object) -> HttpResponse:
    """How far the report is, and the button that downloads it."""
    found = report_fetch(person_of(request), report_id)
    return render(request, "reports/report.html", {"report": found, "steps": list(Report.Step)[:-1]})


@login_required
@require_safe
def report_status(request: HttpRequest, report_id: object) -> JsonResponse:
    found = report_fetch(person_of(request), report_id)
    return JsonResponse({"state": found.state, "step": found.step, "label": found.get_step_display()})


@login_required
@require_safe
def report_file(request: HttpRequest, report_id: object) -> HttpResponse:
    """The finished file. Whoever may not see it, and what is not there, is a 404."""
    return report_download(report_fetch(person_of(request), report_id), person_of(request))
