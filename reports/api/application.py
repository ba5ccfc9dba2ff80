"""The addresses of /api/v1/. Each is gate, service or selector, answer; pages and API share both."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from firms.gate import Right, fetch, firms_visible
from firms.models import Firm, Person
from firms.selectors.firms import firm_list
from reports.api.authentication import AUTHENTICATION
from reports.api.document import DocumentedAPI
from reports.api.problems import Problem, add_handlers
from reports.api.releases import router as releases
from reports.api.schemas import (
    AnswerIn,
    AnswerOut,
    AssessmentIn,
    AssessmentOut,
    FirmOut,
    InstrumentOut,
    ReportIn,
    ReportOut,
    ResultOut,
)
from reports.derivations import explanation_of, next_level_of
from reports.downloads import report_download
from reports.models import Report
from reports.queue import report_send
from reports.selectors import report_facts, report_fetch, submitted_fetch
from reports.services import report_request
from scoring.models import Result
from scoring.services import assessment_score
from surveys.instruments.export import to_json
from surveys.instruments.parse import read_yaml
from surveys.library import PUBLISHED, InstrumentUnknown, instrument_get, instrument_list, instrument_text
from surveys.models import Answer, Assessment
from surveys.requests import person_of
from surveys.selectors import assessment_fetch, assessment_instrument
from surveys.services import NewAnswer, answer_save, assessment_start, assessment_submit

# What any address may answer beside its own.
REFUSALS: dict[int, type[Schema]] = dict.fromkeys((401, 404, 422), Problem)
# 403: a browser's session changes something only with the page's token against forged forms.
CHANGE_REFUSALS = {**REFUSALS, 403: Problem, 409: Problem}


class Pages(LimitOffsetPagination):
    """Lists come in pages of at most 500."""

    class Input(Schema):
        limit: int = Field(100, ge=1, le=500)
        offset: int = Field(0, ge=0, le=10_000_000)


api = DocumentedAPI(
    title="QMS Survey",
    version="1",
    description="Assess, read results, order reports. Errors are application/problem+json.",
    docs_url=None,
    auth=AUTHENTICATION,
    urls_namespace="api",
)
add_handlers(api)
api.add_router("/releases", releases)


@api.get("/instruments", response={200: list[InstrumentOut], **REFUSALS}, auth=None, url_name="instruments")
def instruments(request: HttpRequest) -> list[dict[str, Any]]:
    """Every instrument in its latest version."""
    return [
        {
            "code": one.code,
            "version": one.version,
            "content_hash": one.content_hash,
            "title": one.title.to_dict(),
            "items": len(one.items),
        }
        for one in instrument_list()
    ]


@api.get("/instruments/{code}", response={200: dict[str, Any], **REFUSALS}, auth=None, url_name="instrument")
def instrument(request: HttpRequest, code: str, version: str | None = None) -> HttpResponse:
    """The whole instrument, as ``instrument export --format json`` writes it."""
    try:
        found, text = instrument_get(code, version), instrument_text(code, version)
    except InstrumentUnknown:
        raise Http404 from None
    if found.status != PUBLISHED:
        raise Http404
    return HttpResponse(_as_json(text), content_type="application/json")


@lru_cache(maxsize=32)
def _as_json(text: str) -> bytes:
    return to_json(read_yaml(text))


@api.get("/firms", response={200: list[FirmOut], **REFUSALS}, url_name="firms")
@paginate(Pages)
def firms(request: HttpRequest) -> QuerySet[Firm]:
    """The firms whose results you may see."""
    return firms_visible(person_of(request), Right.REPORT).order_by("name", "pk")


@api.get("/firms/{uuid:firm_id}", response={200: FirmOut, **REFUSALS}, url_name="firm")
def firm(request: HttpRequest, firm_id: UUID) -> Firm:
    return fetch(person_of(request), Firm.objects.all(), firm_id, Right.REPORT, via="")


@api.get(
    "/firms/{uuid:firm_id}/assessments", response={200: list[AssessmentOut], **REFUSALS}, url_name="firm-assessments"
)
@paginate(Pages)
def firm_assessments(request: HttpRequest, firm_id: UUID) -> QuerySet[Assessment]:
    """The firm's assessments, newest first."""
    found = fetch(person_of(request), Firm.objects.all(), firm_id, Right.REPORT, via="")
    return Assessment.objects.filter(firm=found).order_by("-started_at", "pk")


@api.post(
    "/firms/{uuid:firm_id}/assessments", response={201: AssessmentOut, **CHANGE_REFUSALS}, url_name="assessment-start"
)
def assessment_new(request: HttpRequest, firm_id: UUID, body: AssessmentIn) -> Status[Assessment]:
    """Starts an assessment, or gives the draft that is open."""
    found = fetch(person_of(request), Firm.objects.all(), firm_id, Right.EDIT, via="")
    try:
        chosen = instrument_get(body.instrument)
    except InstrumentUnknown:
        raise Http404 from None
    if chosen.status != PUBLISHED:
        raise Http404
    return Status(201, assessment_start(firm=found, instrument=chosen, person=person_of(request), now=timezone.now()))


