"""Who works in a firm. A firm never loses its last owner, and nobody loses access by accident."""

import pytest

from firms.gate import Right, firms_visible
from firms.models import AuditEntry, Invitation, Membership
from firms.refusal import RefusalError
from firms.services.invitations import Terms, invitation_create, invitation_open
from firms.services.members import firm_hand_over, member_remove, member_role_change

OWNER, EDITOR, VIEWER = Membership.Role.OWNER, Membership.Role.EDITOR, Membership.Role.VIEWER


def membership_of(person):
    return Membership.objects.get(person=person)


def test_a_role_is_changed(alice, bob):
    member_role_change(membership=membership_of(bob), person=alice, role=VIEWER)
    assert membership_of(bob).role == VIEWER


def test_a_change_of_role_is_recorded_with_both_roles(alice, bob):
    member_role_change(membership=membership_of(bob), person=alice, role=VIEWER)
    entry = AuditEntry.objects.get(action="member.role_changed")
    assert (entry.before["role"], entry.after["role"]) == ("editor", "viewer")


def test_the_last_owner_cannot_step_down(firm, alice, bob):
    with pytest.raises(RefusalError):
        member_role_change(membership=membership_of(alice), person=alice, role=EDITOR)
    assert membership_of(alice).role == OWNER


def test_the_last_owner_cannot_leave(firm, alice, bob):
    with pytest.raises(RefusalError):
        member_remove(membership=membership_of(alice), person=alice)


def test_one_of_two_owners_may_leave(firm, alice, bob):
    member_role_change(membership=membership_of(bob), person=alice, role=OWNER)
    member_remove(membership=membership_of(alice), person=alice)
    assert list(firms_visible(alice, Right.REPORT)) == []


def test_who_is_removed_has_no_access_any_more(firm, alice, bob):
    member_remove(membership=membership_of(bob), person=alice)
    assert list(firms_visible(bob, Right.REPORT)) == []


def test_removing_somebody_twice_is_refused_in_words(alice, bob):
    gone = membership_of(bob)
    member_remove(membership=membership_of(bob), person=alice)
    with pytest.raises(RefusalError):
        member_remove(membership=gone, person=alice)


def test_who_is_removed_leaves_no_working_link_behind(firm, alice, bob):
    member_role_change(membership=membership_of(bob), person=alice, role=OWNER)
    token = invitation_create(person=bob, kind=Invitation.Kind.COLLEAGUE, to=firm, terms=Terms(role=OWNER))
    member_remove(membership=membership_of(bob), person=alice)
    assert invitation_open(token) is None


def test_who_is_no_longer_owner_leaves_no_working_link_behind(firm, alice, bob):
    member_role_change(membership=membership_of(bob), person=alice, role=OWNER)
    token = invitation_create(person=bob, kind=Invitation.Kind.COLLEAGUE, to=firm, terms=Terms(role=OWNER))
    member_role_change(membership=membership_of(bob), person=alice, role=EDITOR)
    assert invitation_open(token) is None


def test_handing_over_makes_the_colleague_owner_and_the_giver_editor(firm, alice, bob):
    firm_hand_over(firm=firm, giver=alice, receiver=membership_of(bob))
    assert (membership_of(bob).role, membership_of(alice).role) == (OWNER, EDITOR)


def test_handing_over_to_oneself_is_refused(firm, alice):
    with pytest.raises(RefusalError):
        firm_hand_over(firm=firm, giver=alice, receiver=membership_of(alice))


def test_leaving_and_being_removed_are_told_apart(firm, alice, bob, vera):
    member_remove(membership=membership_of(bob), person=bob)
    member_remove(membership=membership_of(vera), person=alice)
    actions = AuditEntry.objects.filter(action__in=["member.left", "member.removed"]).order_by("number")
    assert [entry.action for entry in actions] == ["member.left", "member.removed"]
