"""The action plan: filled from the results, kept by the firm, and measured by the next assessment."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Person
from reports.models import PlanStep
from reports.plan.bringing import rung
from reports.plan.selectors import brought_by, next_assessment, plan_lines
from reports.plan.services import plan_add, plan_fill, suggested_codes
from surveys.library import instrument_get
from surveys.models import Assessment
from tests.filling import NOW, submitted

SignIn = Callable[[Person], Client]
TODAY = date(2026, 11, 24)


@pytest.fixture
def assessment(firm: Firm, alice: Person) -> Assessment:
    return submitted(firm, alice)


@pytest.fixture
def planned(assessment: Assessment, alice: Person) -> Assessment:
    plan_fill(assessment=assessment, codes=("RD-01", "DG-01"), person=alice, now=NOW)
    return assessment


def again(firm: Firm, person: Person, **answers: str) -> Assessment:
    later = submitted(firm, person, **answers)
    Assessment.objects.filter(pk=later.pk).update(submitted_at=NOW + timedelta(days=200))
    return later


def outcomes(assessment: Assessment) -> dict[str, str]:
    lines = plan_lines(assessment, next_assessment(assessment), language="en", today=TODAY)
    return {line.step.item: line.verdict for line in lines}


def test_a_step_leads_to_the_next_answer(planned: Assessment) -> None:
    steps = {step.item: (step.before, step.after) for step in PlanStep.objects.all()}
    assert steps == {"RD-01": ("3", "4"), "DG-01": ("50", "80")}


def test_what_the_results_suggest_is_taken_over(assessment: Assessment, alice: Person, signed_in: SignIn) -> None:
    signed_in(alice).post(reverse("plan-fill", args=[assessment.pk]))
    assert tuple(PlanStep.objects.order_by("place").values_list("item", flat=True)) == suggested_codes(assessment, "en")


def test_taking_over_twice_adds_nothing(planned: Assessment, alice: Person) -> None:
    assert plan_fill(assessment=planned, codes=("RD-01",), person=alice, now=NOW) == 0


def test_an_item_at_the_top_cannot_be_planned(firm: Firm, alice: Person) -> None:
    top = submitted(firm, alice, RD_01="5")
    assert plan_fill(assessment=top, codes=("RD-01", "no-such"), person=alice, now=NOW) == 0


@pytest.mark.parametrize(
    ("answer", "outcome"), [("4", "reached"), ("5", "reached"), ("3", "same"), ("2", "lower"), ("NA", "")]
)
def test_the_next_assessment_shows_what_a_step_brought(
    planned: Assessment, firm: Firm, alice: Person, answer: str, outcome: str
) -> None:
    again(firm, alice, RD_01=answer)
    assert outcomes(planned)["RD-01"] == outcome


@pytest.mark.parametrize(("answer", "outcome"), [("85", "reached"), ("65", "nearer"), ("50", "same"), ("DK", "lower")])
def test_a_share_may_come_nearer(planned: Assessment, firm: Firm, alice: Person, answer: str, outcome: str) -> None:
    again(firm, alice, DG_01=answer)
    assert outcomes(planned)["DG-01"] == outcome


def test_the_gain_is_that_of_the_index(planned: Assessment, firm: Firm, alice: Person) -> None:
    later = again(firm, alice, RD_01="5", DG_01="90")
    lines = plan_lines(planned, later, language="en", today=TODAY)
    brought = brought_by(planned, lines, later)
    assert (brought.reached, brought.of) == (2, 2)
    assert brought.gain == pytest.approx(later.result.index - planned.result.index)


def test_without_a_next_assessment_nothing_is_claimed(planned: Assessment) -> None:
    assert set(outcomes(planned).values()) == {""}


@pytest.mark.parametrize(
    ("code", "written", "place"),
    [
        ("RD-01", "3", 2.0),
        ("RD-01", "DK", -1.0),
        ("RD-01", "NA", None),
        ("DG-02", "yes", 1.0),
        ("DG-02", "no", 0.0),
        ("DG-01", "35", 35.0),
    ],
)
def test_every_answer_has_its_rung(code: str, written: str, place: float | None) -> None:
    assert rung(instrument_get("bluebook").item(code), written) == place


def edited(browser: Client, step: PlanStep, **values: object) -> int:
    form = {"status": "doing", "owner_text": "质量部", "due_on": "2026-12-31", "evidence": "记录 A"} | values
    return browser.post(reverse("plan-step", args=[step.pk]), form).status_code


def test_who_when_and_how_far_is_kept(planned: Assessment, alice: Person, bob: Person, signed_in: SignIn) -> None:
    step = PlanStep.objects.get(item="RD-01")
    edited(signed_in(alice), step, owner=bob.pk, owner_text="")
    step.refresh_from_db()
    assert (step.owner, step.status, step.due_on, step.evidence) == (bob, "doing", date(2026, 12, 31), "记录 A")


def test_a_step_is_given_to_people_of_the_firm_only(
    planned: Assessment, alice: Person, charlie: Person, signed_in: SignIn
) -> None:
    assert edited(signed_in(alice), PlanStep.objects.get(item="RD-01"), owner=charlie.pk) == 200
    assert PlanStep.objects.get(item="RD-01").owner is None


@pytest.mark.parametrize("wrong", [{"due_on": "tomorrow"}, {"status": "maybe"}, {"evidence": "x" * 1001}])
def test_what_is_not_understood_is_told_and_changes_nothing(
    planned: Assessment, alice: Person, signed_in: SignIn, wrong: dict[str, str]
) -> None:
    assert edited(signed_in(alice), PlanStep.objects.get(item="RD-01"), **wrong) == 200
    assert PlanStep.objects.get(item="RD-01").status == "open"


def test_a_step_that_is_late_is_told(planned: Assessment) -> None:
    PlanStep.objects.filter(item="RD-01").update(due_on=TODAY - timedelta(days=1))
    late = {line.step.item: line.late for line in plan_lines(planned, None, language="en", today=TODAY)}
    assert late == {"RD-01": True, "DG-01": False}


def test_a_step_in_own_words_is_text_wherever_it_stands(
    assessment: Assessment, alice: Person, signed_in: SignIn
) -> None:
    words = '=HYPERLINK("x") <script>alert(1)</script>'
    signed_in(alice).post(reverse("plan-add-own", args=[assessment.pk]), {"title": words})
    page = signed_in(alice).get(reverse("plan", args=[assessment.pk])).content.decode()
    file = signed_in(alice).get(reverse("plan-file", args=[assessment.pk])).content
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows() for cell in row]
    assert "<script>alert" not in page
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "d", "n"}
    assert f"'{words}" in [cell.value for cell in cells]


def test_a_viewer_reads_and_changes_nothing(planned: Assessment, vera: Person, bob: Person, signed_in: SignIn) -> None:
    browser = signed_in(vera)
    assert browser.get(reverse("plan", args=[planned.pk])).status_code in (200, 404)
    assert edited(browser, PlanStep.objects.get(item="RD-01")) == 404
    assert browser.post(reverse("plan-fill", args=[planned.pk])).status_code == 404


def test_a_stranger_finds_no_plan(planned: Assessment, charlie: Person, signed_in: SignIn) -> None:
    browser, step = signed_in(charlie), PlanStep.objects.get(item="RD-01")
    assert browser.get(reverse("plan", args=[planned.pk])).status_code == 404
    assert browser.post(reverse("plan-step-remove", args=[step.pk])).status_code == 404
    assert PlanStep.objects.count() == 2


def test_the_page_costs_the_same_for_few_and_for_many_steps(
    planned: Assessment, alice: Person, signed_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    browser, address = signed_in(alice), reverse("plan", args=[planned.pk])
    for number in range(20):
        plan_add(assessment=planned, title=f"step {number}", person=alice, now=NOW)
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        browser.get(address)
