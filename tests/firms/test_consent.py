"""The consent ledger: scope, period, withdrawal, requests, and the log that the firm sees."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from firms.context import Origin, origin
from firms.gate import Right, fetch, firms_visible
from firms.models import AuditEntry, Firm, Grant, GrantRequest, Membership, OrganisationMember
from firms.refusal import RefusalError
from firms.selectors.audit import lines, outsiders_trail
from firms.selectors.consent import grants_in_force, pool_firms, requests_waiting
from firms.services.consent import (
    Recipient,
    grant_give,
    grant_request,
    grant_revoke,
    pool_consent_give,
    pool_consent_withdraw,
    request_accept,
    request_decline,
    request_withdraw,
)
from firms.services.firms import firm_register
from firms.services.organisations import organisation_found, organisation_member_remove
from tests.cast import PROFILE

CODE = "914403001922038216"


@pytest.fixture
def consultancy(charlie):
    return organisation_found(person=charlie, kind="consultancy", name="精益顾问")


@pytest.fixture
def coded_firm(firm):
    Firm.objects.filter(pk=firm.pk).update(credit_code=CODE)
    return firm


def consent(firm, alice, recipient, scope="report", days=30):
    return grant_give(firm=firm, giver=alice, recipient=recipient, scope=scope, days=days)


def rights(person, firm):
    return {right for right in Right if firms_visible(person, right).filter(pk=firm.pk).exists()}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("report", {Right.REPORT}),
        ("answers", {Right.REPORT, Right.ANSWERS}),
        ("evidence", {Right.REPORT, Right.ANSWERS, Right.EVIDENCE}),
    ],
)
def test_each_scope_includes_the_ones_before_and_never_a_change(firm, alice, charlie, scope, expected):
    consent(firm, alice, Recipient(person=charlie), scope)
    assert rights(charlie, firm) == expected


def test_consent_for_a_consultancy_is_for_everybody_in_it(firm, alice, consultancy, charlie, bob):
    Membership.objects.filter(person=bob).delete()
    OrganisationMember.objects.create(organisation=consultancy, person=bob)
    consent(firm, alice, Recipient(organisation=consultancy))
    assert rights(charlie, firm) == rights(bob, firm) == {Right.REPORT}


def test_who_leaves_the_consultancy_loses_its_clients(firm, alice, consultancy, bob):
    Membership.objects.filter(person=bob).delete()
    colleague = OrganisationMember.objects.create(organisation=consultancy, person=bob)
    consent(firm, alice, Recipient(organisation=consultancy))
    organisation_member_remove(member=colleague, person=bob)
    assert rights(bob, firm) == set()


def test_consent_begins_at_once_and_ends_by_itself(firm, alice, charlie):
    consent(firm, alice, Recipient(person=charlie), days=30)
    for days, expected in [(0, {Right.REPORT}), (29.9, {Right.REPORT}), (30.1, set())]:
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert rights(charlie, firm) == expected


def test_a_consent_that_begins_later_opens_nothing_yet(firm, alice, charlie):
    grant = consent(firm, alice, Recipient(person=charlie), days=30)
    Grant.objects.filter(pk=grant.pk).update(starts_at=timezone.now() + timedelta(days=1))
    assert rights(charlie, firm) == set()


def test_the_consent_of_one_firm_opens_no_other(firm, alice, charlie):
    other = firm_register(person=alice, profile=PROFILE)
    consent(other, alice, Recipient(person=charlie), "evidence")
    assert rights(charlie, firm) == set()


def test_withdrawing_ends_access_with_the_next_request(firm, alice, charlie):
    grant = consent(firm, alice, Recipient(person=charlie), "evidence")
    grant_revoke(grant=grant, person=alice)
    assert rights(charlie, firm) == set()


def test_a_new_consent_replaces_the_earlier_one(firm, alice, charlie):
    consent(firm, alice, Recipient(person=charlie), "evidence")
    consent(firm, alice, Recipient(person=charlie), "report")
    assert rights(charlie, firm) == {Right.REPORT}
    assert grants_in_force(firm).count() == 1


def test_an_association_cannot_be_given_consent(firm, alice, charlie):
    charlie.is_staff = True
    association = organisation_found(person=charlie, kind="association", name="质量协会")
    with pytest.raises(RefusalError):
        consent(firm, alice, Recipient(organisation=association))


@pytest.mark.parametrize("days", [0, -1, 5000])
def test_a_period_has_bounds(firm, alice, charlie, days):
    with pytest.raises(RefusalError):
        consent(firm, alice, Recipient(person=charlie), days=days)


def test_a_named_consultants_consent_is_theirs_alone(firm, alice, charlie, consultancy, bob):
    Membership.objects.filter(person=bob).delete()
    OrganisationMember.objects.create(organisation=consultancy, person=bob)
    consent(firm, alice, Recipient(person=charlie))
    assert rights(bob, firm) == set()


def test_every_look_of_an_outsider_is_written_to_the_firms_log(firm, alice, charlie):
    consent(firm, alice, Recipient(person=charlie), "answers")
    fetch(charlie, Firm.objects.all(), firm.pk, Right.REPORT, via="")
    fetch(charlie, Firm.objects.all(), firm.pk, Right.ANSWERS, via="")
    assert [entry.action for entry in outsiders_trail(firm)] == ["access.answers", "access.report"]


def test_the_log_says_in_plain_words_who_looked_at_what(firm, alice, charlie, consultancy):
    consent(firm, alice, Recipient(organisation=consultancy))
    fetch(charlie, Firm.objects.all(), firm.pk, Right.REPORT, via="")
    line = next(lines(outsiders_trail(firm)))
    assert line.who == "Charlie (精益顾问)"
    assert line.what


def test_a_members_look_is_not_an_outsiders(firm, alice, bob):
    fetch(bob, Firm.objects.all(), firm.pk, Right.ANSWERS, via="")
    assert not outsiders_trail(firm).exists()


def test_one_page_that_fetches_twice_is_one_look(firm, alice, charlie):
    consent(firm, alice, Recipient(person=charlie))
    token = origin.set(Origin(address="192.0.2.1"))
    for _ in range(3):
        fetch(charlie, Firm.objects.all(), firm.pk, Right.REPORT, via="")
    origin.reset(token)
    assert outsiders_trail(firm).count() == 1


def test_a_refused_look_is_not_logged_as_one(firm, alice, charlie):
    with pytest.raises(Http404):
        fetch(charlie, Firm.objects.all(), firm.pk, Right.REPORT, via="")
    assert not outsiders_trail(firm).exists()


def test_the_firm_answers_a_request_with_yes(coded_firm, alice, charlie, consultancy):
    asked = grant_request(person=charlie, organisation=consultancy, credit_code=CODE, scope="answers", days=90)
    request_accept(request=requests_waiting(coded_firm).get(), person=alice)
    asked.refresh_from_db()
    assert asked.state == GrantRequest.State.ACCEPTED
    assert rights(charlie, coded_firm) == {Right.REPORT, Right.ANSWERS}


def test_asking_gives_nothing_yet(coded_firm, charlie, consultancy):
    grant_request(person=charlie, organisation=consultancy, credit_code=CODE, scope="report", days=90)
    assert rights(charlie, coded_firm) == set()


def test_a_request_that_was_declined_cannot_be_accepted_later(coded_firm, alice, charlie, consultancy):
    asked = grant_request(person=charlie, organisation=consultancy, credit_code=CODE, scope="report", days=90)
    request_decline(request=asked, person=alice)
    with pytest.raises(RefusalError):
        request_accept(request=asked, person=alice)
    assert not Grant.objects.exists()


def test_a_withdrawn_request_cannot_be_accepted(coded_firm, alice, charlie, consultancy):
    asked = grant_request(person=charlie, organisation=consultancy, credit_code=CODE, scope="report", days=90)
    request_withdraw(request=asked, person=charlie)
    with pytest.raises(RefusalError):
        request_accept(request=asked, person=alice)


def test_asking_for_an_unknown_firm_looks_the_same(db, charlie, consultancy):
    asked = grant_request(person=charlie, organisation=consultancy, credit_code=CODE, scope="report", days=90)
    assert (asked.firm, asked.state) == (None, GrantRequest.State.OPEN)


@pytest.mark.parametrize("registered", [True, False])
def test_asking_twice_is_refused_whether_or_not_the_firm_is_here(firm, charlie, consultancy, registered):
    Firm.objects.filter(pk=firm.pk).update(credit_code=CODE * registered)
    grant_request(person=charlie, organisation=consultancy, credit_code=CODE, scope="report", days=90)
    with pytest.raises(RefusalError):
        grant_request(person=charlie, organisation=consultancy, credit_code=CODE, scope="report", days=90)


def test_the_benchmark_pool_is_a_consent_of_its_own(firm, alice, charlie):
    consent(firm, alice, Recipient(person=charlie), "evidence")
    assert list(pool_firms()) == []


def test_the_pool_counts_a_firm_until_it_withdraws(firm, alice):
    pool_consent_give(firm=firm, person=alice)
    assert list(pool_firms()) == [firm]
    pool_consent_withdraw(firm=firm, person=alice)
    assert list(pool_firms()) == []


def test_consenting_to_the_pool_twice_counts_once(firm, alice):
    pool_consent_give(firm=firm, person=alice)
    pool_consent_give(firm=firm, person=alice)
    assert list(pool_firms()) == [firm]


def test_every_step_of_a_consent_is_recorded(firm, alice, charlie):
    grant = consent(firm, alice, Recipient(person=charlie))
    grant_revoke(grant=grant, person=alice)
    grant_revoke(grant=grant, person=alice)
    actions = AuditEntry.objects.filter(action__startswith="grant.").values_list("action", flat=True)
    assert list(actions) == ["grant.given", "grant.revoked"]
