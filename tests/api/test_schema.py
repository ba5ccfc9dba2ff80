"""Every operation of the API keeps to its OpenAPI document whatever it is sent: schemathesis, as every caller."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from firms.models import Firm, Membership, Person
from firms.services.tokens import token_create
from qms_survey.wsgi import application
from reports.services import report_request
from tests.filling import NOW, answered, submitted

load_all_checks()
# What stays out: whether made-up data are accepted is for the services to say, by 404, 409 and 422; and who may see
# what is asked of every address and role in tests/access.
LEFT_OUT = {"positive_data_acceptance", "ensure_resource_availability", "use_after_free", "object_level_authorization"}
ALL = [CHECKS.get_one(name) for name in CHECKS.get_all_names() if name not in LEFT_OUT]
# `QMS_INPUTS=2000 make test ARGS="tests/api/test_schema.py"` for a long run.
INPUTS = int(os.environ.get("QMS_INPUTS", "4"))
CALLERS = ("owner", "viewer", "stranger", "nobody")
DOCUMENT = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = {operation.label: operation for operation in (found.ok() for found in DOCUMENT.get_all_operations())}


@pytest.fixture(autouse=True)
def one_transaction() -> Iterator[None]:
    """A request to the bare application would close the connection on which the test's transaction runs."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(firm: Firm, alice: Person, vera: Person, charlie: Person) -> dict[str, dict[str, str]]:
    """What each kind of caller sends to say who it is."""
    Membership.objects.get_or_create(firm=firm, person=vera, defaults={"role": Membership.Role.VIEWER})
    people = {"owner": alice, "viewer": vera, "stranger": charlie}
    told = {role: token_create(person=person, name=role, scope="edit", days=1) for role, person in people.items()}
    return {role: {"Authorization": f"Bearer {token}"} for role, token in told.items()} | {"nobody": {}}


@pytest.fixture
def real(firm: Firm, alice: Person) -> dict[str, str]:
    """Ids of what there is: with made-up ids alone every answer would be 404."""
    done = submitted(firm, alice)
    report = report_request(assessment=done, language="en", person=alice, now=NOW)
    draft = answered(firm, alice)
    return {
        "code": "bluebook",
        "firm_id": str(firm.pk),
        "assessment_id": str(draft.pk),
        "report_id": str(report.pk),
        "item": "RD-01",
    }


def ids_for(operation: Any, real: dict[str, str]) -> Any:
    """The real ids, and now and then made-up ones."""
    names = [parameter.name for parameter in operation.path_parameters]
    there = {name: real[name] for name in names if name in real}
    return st.one_of(operation.as_strategy(path_parameters=there or None), operation.as_strategy())


@pytest.mark.django_db
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("label", OPERATIONS)
def test_no_input_breaks_the_document(
    label: str, caller: str, headers: dict[str, dict[str, str]], real: dict[str, str]
) -> None:
    operation = OPERATIONS[label]

    @settings(
        max_examples=INPUTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=ids_for(operation, real))
    def keeps(case: Any) -> None:
        response = case.call(headers=headers[caller])
        assert response.status_code < 500
        case.validate_response(response, checks=ALL, headers=headers[caller])

    keeps()
