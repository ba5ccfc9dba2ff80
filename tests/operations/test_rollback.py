"""An operation succeeds whole or not at all: a fault at any of its statements leaves nothing half-written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from firms.models import Firm, Organisation, Person
from reports.services import report_request
from scoring.services import assessment_score
from surveys.library import instrument_get
from surveys.models import Assessment, Campaign, Target
from surveys.services import assessment_submit
from surveys.services.campaigns import CampaignPlan, campaign_create, target_join, targets_import
from surveys.targets_file import TargetRow
from tests.filling import NOW, answered

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 200
OURS = ("firms", "surveys", "scoring", "reports")


@pytest.fixture
def open_campaign(alice: Person) -> Campaign:
    association = Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, name="协会")
    plan = CampaignPlan("调查", "", date(2026, 1, 1), date(2026, 12, 31), "", asks_microdata=True)
    return campaign_create(
        association=association, instrument=instrument_get("bluebook"), plan=plan, person=alice, now=NOW
    )


class Injected(Exception):
    """What the test throws in the middle."""


@contextmanager
def breaking_at(number: int) -> Iterator[list[str]]:
    """The statement with this number, counted from 1, fails before it reaches the database."""
    seen: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        seen.append(sql)
        if len(seen) == number and not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            raise Injected
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield seen


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of ours, as it stands."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: sorted(map(str, model.objects.values_list())) for model in models}  # type: ignore[misc]


def survives_every_fault(operation: Callable[[], object]) -> int:
    """How many statements were broken in turn; AssertionError where one left a trace."""
    before = everything()
    for number in range(1, MOST_STATEMENTS):
        with breaking_at(number) as seen:
            try:
                with transaction.atomic():
                    operation()
                    if len(seen) >= number:
                        # A savepoint has this number: nothing to break, and the round is taken back.
                        raise Injected
            except Injected:
                assert everything() == before, f"statement {number} left a trace: {seen[-1]}"
                continue
        return number - 1
    raise AssertionError("the operation never came to its end")


def test_submitting_is_done_whole_or_not_at_all(firm: Firm, alice: Person) -> None:
    draft = answered(firm, alice)

    def submit() -> None:
        done = assessment_submit(assessment=draft, person=alice, now=NOW)
        assessment_score(assessment=done, now=NOW)
        report_request(assessment=done, language="en", person=alice, now=NOW)

    assert survives_every_fault(submit) > 10
    assert Assessment.objects.get().is_submitted


def test_joining_a_campaign_is_done_whole_or_not_at_all(firm: Firm, alice: Person, open_campaign: Campaign) -> None:
    row = TargetRow(firm.credit_code or "91330100799655058B", firm.name)
    targets_import(campaign=open_campaign, rows=[row], person=alice)
    target = Target.objects.get()

    def join() -> None:
        target_join(target=target, firm=firm, person=alice, agrees_microdata=True, now=NOW)

    assert survives_every_fault(join) > 5
    assert Target.objects.get().assessment is not None
