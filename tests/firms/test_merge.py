"""Merging a firm that was registered twice."""

from dataclasses import replace

import pytest

from firms import registry
from firms.gate import Right, firms_visible
from firms.models import Firm, Grant, Invitation, Membership
from firms.refusal import RefusalError
from firms.selectors.audit import firm_trail
from firms.selectors.consent import grants_in_force, pool_firms
from firms.services.consent import Recipient, grant_give, pool_consent_give
from firms.services.firms import firm_register
from firms.services.invitations import invitation_create, invitation_merge, invitation_open
from firms.services.merge import firm_merge
from tests.cast import PROFILE


@pytest.fixture
def twin(charlie):
    """The same firm, registered once more by Charlie."""
    return firm_register(person=charlie, profile=replace(PROFILE, credit_code="914403001922038216"))


def merge(firm, twin, alice, charlie):
    return firm_merge(keep=firm, drop=twin, keeper=alice, giver=charlie)


def test_both_owners_agree_by_link(firm, twin, alice, charlie):
    token = invitation_create(person=alice, kind=Invitation.Kind.MERGE, to=firm)
    invitation_merge(invitation=invitation_open(token), person=charlie, firm=twin)
    assert list(Firm.objects.all()) == [firm]


def test_who_does_not_own_a_firm_cannot_give_it_away(firm, twin, alice, bob):
    token = invitation_create(person=alice, kind=Invitation.Kind.MERGE, to=firm)
    with pytest.raises(RefusalError):
        invitation_merge(invitation=invitation_open(token), person=bob, firm=twin)
    assert Firm.objects.count() == 2


def test_nobody_loses_access(firm, twin, alice, bob, charlie):
    merge(firm, twin, alice, charlie)
    assert [firms_visible(person, Right.EDIT).get() for person in (alice, bob, charlie)] == [firm] * 3


def test_who_was_in_both_keeps_the_stronger_role(firm, twin, alice, bob, charlie):
    Membership.objects.create(firm=twin, person=bob, role="owner")
    merge(firm, twin, alice, charlie)
    assert Membership.objects.get(person=bob).role == "owner"


def test_no_consent_grows_by_a_merge(firm, twin, alice, bob, charlie):
    grant_give(firm=twin, giver=charlie, recipient=Recipient(person=bob), scope="evidence", days=30)
    merge(firm, twin, alice, charlie)
    assert list(grants_in_force(firm)) == []
    assert Grant.objects.get().firm == firm


@pytest.mark.parametrize(("first", "second", "counted"), [(1, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 0)])
def test_the_firm_stays_in_the_pool_only_if_both_were_in_it(firm, twin, alice, charlie, first, second, counted):
    consents = [(firm, alice)] * first + [(twin, charlie)] * second
    for consenting, owner in consents:
        pool_consent_give(firm=consenting, person=owner)
    merge(firm, twin, alice, charlie)
    assert pool_firms().count() == counted


def test_the_credit_code_goes_over_where_none_was(firm, twin, alice, charlie):
    merge(firm, twin, alice, charlie)
    firm.refresh_from_db()
    assert firm.credit_code == "914403001922038216"


def test_the_trail_of_both_is_read_together(firm, twin, alice, charlie):
    merge(firm, twin, alice, charlie)
    actions = [entry.action for entry in firm_trail(firm)]
    assert actions.count("firm.registered") == 2
    assert {"firm.merged", "firm.merged_away"} <= set(actions)


def test_the_floors_above_settle_what_cannot_simply_go_over(firm, twin, alice, charlie):
    seen = []
    registry.merge_steps.append(lambda keep, drop: seen.append((keep.pk, drop.pk)))
    former = twin.pk
    merge(firm, twin, alice, charlie)
    registry.merge_steps.pop()
    assert seen == [(firm.pk, former)]


def test_a_firm_is_not_merged_with_itself(firm, alice):
    with pytest.raises(RefusalError):
        firm_merge(keep=firm, drop=firm, keeper=alice, giver=alice)
