"""A form changes what it asks for and nothing else, whatever else is sent along: no owner, no state, no score."""

import json
import logging
from collections import Counter
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import models, transaction
from django.http import HttpResponse

from firms.models import Firm, Organisation, Person
from reports.api import schemas
from tests.access import table
from tests.access.table import Row
from tests.access.test_matrix import close_files
from tests.access.world import World
from tests.hostile.body_reading import ALL, BODY, Reading, columns, state
from tests.hostile.walking import ROWS, address
from tests.operations.test_scripts_of_strangers import campaign, profile

PROFILE = {"name", "name_en", "credit_code", "industry", "region", "employees", "revenue"}
LOOK = {"name", "contact", "title_zh", "title_en", "text_zh", "text_en", "footer", "accent"}
# Those names in a body that are columns somewhere, by address. Whoever adds one says here that a person may set it.
ASKED: dict[str, set[str]] = {
    "firm-new": PROFILE,
    "firm-profile": PROFILE,
    "firm-delete": {"name"},
    "firm-invite": {"role", "note"},
    "member-role": {"role"},
    "grant-give": {"organisation", "scope", "days"},
    "grant-link": {"scope", "days", "note"},
    "organisation-new": {"kind", "name", "name_en"},
    "organisation-invite": {"role", "note"},
    "grant-request": {"credit_code", "scope", "days", "message"},
    "account": {"name", "language"},
    "account-tokens": {"name", "scope", "firm", "days"},
    "platform-associations": {"name", "name_en"},
    "presence": {"part", "item"},
    "association-releases": {"label"},
    "pool-releases": {"label"},
    "campaigns": {"title", "title_en", "message", "opens_on", "closes_on", "asks_microdata"},
    "campaign-extend": {"closes_on"},
    "campaign-join": {"firm"},
    "team-ask": {"parts", "role"},
    "comment": {"text"},
    "report-order": {"language", "format", "sections"},
    "plan-add-item": {"item"},
    "plan-add-own": {"title"},
    "plan-step": {"status", "owner", "owner_text", "due_on", "evidence"},
    "clients-bulk": {"firm", "form", "language"},
    "consultant-comments": {"dimension", "text"},
    "consultant-comment": {"dimension", "text"},
    "spc-check": {"method", "carried"},
    "standing-begin": {"firm"},
    "brand": LOOK,
    "brand-preview": LOOK,
    "organisation-brand": LOOK,
    "organisation-brand-preview": LOOK,
}
# What makes each form do its work.
FILLED: dict[str, dict[str, Any]] = {
    "firm-new": profile(),
    "firm-profile": profile(name="新厂"),
    "firm-invite": {"role": "viewer", "note": "x"},
    "member-role": {"role": "editor"},
    "grant-link": {"scope": "report", "days": "30", "note": "x"},
    "organisation-new": {"kind": "consultancy", "name": "x", "name_en": ""},
    "organisation-invite": {"role": "member", "note": "x"},
    "grant-request": {"credit_code": "91330100799655058B", "scope": "report", "days": "30", "message": "x"},
    "account": {"name": "x", "language": "en"},
    "account-tokens": {"name": "x", "scope": "report", "days": "90", "firm": ""},
    "platform-associations": {"name": "x", "name_en": ""},
    "answer": {"RD-01-choice": "4", "RD-01-version": "0"},
    "campaigns": campaign(title="x"),
    "campaign-target-new": {"one-credit_code": "91110000802100433B", "one-name": "x"},
    "campaign-extend": {"closes_on": "2099-01-01"},
    "team-ask": {"parts": "RD", "role": "quality"},
    "comment": {"text": "x"},
    "comment-settle": {},
    "plan-fill": {},
    "plan-add-own": {"title": "x"},
    "plan-step": {"status": "doing", "owner": "", "owner_text": "x", "due_on": "", "evidence": "x"},
    "consultant-comments": {"dimension": "", "text": "x"},
    "consultant-comment": {"dimension": "", "text": "x"},
    "pool-give": {},
    "request-accept": {},
}
POSTED = [
    row for row in ROWS if "POST" in row.methods and not row.name.startswith(("account_", "mfa_", "set_", "api:"))
]
# The API's own; a name of a column that a program may set.
DOCUMENTS = {"AssessmentIn": set(), "AnswerIn": {"reason", "version"}, "ReportIn": {"language"}}


