"""Tells anybody who holds a report whether it is genuine and whether it is the latest; nothing of what it says."""

from hashlib import sha256
from typing import Any

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from firms.middleware import client_address
from reports.builders.numbering import number_read
from reports.models import IssuedFile, Report
from surveys.models import Assessment

MOST_BYTES = 10 * 1024 * 1024
MOST_REQUESTS, WINDOW_SECONDS = 120, 600
MASK = "＊"


class NumberForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Report number"), max_length=40, help_text=gettext_lazy("It stands on the cover: QMS-….")
    )


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("The file"), max_length=255)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB: no report is."))
        return file


@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Where a number is typed in."""
    form = NumberForm(request.GET or None)
    if request.GET and form.is_valid():
        written = form.cleaned_data["number"]
        return redirect("verify-report", number_read(written) or written.replace("/", "-"))
    return render(request, "verification/find.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a report by its number, and whether a file is one that was issued under it."""
    if not may_ask(request):
        told = _("Too many requests from your address. Wait ten minutes.")
        return HttpResponse(told, status=429, content_type="text/plain; charset=utf-8")
    report = report_by_number(number)
    if report is None:
        return render(request, "verification/unknown.html", {"number": number[:40]}, status=404)
    form = FileForm(request.POST or None, request.FILES or None)
    matches: bool | None = None
    if request.method == "POST" and form.is_valid():
        matches = was_issued(report, form.cleaned_data["file"].read())
    context = {
        "report": report,
        "firm": masked_name(report.assessment.snapshot.firm_name),
        "newer": newer_exists(report.assessment),
        "issued": report.issued.first(),
        "form": form,
        "matches": matches,
    }
    return render(request, "verification/report.html", context)


def report_by_number(number: str) -> Report | None:
    """The report that has been issued under this number; None for any other number."""
    read = number_read(number)
    if read is None:
        return None
    rows = Report.objects.select_related("assessment__snapshot", "assessment__result").filter(issued__isnull=False)
    return rows.filter(number=read).first()


def was_issued(report: Report, data: bytes) -> bool:
    return IssuedFile.objects.filter(report=report, sha256=sha256(data).hexdigest()).exists()


def newer_exists(assessment: Assessment) -> bool:
    """Whether the firm has submitted the same questionnaire again since."""
    later = Assessment.objects.filter(
        firm=assessment.firm_id,
        instrument_code=assessment.instrument_code,
        status=Assessment.Status.SUBMITTED,
        submitted_at__gt=assessment.submitted_at,
    )
    return later.exists()


def masked_name(name: str) -> str:
    """The first and last character: enough to compare with the paper at hand, too little to learn a name from."""
    return name[0] + MASK * min(len(name) - 2, 6) + name[-1] if len(name) > 2 else MASK * len(name)


def may_ask(request: HttpRequest) -> bool:
    """Numbers cannot be tried out by the thousand."""
    key = f"verify:{client_address(request)}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) <= MOST_REQUESTS
    except ValueError:
        # It ran out between the two lines.
        return True
