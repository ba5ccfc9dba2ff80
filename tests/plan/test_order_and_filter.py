"""The plan's order, changed with buttons alone, and what it can be narrowed to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import Firm, Person
from reports.models import PlanStep
from reports.plan.services import plan_add, plan_move
from surveys.models import Assessment
from tests.filling import NOW
from tests.workspace.versions import handed_in

SignIn = Callable[[Person], Client]


@pytest.fixture
def planned(firm: Firm, alice: Person) -> Assessment:
    done = handed_in(firm, alice, NOW)
    for title in "abc":
        plan_add(assessment=done, title=title, person=alice, now=NOW)
    return done


def in_order() -> str:
    return "".join(PlanStep.objects.order_by("place").values_list("title", flat=True))


def moved(title: str, person: Person, *, up: bool) -> str:
    plan_move(step=PlanStep.objects.get(title=title), up=up, person=person, now=NOW)
    return in_order()


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(
    ("title", "up", "order"),
    [("b", True, "bac"), ("b", False, "acb"), ("a", True, "abc"), ("c", False, "abc"), ("c", True, "acb")],
)
def test_a_step_moves_by_one_place(alice: Person, title: str, up: bool, order: str) -> None:
    assert moved(title, alice, up=up) == order


@pytest.mark.usefixtures("planned")
def test_steps_that_share_a_place_can_be_moved_all_the_same(alice: Person) -> None:
    PlanStep.objects.update(place=1)
    before = list(PlanStep.objects.order_by("place", "added_at").values_list("title", flat=True))
    assert moved(before[2], alice, up=True) == before[0] + before[2] + before[1]


def test_a_press_of_the_button_moves_and_leads_back_to_the_step(
    planned: Assessment, alice: Person, signed_in: SignIn
) -> None:
    step = PlanStep.objects.get(title="c")
    answer = signed_in(alice).post(reverse("plan-step-move", args=[step.pk]), {"direction": "up"})
    assert answer.headers["Location"] == f"{reverse('plan', args=[planned.pk])}#step-{step.pk}"
    assert in_order() == "acb"


@pytest.mark.usefixtures("planned")
def test_who_may_not_edit_moves_nothing(vera: Person, signed_in: SignIn) -> None:
    step = PlanStep.objects.get(title="c")
    assert signed_in(vera).post(reverse("plan-step-move", args=[step.pk]), {"direction": "up"}).status_code == 404
    assert in_order() == "abc"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, "abc"),
        ({"status": "done"}, "b"),
        ({"due": "overdue"}, "a"),
        ({"due": "soon"}, "c"),
        ({"due": "none"}, ""),
        ({"due": "overdue", "status": "done"}, ""),
        ({"status": "no-such", "due": "never"}, "abc"),
    ],
)
def test_the_plan_is_narrowed_by_status_and_date(
    planned: Assessment, alice: Person, signed_in: SignIn, asked: dict[str, str], shown: str
) -> None:
    today = timezone.localdate()
    PlanStep.objects.update(due_on=today - timedelta(days=1))
    PlanStep.objects.filter(title="b").update(status="done")
    PlanStep.objects.filter(title="c").update(due_on=today + timedelta(days=30))
    page = signed_in(alice).get(reverse("plan", args=[planned.pk]), asked)
    assert "".join(line.title for line in page.context["lines"]) == shown


def test_a_narrowed_plan_offers_no_moving(planned: Assessment, alice: Person, signed_in: SignIn) -> None:
    browser, address = signed_in(alice), reverse("plan", args=[planned.pk])
    step = reverse("plan-step-move", args=[PlanStep.objects.get(title="b").pk])
    assert step in browser.get(address).text
    assert step not in browser.get(address, {"status": "open"}).text


def test_what_is_finished_is_never_overdue(planned: Assessment, alice: Person, signed_in: SignIn) -> None:
    PlanStep.objects.update(due_on=timezone.localdate() - timedelta(days=1), status="done")
    assert signed_in(alice).get(reverse("plan", args=[planned.pk])).context["late"] == 0
