"""What may be done with a report that was ordered: stop it, or order it again as it was."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.queue import report_send
from reports.selectors import report_fetch
from reports.services import report_cancel, report_requeue
from surveys.requests import person_of


@login_required
@require_POST
def report_stop(request: HttpRequest, report_id: object) -> HttpResponse:
    """For whoever ordered it; others who may read the report wait for it perhaps."""
    found = report_fetch(person_of(request), report_id)
    if found.requested_by_id != person_of(request).pk:
        raise Http404
    if not report_cancel(report=found, person=person_of(request)):
        messages.info(request, _("There was nothing left to cancel."))
    return redirect("report", found.pk)


@login_required
@require_POST
def report_again(request: HttpRequest, report_id: object) -> HttpResponse:
    """The same report once more: after it failed or was cancelled, or once its file was removed."""
    found = report_fetch(person_of(request), report_id)
    if found.may_be_ordered_again:
        with transaction.atomic():
            report_send(report_requeue(report=found, person=person_of(request), now=timezone.now()))
    return redirect("report", found.pk)
