"""What the plan brought: each step's answer then and now, what it is worth, and an honest word where none compares."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from firms.models import Firm, Person
from reports.models import PlanStep
from reports.plan.bringing import OTHER_ANSWERS, Outcome, index_gains, verdict_of
from reports.plan.reasons import reasons
from reports.plan.selectors import next_assessment, plan_behind, plan_lines
from reports.plan.services import plan_add, plan_fill
from reports.templatetags.plan import gain
from scoring.engine.steps import single_steps
from surveys.library import instrument_get
from surveys.models import Assessment
from surveys.selectors import answer_table
from tests.filling import NOW
from tests.plan.test_plan import TODAY
from tests.workspace.versions import CROSSWALK, handed_in, later_version

SignIn = Callable[[Person], Client]


@pytest.fixture
def planned(firm: Firm, alice: Person) -> Assessment:
    done = handed_in(firm, alice, NOW)
    plan_fill(assessment=done, codes=("RD-01", "RD-05", "DG-01"), person=alice, now=NOW)
    plan_add(assessment=done, title="5S", person=alice, now=NOW)
    return done


def again(firm: Firm, person: Person, **answers: str) -> Assessment:
    return handed_in(firm, person, NOW + timedelta(days=200), **answers)


def judged(assessment: Assessment) -> dict[str, Outcome]:
    with translation.override("en"):
        lines = plan_lines(assessment, next_assessment(assessment), language="en", today=TODAY)
    return {line.step.item: line.outcome for line in lines if line.outcome}


def in_version(firm: Firm, person: Person, crosswalk: str) -> Assessment:
    """The firm's next assessment, in a later version of the questionnaire."""
    return handed_in(firm, person, NOW + timedelta(days=200), later_version(crosswalk))


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path) -> None:
    """A home of its own, in which versions can be imported."""
    settings.QMS_HOME = tmp_path


def test_a_step_tells_answer_and_points_then_and_now(planned: Assessment, firm: Firm, alice: Person) -> None:
    again(firm, alice, RD_01="4")
    found = judged(planned)["RD-01"]
    assert (found.verdict, found.before, found.now) == ("reached", "Level 3", "Level 4")
    assert (found.points_before, found.points_now) == (50.0, 75.0)


def test_a_step_that_reached_its_aim_brings_what_was_promised(planned: Assessment, firm: Firm, alice: Person) -> None:
    again(firm, alice, RD_01="4")
    promised = reasons(planned, "en")["RD-01"].gain
    assert judged(planned)["RD-01"].gain == pytest.approx(promised)


def test_the_gain_of_a_step_leaves_other_answers_as_they_were(planned: Assessment) -> None:
    instrument, answers = instrument_get("bluebook"), planned.snapshot.answers
    steps = {step.item: step for step in single_steps(instrument, answer_table(instrument, answers))}
    gains = index_gains(instrument, answers, {"RD-01": "4", "RD-05": "4"})
    assert gains == pytest.approx({code: steps[code].gain for code in ("RD-01", "RD-05")})


def test_an_answer_that_fell_costs_points(planned: Assessment, firm: Firm, alice: Person) -> None:
    again(firm, alice, RD_01="2")
    assert (judged(planned)["RD-01"].gain or 0) < 0


def test_a_step_in_own_words_is_measured_by_nothing(planned: Assessment, firm: Firm, alice: Person) -> None:
    again(firm, alice)
    assert (judged(planned)[""].verdict, "no item" in judged(planned)[""].reason) == ("", True)


@pytest.mark.parametrize(("answer", "word"), [("NA", "not applicable"), ("DECLINE", "declined")])
def test_an_answer_on_no_ladder_is_told_and_not_judged(
    planned: Assessment, firm: Firm, alice: Person, answer: str, word: str
) -> None:
    again(firm, alice, RD_01=answer)
    found = judged(planned)["RD-01"]
    assert (found.verdict, found.gain, word in found.reason) == ("", None, True)


