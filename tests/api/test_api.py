"""The API does what the pages do, for programs, through the same gate."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Person
from firms.services.tokens import token_create
from surveys.models import Assessment
from tests.filling import answered, started, submitted

Call = Callable[..., Any]


@pytest.fixture
def call() -> Call:
    """Calls an address with the token of a person."""

    def call(person: Person | None, method: str, name: str, *args: object, scope: str = "edit", **body: object) -> Any:
        headers = {}
        if person is not None:
            headers["Authorization"] = f"Bearer {token_create(person=person, name='test', scope=scope, days=1)}"
        sender = getattr(Client(headers=headers), method)
        options = {} if method == "get" else {"data": body, "content_type": "application/json"}
        return sender(reverse(f"api:{name}", args=args), **options)

    return call


def test_a_program_answers_submits_and_reads_the_result(firm: Firm, alice: Person, call: Call) -> None:
    assessment = answered(firm, alice)
    saved = call(alice, "put", "answer", assessment.pk, "RD-01", answer="5", version=1)
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    assert call(alice, "post", "submit", assessment.pk).status_code == 200
    result = call(alice, "get", "result", assessment.pk).json()
    assert result["figures"]["items"]["RD-01"] == 100.0
    assert result["index"] == Assessment.objects.get().result.index


def test_starting_gives_the_draft(firm: Firm, alice: Person, call: Call) -> None:
    first = call(alice, "post", "assessment-start", firm.pk, instrument="bluebook")
    again = call(alice, "post", "assessment-start", firm.pk, instrument="bluebook")
    assert (first.status_code, first.json()["id"]) == (201, again.json()["id"])


def test_without_a_token_nothing_is_told(firm: Firm, call: Call) -> None:
    response = call(None, "get", "firm", firm.pk)
    assert (response.status_code, response.headers["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("name", ["firm", "firm-assessments"])
def test_a_stranger_gets_what_does_not_exist(firm: Firm, charlie: Person, call: Call, name: str) -> None:
    assert call(charlie, "get", name, firm.pk).status_code == 404


@pytest.mark.parametrize("name", ["assessment", "answers", "result"])
def test_a_stranger_reads_no_assessment(firm: Firm, alice: Person, charlie: Person, call: Call, name: str) -> None:
    assessment = submitted(firm, alice)
    assert call(charlie, "get", name, assessment.pk).status_code == 404
    assert call(alice, "get", name, assessment.pk).status_code == 200


def test_a_token_for_reports_reads_no_answers_and_writes_none(firm: Firm, alice: Person, call: Call) -> None:
    assessment = started(firm, alice)
    assert call(alice, "get", "answers", assessment.pk, scope="report").status_code == 404
    assert call(alice, "put", "answer", assessment.pk, "RD-01", scope="answers", answer="5").status_code == 404
    assert not assessment.answers.exists()


@pytest.mark.parametrize(
    ("item", "answer", "status"),
    [("RD-01", "9", 422), ("DG-01", "200", 422), ("XX-01", "1", 404), ("RD-01", "1" * 500, 422)],
)
def test_an_answer_that_is_not_taken_is_a_problem_in_words(
    firm: Firm, alice: Person, call: Call, item: str, answer: str, status: int
) -> None:
    response = call(alice, "put", "answer", started(firm, alice).pk, item, answer=answer)
    assert response.status_code == status
    assert response.json()["title"]


def test_an_answer_based_on_an_old_version_is_a_conflict_with_what_stands(
    firm: Firm, alice: Person, call: Call
) -> None:
    assessment = answered(firm, alice)
    response = call(alice, "put", "answer", assessment.pk, "RD-01", answer="5", version=0)
    assert (response.status_code, response.json()["current"]) == (409, {"version": 1, "answer": "3"})


def test_submitting_too_early_names_what_is_missing(firm: Firm, alice: Person, call: Call) -> None:
    response = call(alice, "post", "submit", started(firm, alice).pk)
    assert (response.status_code, len(response.json()["missing"])) == (409, 36)


def test_a_program_reads_why_and_what_next(firm: Firm, alice: Person, charlie: Person, call: Call) -> None:
    assessment = submitted(firm, alice)
    why = call(alice, "get", "explanation", assessment.pk).json()
    onwards = call(alice, "get", "next-level", assessment.pk).json()
    assert why["index"] == assessment.result.index
    assert onwards["target"] == "prevention"
    assert call(charlie, "get", "explanation", assessment.pk).status_code == 404


def test_a_report_is_ordered_once(firm: Firm, alice: Person, call: Call) -> None:
    assessment = submitted(firm, alice)
    first = call(alice, "post", "report-order", assessment.pk, language="en")
    again = call(alice, "post", "report-order", assessment.pk, language="en")
    assert (first.status_code, first.json()["id"]) == (202, again.json()["id"])
    assert call(alice, "get", "report-file", first.json()["id"]).status_code == 404


def test_lists_come_in_pages(firm: Firm, alice: Person, call: Call) -> None:
    listed = call(alice, "get", "firms").json()
    assert (listed["count"], listed["items"][0]["id"]) == (1, str(firm.pk))


def test_instruments_are_open_to_everybody(db: None, call: Call) -> None:
    listed = call(None, "get", "instruments").json()
    whole = call(None, "get", "instrument", "bluebook").json()
    assert listed[0]["code"] == whole["code"] == "bluebook"
    assert sum(len(dimension["items"]) for dimension in whole["dimensions"]) == listed[0]["items"]


def test_the_document_describes_every_address(db: None) -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/assessments/{assessment_id}/answers/{item}" in document["paths"]
