"""The access gate: who reaches what, and that refusal looks like absence."""

import uuid

import pytest
from django.http import Http404

from firms.gate import Right, fetch, firms_visible
from firms.models import Firm, Membership
from firms.services.firms import firm_register
from tests.cast import PROFILE

OWNER, EDITOR, VIEWER = Membership.Role.OWNER, Membership.Role.EDITOR, Membership.Role.VIEWER
READ = {Right.REPORT, Right.ANSWERS, Right.EVIDENCE}


@pytest.mark.parametrize(
    ("role", "rights"),
    [(OWNER, set(Right)), (EDITOR, set(Right) - {Right.MANAGE}), (VIEWER, READ)],
)
def test_rights_of_each_role(firm, charlie, role, rights):
    Membership.objects.create(firm=firm, person=charlie, role=role)
    assert {right for right in Right if firm in firms_visible(charlie, right)} == rights


def test_a_stranger_has_no_right_at_all(firm, charlie):
    assert [right for right in Right if firms_visible(charlie, right).exists()] == []


def test_owning_a_firm_opens_no_other_firm(firm, charlie):
    own = firm_register(person=charlie, profile=PROFILE)
    assert [list(firms_visible(charlie, right)) for right in Right] == [[own]] * len(Right)
    with pytest.raises(Http404):
        fetch(charlie, Firm.objects.all(), firm.pk, Right.REPORT, via="")


def test_a_member_fetches_the_firm(firm, bob):
    assert fetch(bob, Firm.objects.all(), firm.pk, Right.EDIT, via="") == firm


def test_an_id_may_be_text(firm, bob):
    assert fetch(bob, Firm.objects.all(), str(firm.pk), Right.EDIT, via="") == firm


def test_what_belongs_to_the_firm_is_reached_through_its_path(firm, bob):
    membership = Membership.objects.get(person=bob)
    assert fetch(bob, Membership.objects.all(), membership.pk, Right.REPORT) == membership


@pytest.mark.parametrize("right", Right)
def test_a_stranger_gets_404(firm, charlie, right):
    with pytest.raises(Http404):
        fetch(charlie, Firm.objects.all(), firm.pk, right, via="")


def test_too_little_right_looks_like_absence(firm, vera):
    with pytest.raises(Http404):
        fetch(vera, Firm.objects.all(), firm.pk, Right.EDIT, via="")


@pytest.mark.parametrize("pk", [uuid.UUID(int=7), "", "abc", "../1", "0", 10**40, -1, None, "\x00"])
def test_unknown_and_malformed_ids_get_404(alice, firm, pk):
    with pytest.raises(Http404):
        fetch(alice, Firm.objects.all(), pk, Right.REPORT, via="")


@pytest.mark.parametrize("pk", ["abc", 10**40, "\x00", None])
def test_malformed_numbers_get_404(alice, firm, pk):
    with pytest.raises(Http404):
        fetch(alice, Membership.objects.all(), pk, Right.REPORT)


def test_rows_left_out_by_the_caller_stay_out(firm, bob):
    with pytest.raises(Http404):
        fetch(bob, Firm.objects.none(), firm.pk, Right.REPORT, via="")


def test_one_query_settles_it(firm, bob, django_assert_num_queries):
    with django_assert_num_queries(1):
        fetch(bob, Firm.objects.all(), firm.pk, Right.EDIT, via="")