@pytest.mark.usefixtures("elsewhere")
def test_a_crosswalk_says_which_steps_compare(planned: Assessment, firm: Firm, alice: Person) -> None:
    in_version(firm, alice, CROSSWALK)
    found = judged(planned)
    assert {code: found[code].verdict for code in ("RD-01", "DG-01", "RD-05")} == {
        "RD-01": "same",
        "DG-01": "same",
        "RD-05": "",
    }
    assert found["RD-05"].reason == "Asked differently at the next assessment."


@pytest.mark.usefixtures("elsewhere")
def test_without_a_crosswalk_no_step_is_judged_and_no_index_compared(
    planned: Assessment, firm: Firm, alice: Person
) -> None:
    later = in_version(firm, alice, "{}")
    behind = plan_behind(later, "en", TODAY)
    assert behind is not None
    assert {line.verdict for line in behind.lines} == {""}
    assert (behind.brought.compares, behind.brought.gain) == (False, None)


@pytest.mark.parametrize(
    ("code", "before", "after", "now"),
    [("DG-01", "50", "80", "yes"), ("RD-01", "3", "4", "6"), ("DG-02", "no", "yes", "2")],
)
def test_an_answer_that_the_plans_version_does_not_know_is_not_judged(
    code: str, before: str, after: str, now: str
) -> None:
    step = PlanStep(item=code, before=before, after=after)
    assert verdict_of(instrument_get("bluebook").item(code), step, now) == Outcome(reason=str(OTHER_ANSWERS))


def test_the_results_of_the_next_assessment_show_the_plan_behind_it(
    planned: Assessment, firm: Firm, alice: Person, signed_in: SignIn
) -> None:
    later = again(firm, alice, RD_01="4")
    browser = signed_in(alice)
    browser.post(reverse("set_language"), {"language": "en"})
    page = browser.get(reverse("results", args=[later.pk])).text
    assert "What the action plan brought" in page
    assert "Level 3 → Level 4" in page


def test_results_without_a_plan_behind_them_show_none(firm: Firm, alice: Person) -> None:
    handed_in(firm, alice, NOW)
    assert plan_behind(again(firm, alice), "en", TODAY) is None


def test_every_step_says_why_it_stands_there(firm: Firm, alice: Person) -> None:
    done = handed_in(firm, alice, NOW, RD_01="2")
    with translation.override("en"):
        why = reasons(done, "en")["RD-01"]
    assert (why.answer, why.score, why.is_gap) == ("Level 2", 25.0, True)
    assert why.gain is not None and why.gain > 0


def test_a_step_names_who_practises_it(planned: Assessment) -> None:
    with translation.override("en"):
        whys = reasons(planned, "en").values()
    assert any("firms surveyed" in why.practised_by for why in whys)


def test_the_workbook_tells_what_the_page_tells(
    planned: Assessment, firm: Firm, alice: Person, signed_in: SignIn
) -> None:
    again(firm, alice, RD_01="4")
    PlanStep.objects.filter(item="RD-01").update(due_on=TODAY - timedelta(days=900))
    browser = signed_in(alice)
    browser.post(reverse("set_language"), {"language": "en"})
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get(reverse("plan-file", args=[planned.pk])).content)).active
    named = dict(zip([cell.value for cell in sheet[3]], [cell.value for cell in sheet[4]], strict=True))
    assert (named["Overdue"], named["Next assessment"], named["Answer now"]) == ("overdue", "Reached", "Level 4")
    assert named["Brought, index points"] == pytest.approx(reasons(planned, "en")["RD-01"].gain)


@pytest.mark.parametrize(
    ("points", "shown"), [(1.25, "+1.2"), (-1.25, "−1.2"), (0.01, "0.0"), (-0.01, "0.0"), (None, "–")]
)
def test_a_gain_bears_its_sign(points: float | None, shown: str) -> None:
    assert gain(points) == shown
