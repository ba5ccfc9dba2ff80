"""Ordering the reports of many clients in one file, following it, and taking it away."""

import uuid
from contextlib import suppress

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.models import Firm, Person
from firms.views.ways import page, person_of, reading
from reports.models import BulkJob, Report
from reports.queue import report_send
from reports.services import report_path
from reports.workspace.acting import Acting, acting_of, chosen_of
from reports.workspace.bulk import MOST, bulk_request, bulk_take, open_reports
from reports.workspace.forms import ClientFilter
from reports.workspace.selectors import clients_of, levels_of, narrowed
from reports.writing import CONTENT_TYPES
from surveys.requests import language

TYPES = {BulkJob.Form.ZIP: "application/zip", BulkJob.Form.PDF: CONTENT_TYPES["pdf"]}


class BulkForm(forms.Form):
    """What the file is to be like."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Report.Language)
    form = forms.ChoiceField(label=gettext_lazy("File"), choices=BulkJob.Form, initial=BulkJob.Form.ZIP)

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


@page
def bulk_order(request: HttpRequest) -> HttpResponse:
    """Shows the firms that were ticked, or all of a list, and takes the order; only firms that are open."""
    person = person_of(request)
    acting = acting_of(request)
    firms = chosen(person, request.POST if request.method == "POST" else request.GET, acting)
    form = BulkForm(request.POST or None, initial={"language": language()})
    if request.method == "POST" and form.is_valid() and firms:
        return redirect("clients-bulk-job", ordered(person, firms, form, acting).pk)
    if len(firms) > MOST:
        messages.warning(
            request, _("At most %(most)d firms fit into one file. The first ones are listed.") % {"most": MOST}
        )
    earlier = BulkJob.objects.filter(person=person)[:10]
    return render(
        request,
        "workspace/bulk.html",
        {"firms": firms[:MOST], "form": form, "jobs": earlier, "chosen": chosen_of(request)},
    )


def chosen(person: Person, data: QueryDict, acting: Acting) -> QuerySet[Firm]:
    """The firms with these ids, or with ``all`` those that the list is narrowed to; only such as have submitted."""
    mine = clients_of(person, acting).filter(latest__isnull=False)  # type: ignore[misc]  # annotated
    if data.get("all"):
        return narrowed(mine, ClientFilter(data, levels=levels_of(mine, language())).asked())
    return mine.filter(pk__in=uuids(data.getlist("firm"))).order_by("name", "pk")


def uuids(texts: list[str]) -> set[uuid.UUID]:
    """Those of the texts that are ids."""
    found = set()
    for text in texts:
        with suppress(ValueError):
            found.add(uuid.UUID(text))
    return found


@transaction.atomic
def ordered(person: Person, firms: QuerySet[Firm], form: BulkForm, acting: Acting) -> BulkJob:
    job = bulk_request(person=person, firms=firms, acting=acting, now=timezone.now(), **form.cleaned_data)
    for report in open_reports(job):
        report_send(report)
    return job


@reading
def bulk_job(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """How far the file is, what is left out, and the button that downloads it."""
    return _job_page(request, _mine(request, job_id))


@reading
def bulk_file(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file; or, where a firm in it has closed itself, a page that says so."""
    job = _mine(request, job_id)
    if job.state != BulkJob.State.READY or job.expires_at <= timezone.now():
        return redirect("clients-bulk-job", job.pk)
    if not bulk_take(job=job, person=person_of(request)):
        job.refresh_from_db()
        return _job_page(request, job, refused=True)
    try:
        file = report_path(job.file).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    name = f"qms-reports-{timezone.localdate(job.requested_at):%Y%m%d}-{job.language}.{job.form}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[BulkJob.Form(job.form)])


def _mine(request: HttpRequest, job_id: uuid.UUID) -> BulkJob:
    return get_object_or_404(BulkJob, pk=job_id, person=person_of(request))


def _job_page(request: HttpRequest, job: BulkJob, *, refused: bool = False) -> HttpResponse:
    items = list(job.items.all())
    context = {
        "job": job,
        "refused": refused,
        "total": len(items),
        "done": len(items) - len(open_reports(job)),
        "left_out": [item for item in items if item.left_out],
        "over": job.expires_at <= timezone.now(),
    }
    return render(request, "workspace/bulk_job.html", context, status=409 if refused else 200)
