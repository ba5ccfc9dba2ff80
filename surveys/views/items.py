"""Around one item: remarks and the files behind the answer."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from firms.audit import audit_record
from firms.gate import Right, fetch, firms_visible
from firms.refusal import RefusalError
from surveys import files
from surveys.filetypes import KINDS, MOST_BYTES
from surveys.forms import CommentForm, EvidenceForm
from surveys.instruments.model import Item
from surveys.models import Assessment, Comment, Evidence
from surveys.requests import language, person_of
from surveys.selectors import answers_of, assessment_fetch, assessment_instrument
from surveys.selectors.evidence import evidence_fetch, evidence_on
from surveys.selectors.opinions import may_see_spread, spreads_of
from surveys.selectors.together import comments_on
from surveys.services.evidence import REFUSALS, evidence_add, evidence_remove
from surveys.services.together import comment_add, comment_settle
from surveys.views.page import item_or_404
from surveys.views.ways import refused_aloud


@login_required
@require_GET
def item(request: HttpRequest, assessment_id: object, item_code: str) -> HttpResponse:
    """The item, its answer, what was said about it and what proves it."""
    return _item_page(request, assessment_id, item_code, CommentForm(), EvidenceForm())


@login_required
@require_POST
def comment(request: HttpRequest, assessment_id: object, item_code: str) -> HttpResponse:
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    about = item_or_404(assessment_instrument(found), item_code)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _item_page(request, assessment_id, item_code, form, EvidenceForm(), status=422)
    with refused_aloud(request):
        text = form.cleaned_data["text"]
        comment_add(assessment=found, item=about.code, text=text, person=person, now=timezone.now())
    return redirect("item", found.pk, about.code)


@login_required
@require_POST
def comment_done(request: HttpRequest, comment_id: int) -> HttpResponse:
    person = person_of(request)
    rows = Comment.objects.select_related("assessment__firm")
    found = fetch(person, rows, comment_id, Right.EDIT, via="assessment__firm")
    with refused_aloud(request):
        comment_settle(comment=found, person=person, now=timezone.now())
    return redirect("item", found.assessment_id, found.item)


@login_required
@require_POST
def evidence_new(request: HttpRequest, assessment_id: object, item_code: str) -> HttpResponse:
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    about = item_or_404(assessment_instrument(found), item_code)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _item_page(request, assessment_id, item_code, CommentForm(), form, status=422)
    with refused_aloud(request):
        for file in form.cleaned_data["file"]:
            _kept_or_refused(request, found, about, file)
    return redirect("item", found.pk, about.code)


def _kept_or_refused(request: HttpRequest, assessment: Assessment, about: Item, file: "UploadedFile[bytes]") -> None:
    """Says by its name what became of the file; one that is refused holds up no other. Raises AssessmentClosed."""
    try:
        evidence_add(
            assessment=assessment,
            item=about.code,
            name=str(file.name),
            content=content_within_bounds(file),
            person=person_of(request),
            now=timezone.now(),
        )
    except RefusalError as refusal:
        messages.error(request, _("%(file)s: %(reason)s") % {"file": file.name, "reason": refusal})
    else:
        messages.success(request, _("%(file)s: the file is stored.") % {"file": file.name})


def content_within_bounds(file: "UploadedFile[bytes]") -> bytes:
    """RefusalError for a file that is too large, before it is read into memory."""
    if (file.size or 0) > MOST_BYTES:
        raise RefusalError(str(REFUSALS["too_large"]))
    content: bytes = file.read()
    return content


@login_required
@require_GET
def evidence_list(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Every file of the assessment, for whoever the firm lets see its evidence."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EVIDENCE)
    context = {
        "assessment": found,
        "instrument": assessment_instrument(found),
        "files": Evidence.objects.filter(assessment=found).order_by("item", "added_at"),
        "language": language(),
    }
    return render(request, "surveys/evidence_list.html", context)


@login_required
@require_GET
def evidence_file(request: HttpRequest, evidence_id: object) -> FileResponse:
    """The file, always as a download and never as a page of ours."""
    person = person_of(request)
    found = evidence_fetch(person, evidence_id, Right.EVIDENCE)
    try:
        content = files.path_of(found.pk).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    audit_record(person=person, action="evidence.downloaded", firm=found.assessment.firm, subject=found)
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=KINDS[found.kind])
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Content-Security-Policy"] = f"{settings.CONTENT_SECURITY_POLICY}; sandbox"
    return response


@login_required
@require_POST
def evidence_gone(request: HttpRequest, evidence_id: object) -> HttpResponse:
    person = person_of(request)
    found = evidence_fetch(person, evidence_id, Right.EDIT)
    with refused_aloud(request, _("The file is removed.")):
        evidence_remove(evidence=found, person=person)
    return redirect("item", found.assessment_id, found.item)


def _item_page(
    request: HttpRequest,
    assessment_id: object,
    item_code: str,
    comment_form: CommentForm,
    upload_form: EvidenceForm,
    status: int = 200,
) -> HttpResponse:
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    instrument = assessment_instrument(found)
    about = item_or_404(instrument, item_code)
    spreads = spreads_of(found, instrument) if may_see_spread(found, person.pk) else []
    context = {
        "assessment": found,
        "instrument": instrument,
        "dimension": instrument.dimension_by_code[about.dimension],
        "item": about,
        "answers": answers_of(found),
        "comments": comments_on(found, about.code),
        "files": evidence_on(found, about.code),
        "spread": next((one for one in spreads if one.item == about.code), None),
        "comment_form": comment_form,
        "upload_form": upload_form,
        "may_edit": not found.is_submitted and firms_visible(person, Right.EDIT).filter(pk=found.firm_id).exists(),
    }
    return render(request, "surveys/item.html", context, status=status)
