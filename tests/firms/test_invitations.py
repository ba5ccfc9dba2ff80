"""Invitation links: random, hashed, single-use, expiring, revocable."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from firms.models import Grant, Invitation, Membership, Organisation, OrganisationMember
from firms.refusal import RefusalError
from firms.secret import digest_of
from firms.services.invitations import (
    Terms,
    invitation_create,
    invitation_join,
    invitation_join_organisation,
    invitation_open,
    invitation_receive_grant,
    invitation_revoke,
)
from firms.services.organisations import organisation_found

COLLEAGUE, OUTSIDER = Invitation.Kind.COLLEAGUE, Invitation.Kind.OUTSIDER


@pytest.fixture
def token(firm, alice):
    return invitation_create(person=alice, kind=COLLEAGUE, to=firm, terms=Terms(role="editor"))


@pytest.fixture
def consultant_token(firm, alice):
    return invitation_create(person=alice, kind=OUTSIDER, to=firm, terms=Terms(scope="answers", days=30))


def test_a_link_carries_at_least_128_random_bits(firm, alice):
    tokens = {invitation_create(person=alice, kind=COLLEAGUE, to=firm, terms=Terms(role="editor")) for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(token) for token in tokens) * 6 >= 256


def test_only_the_hash_of_a_link_is_kept(token):
    kept = str(Invitation.objects.values().get())
    assert token not in kept
    assert digest_of(token) in kept


def test_a_colleague_joins_with_the_role_of_the_link(token, firm, charlie):
    invitation_join(invitation=invitation_open(token), person=charlie)
    assert Membership.objects.get(firm=firm, person=charlie).role == "editor"


def test_a_link_works_once(token, charlie):
    invitation_join(invitation=invitation_open(token), person=charlie)
    assert invitation_open(token) is None


def test_of_two_who_open_a_link_together_only_one_gets_in(token, charlie, bob):
    first, second = invitation_open(token), invitation_open(token)
    Membership.objects.filter(person=bob).delete()
    invitation_join(invitation=first, person=charlie)
    with pytest.raises(RefusalError):
        invitation_join(invitation=second, person=bob)
    assert not Membership.objects.filter(person=bob).exists()


@pytest.mark.parametrize(("days", "works"), [(13.9, True), (14.1, False)])
def test_a_link_lives_for_14_days(token, days, works):
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        assert (invitation_open(token) is not None) is works


def test_a_link_that_was_taken_back_does_not_work(token, alice):
    invitation_revoke(invitation=invitation_open(token), person=alice)
    assert invitation_open(token) is None


def test_taking_back_wins_over_a_page_already_open(token, alice, charlie):
    opened = invitation_open(token)
    invitation_revoke(invitation=opened, person=alice)
    with pytest.raises(RefusalError):
        invitation_join(invitation=opened, person=charlie)


def test_a_link_of_a_closed_account_does_not_work(token, alice):
    alice.is_active = False
    alice.save()
    assert invitation_open(token) is None


@pytest.mark.parametrize("guess", ["", "x", "x" * 43, "\x00", "💥", "\ud800", "' OR 1=1 --"])
def test_guesses_open_nothing(token, guess):
    assert invitation_open(guess) is None


def test_a_members_own_link_is_refused_and_stays_usable(token, bob):
    with pytest.raises(RefusalError):
        invitation_join(invitation=invitation_open(token), person=bob)
    assert invitation_open(token) is not None


def test_a_consultant_takes_the_consent_by_name(consultant_token, charlie):
    grant = invitation_receive_grant(invitation=invitation_open(consultant_token), person=charlie, organisation=None)
    assert (grant.person, grant.organisation, grant.scope) == (charlie, None, "answers")


def test_a_consultant_takes_the_consent_for_their_consultancy(consultant_token, charlie):
    consultancy = organisation_found(person=charlie, kind="consultancy", name="精益顾问")
    grant = invitation_receive_grant(
        invitation=invitation_open(consultant_token), person=charlie, organisation=consultancy
    )
    assert (grant.person, grant.organisation) == (None, consultancy)


def test_nobody_takes_a_consent_for_somebody_elses_organisation(consultant_token, charlie, bob):
    foreign = organisation_found(person=bob, kind="consultancy", name="精益顾问")
    with pytest.raises(RefusalError):
        invitation_receive_grant(invitation=invitation_open(consultant_token), person=charlie, organisation=foreign)
    assert not Grant.objects.exists()


def test_a_link_leads_into_an_organisation(alice, charlie):
    group = organisation_found(person=alice, kind=Organisation.Kind.GROUP, name="集团")
    token = invitation_create(person=alice, kind=Invitation.Kind.ORGANISATION, to=group, terms=Terms(role="member"))
    invitation_join_organisation(invitation=invitation_open(token), person=charlie)
    assert OrganisationMember.objects.get(person=charlie).role == "member"
