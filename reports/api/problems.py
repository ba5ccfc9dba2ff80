"""Every error of the API is application/problem+json (RFC 9457), in the reader's language."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from surveys.faults import answer_fault_text
from surveys.instruments.coding import AnswerFault
from surveys.services import AnswerConflict, AssessmentClosed, AssessmentIncomplete

CONTENT_TYPE = "application/problem+json"


class Problem(Schema):
    """What went wrong and how to mend it. ``errors`` names the places in the request, where there are several."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] = []


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    response = JsonResponse(body, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def add_handlers(api: NinjaAPI) -> None:
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(AuthenticationError, _not_signed_in)
    api.add_exception_handler(ValidationError, _malformed)
    api.add_exception_handler(HttpError, _as_said)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(AnswerFault, _answer_refused)
    api.add_exception_handler(AnswerConflict, _conflict)
    api.add_exception_handler(AssessmentClosed, _closed)
    api.add_exception_handler(AssessmentIncomplete, _incomplete)


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, _("Not found"), _("There is nothing here, or nothing that you may see."))


def _not_signed_in(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(401, _("Not signed in"), _("Send a valid token: Authorization: Bearer qms_…"))


def _too_large(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(413, _("The upload is too large."))


def _as_said(request: HttpRequest, error: Any) -> HttpResponse:
    if error.status_code == HTTPStatus.FORBIDDEN:
        detail = _("Send a token: Authorization: Bearer qms_…; or, from a page of this site, its X-CSRFToken.")
        return problem(HTTPStatus.FORBIDDEN, _("Refused"), detail)
    return problem(error.status_code, str(error))


def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [{"place": [str(step) for step in one["loc"]], "message": one["msg"]} for one in error.errors]
    return problem(422, _("The request is not understood"), _("See “errors” for each place."), errors=errors)


def _answer_refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(422, _("The answer is not taken"), answer_fault_text(error))


def _conflict(request: HttpRequest, error: Any) -> HttpResponse:
    detail = _("Somebody has saved another answer meanwhile. Read it, then send yours with its version.")
    current = {"version": error.current.version, "answer": error.current.written}
    return problem(409, _("The answer has changed"), detail, current=current)


def _closed(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(409, _("Already submitted"), _("This assessment has been submitted and can no longer be changed."))


def _incomplete(request: HttpRequest, error: Any) -> HttpResponse:
    detail = _("Some items still have no answer. Nothing was submitted.")
    return problem(409, _("Not complete"), detail, missing=[item.code for item in error.items])