def role_of(row: Row, method: str = "POST") -> str | None:
    """Somebody signed in who is let in; None where nobody is."""
    return next((role for role in table.roles()[1:] if row.expected(method, role).startswith("ok")), None)


def send(everybody: World, row: Row, method: str, body: dict[str, Any]) -> HttpResponse:
    cache.clear()  # the rate limits' counts
    browser, to = everybody.browser(role_of(row, method) or "owner"), address(everybody, row)
    if row.name.startswith("api:"):
        return browser.generic(method, to, json.dumps(body), content_type="application/json")
    return browser.generic(method, to, *encoded(body))


def encoded(body: dict[str, Any]) -> tuple[str, str]:
    return urlencode(body, doseq=True), "application/x-www-form-urlencoded"


def read_by(everybody: World, row: Row, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    with monkeypatch.context() as patch, transaction.atomic():
        reading = Reading(patch)
        close_files(send(everybody, row, "POST", {BODY: "1"}))
        transaction.set_rollback(True)
    return reading.names & {*columns(), ALL}


def left_by(everybody: World, row: Row, method: str, body: dict[str, Any]) -> tuple[int, Counter[str]]:
    """The status and every row afterwards; nothing of it stays."""
    with transaction.atomic():
        response = send(everybody, row, method, body)
        close_files(response)
        found = response.status_code, state(known(everybody))
        transaction.set_rollback(True)
    return found


def known(everybody: World) -> set[Any]:
    return {person.pk for person in everybody.people.values()} | set(everybody.things.values())


def hostile(everybody: World, besides: set[str]) -> dict[str, Any]:
    """A value for every column of ours that is not asked for: somebody else's key, the highest right, a score."""
    return {name: value_for(one, everybody) for name, one in columns().items() if name not in besides}


def value_for(column: Any, everybody: World) -> str:
    keys = {Person: everybody.people["neighbour"].pk, Firm: everybody.things["firm"]}
    keys[Organisation] = everybody.things["other-association"]
    if column.is_relation:
        return str(keys.get(column.related_model, "1"))
    if column.choices:
        return str(list(column.choices)[-1][0])
    kinds = {models.BooleanField: "true", models.DateTimeField: "2000-01-01T00:00", models.DateField: "2000-01-01"}
    return kinds.get(type(column), "99")


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django")


def test_each_form_asks_for_its_own_fields_and_no_other(everybody: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {row.name: read_by(everybody, row, monkeypatch) for row in POSTED if role_of(row)}
    assert {name: found for name, found in asked.items() if found != ASKED.get(name, set())} == {}


def test_what_else_is_sent_along_changes_nothing(everybody: World) -> None:
    rows = [(row, FILLED[row.name]) for row in POSTED if row.name in FILLED]
    before, changed, effective = state(known(everybody)), [], set()
    for row, body in rows:
        plain = left_by(everybody, row, "POST", body)
        more = left_by(everybody, row, "POST", hostile(everybody, {*body, *ASKED.get(row.name, ())}) | body)
        changed += [] if more == plain else [(row.name, more[0], more[1] - plain[1], plain[1] - more[1])]
        effective |= {row.name} if plain[1] != before else set()
    assert changed == []
    # A form that was refused would prove nothing.
    assert effective == set(FILLED)


def test_a_program_sets_what_its_document_names_and_nothing_else(everybody: World) -> None:
    rows = [(row, method) for row in ROWS for method in ("POST", "PUT") if row.name.startswith("api:")]
    asked = [(row, method, json.loads(row.body["data"] or "{}")) for row, method in rows if method in row.methods]
    assert len(asked) >= 5
    for row, method, body in asked:
        plain = left_by(everybody, row, method, body)
        more = left_by(everybody, row, method, hostile(everybody, {*body, "reason", "key"}) | body)
        assert (row.name, more[1] - plain[1], plain[1] - more[1]) == (row.name, Counter(), Counter())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_names_no_column_that_is_not_the_callers(name: str) -> None:
    assert set(getattr(schemas, name).model_fields) & set(columns()) == DOCUMENTS[name]