@api.get("/assessments/{uuid:assessment_id}", response={200: AssessmentOut, **REFUSALS}, url_name="assessment")
def assessment(request: HttpRequest, assessment_id: UUID) -> Assessment:
    return assessment_fetch(person_of(request), assessment_id, Right.REPORT)


@api.get("/assessments/{uuid:assessment_id}/answers", response={200: list[AnswerOut], **REFUSALS}, url_name="answers")
@paginate(Pages)
def answers(request: HttpRequest, assessment_id: UUID) -> QuerySet[Answer]:
    """What has been answered so far."""
    found = assessment_fetch(person_of(request), assessment_id, Right.ANSWERS)
    if not found.is_submitted and not is_member(person_of(request), found.firm):
        raise Http404
    return Answer.objects.filter(assessment=found).order_by("item")


def is_member(person: Person, firm: Firm) -> bool:
    """What is still in work is for the firm's own people; outsiders see what was submitted."""
    return firm_list(person).filter(pk=firm.pk).exists()


@api.put(
    "/assessments/{uuid:assessment_id}/answers/{item}",
    response={200: AnswerOut, **CHANGE_REFUSALS},
    url_name="answer",
)
def answer(request: HttpRequest, assessment_id: UUID, item: str, body: AnswerIn) -> Answer:
    """Saves one answer; sending the same again changes nothing."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    chosen = assessment_instrument(found).item_by_code.get(item)
    if chosen is None:
        raise Http404
    new = NewAnswer(body.answer.strip(), body.reason, body.version)
    answer_save(assessment=found, item=chosen, answer=new, person=person_of(request), now=timezone.now())
    return Answer.objects.get(assessment=found, item=item)


@api.post("/assessments/{uuid:assessment_id}/submit", response={200: ResultOut, **CHANGE_REFUSALS}, url_name="submit")
def submit(request: HttpRequest, assessment_id: UUID) -> Result:
    """Freezes the answers and scores them."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    now = timezone.now()
    with transaction.atomic():
        submitted = assessment_submit(assessment=found, person=person_of(request), now=now)
        return assessment_score(assessment=submitted, now=now)


@api.get("/assessments/{uuid:assessment_id}/result", response={200: ResultOut, **REFUSALS}, url_name="result")
def result(request: HttpRequest, assessment_id: UUID) -> Result:
    """The figures of a submitted assessment."""
    return fetch(
        person_of(request),
        Result.objects.all(),
        Result.objects.filter(assessment=assessment_id).values_list("pk", flat=True).first(),
        Right.REPORT,
        via="assessment__firm",
    )


@api.get(
    "/assessments/{uuid:assessment_id}/explanation",
    response={200: dict[str, Any], **REFUSALS},
    url_name="explanation",
)
def explanation(request: HttpRequest, assessment_id: UUID) -> dict[str, Any]:
    """Every number of the result down to the answers."""
    found = submitted_fetch(person_of(request), assessment_id, Right.ANSWERS)
    return explanation_of(report_facts(found, "en")).to_dict()


@api.get(
    "/assessments/{uuid:assessment_id}/next-level",
    response={200: dict[str, Any], **REFUSALS},
    url_name="next-level",
)
def next_level(request: HttpRequest, assessment_id: UUID) -> dict[str, Any]:
    """The shortest ways to the next maturity level."""
    found = submitted_fetch(person_of(request), assessment_id, Right.REPORT)
    return next_level_of(report_facts(found, "en")).to_dict()


@api.post(
    "/assessments/{uuid:assessment_id}/reports", response={202: ReportOut, **CHANGE_REFUSALS}, url_name="report-order"
)
def report_order(request: HttpRequest, assessment_id: UUID, body: ReportIn) -> Status[Report]:
    """Orders the report in a language; ordering it twice gives the same report."""
    found = assessment_fetch(person_of(request), assessment_id, Right.REPORT)
    if not found.is_submitted:
        raise Http404
    with transaction.atomic():
        ordered = report_request(
            assessment=found, language=body.language, person=person_of(request), now=timezone.now()
        )
        if ordered.is_open:
            report_send(ordered)
    return Status(202, ordered)


@api.get("/reports/{uuid:report_id}", response={200: ReportOut, **REFUSALS}, url_name="report")
def report(request: HttpRequest, report_id: UUID) -> Report:
    return report_fetch(person_of(request), report_id)


FILE_ANSWER = {"description": "The file", "content": {"application/octet-stream": {"schema": {"format": "binary"}}}}


@api.get(
    "/reports/{uuid:report_id}/file",
    response=REFUSALS,
    url_name="report-file",
    openapi_extra={"responses": {200: FILE_ANSWER}},
)
def report_file(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The finished file; 404 while it is not ready."""
    return report_download(report_fetch(person_of(request), report_id), person_of(request))
