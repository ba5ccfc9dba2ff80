"""API tokens: less than the person, never more; hashed, expiring, revocable."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from firms.gate import Right, fetch, firms_visible, organisations_visible
from firms.models import ApiToken, Firm, Organisation
from firms.refusal import RefusalError
from firms.services.firms import firm_register
from firms.services.organisations import organisation_found
from firms.services.tokens import token_create, token_person, token_revoke
from tests.cast import PROFILE


def with_token(person, scope="report", **options):
    return token_person(token_create(person=person, name="script", scope=scope, days=30, **options))


def test_a_token_acts_for_its_person(firm, alice):
    assert with_token(alice) == alice


def test_only_the_hash_of_a_token_is_kept(alice):
    raw = token_create(person=alice, name="script", scope="report", days=30)
    assert raw not in str(ApiToken.objects.values().get())
    assert raw.startswith("qms_")


@pytest.mark.parametrize(
    ("scope", "rights"),
    [
        ("report", {Right.REPORT}),
        ("answers", {Right.REPORT, Right.ANSWERS}),
        ("evidence", {Right.REPORT, Right.ANSWERS, Right.EVIDENCE}),
        ("edit", {Right.REPORT, Right.ANSWERS, Right.EVIDENCE, Right.EDIT}),
    ],
)
def test_a_token_narrows_what_its_person_may_do(firm, alice, scope, rights):
    person = with_token(alice, scope)
    assert {right for right in Right if firms_visible(person, right).exists()} == rights


def test_no_token_can_manage(firm, alice):
    with pytest.raises(Http404):
        fetch(with_token(alice, "edit"), Firm.objects.all(), firm.pk, Right.MANAGE, via="")


def test_a_token_never_widens(firm, vera):
    assert list(firms_visible(with_token(vera, "edit"), Right.EDIT)) == []


def test_a_token_for_one_firm_opens_no_other(firm, alice):
    other = firm_register(person=alice, profile=PROFILE)
    person = with_token(alice, firm=firm)
    assert list(firms_visible(person, Right.REPORT)) == [firm]
    with pytest.raises(Http404):
        fetch(person, Firm.objects.all(), other.pk, Right.REPORT, via="")


def test_a_token_for_one_firm_opens_no_organisation(firm, alice):
    organisation_found(person=alice, kind=Organisation.Kind.GROUP, name="集团")
    assert not organisations_visible(with_token(alice, firm=firm)).exists()
    assert not organisations_visible(with_token(alice), manage=True).exists()


def test_a_token_expires(alice):
    raw = token_create(person=alice, name="script", scope="report", days=30)
    with time_machine.travel(timezone.now() + timedelta(days=30, seconds=1), tick=False):
        assert token_person(raw) is None


def test_a_revoked_token_is_refused_at_once(alice):
    raw = token_create(person=alice, name="script", scope="report", days=30)
    token_revoke(token=ApiToken.objects.get(), person=alice)
    assert token_person(raw) is None


def test_the_token_of_a_closed_account_is_refused(alice):
    raw = token_create(person=alice, name="script", scope="report", days=30)
    alice.is_active = False
    alice.save()
    assert token_person(raw) is None


@pytest.mark.parametrize("guess", ["", "qms_", "qms_" + "x" * 43, "\x00", "\ud800"])
def test_guesses_open_nothing(alice, guess):
    token_create(person=alice, name="script", scope="report", days=30)
    assert token_person(guess) is None


def test_the_last_use_is_noted(alice):
    with_token(alice)
    assert ApiToken.objects.get().last_used_at is not None


@pytest.mark.parametrize("days", [0, 367])
def test_the_life_of_a_token_has_bounds(alice, days):
    with pytest.raises(RefusalError):
        token_create(person=alice, name="script", scope="report", days=days)
