"""Registering a firm and keeping its profile."""

from dataclasses import asdict, replace
from decimal import Decimal

import pytest
from django.urls import reverse

from firms.forms import FirmForm
from firms.models import AuditEntry, Membership
from firms.refusal import RefusalError
from firms.selectors.firms import firm_list
from firms.services.firms import TAKEN, firm_register, firm_update, profile_of
from tests.cast import PROFILE


def test_who_registers_a_firm_owns_it(firm, alice):
    assert Membership.objects.get(firm=firm, person=alice).role == Membership.Role.OWNER


def test_size_is_computed_when_a_firm_is_registered(firm):
    assert firm.size == "small"


def test_size_follows_the_profile(firm, alice):
    larger = replace(PROFILE, employees=400, revenue=Decimal(2000))
    assert firm_update(firm=firm, person=alice, profile=larger).size == "medium"


def test_a_change_is_recorded_with_both_sides(firm, alice):
    firm_update(firm=firm, person=alice, profile=replace(PROFILE, region="33"))
    entry = AuditEntry.objects.get(action="firm.updated")
    assert (entry.before, entry.after) == ({"region": "32"}, {"region": "33"})


def test_saving_without_a_change_records_nothing(firm, alice):
    firm.refresh_from_db()
    firm_update(firm=firm, person=alice, profile=profile_of(firm))
    assert not AuditEntry.objects.filter(action="firm.updated").exists()


def test_a_credit_code_registers_once(alice):
    coded = replace(PROFILE, credit_code="914403001922038216")
    firm_register(person=alice, profile=coded)
    with pytest.raises(RefusalError, match=str(TAKEN)):
        firm_register(person=alice, profile=coded)


def test_a_code_that_was_taken_a_moment_ago_is_told_on_the_page(alice, charlie, signed_in, monkeypatch):
    """The form found the code free; before it was saved, somebody else registered it."""
    coded = replace(PROFILE, credit_code="914403001922038216")

    def overtaken(_form):
        firm_register(person=alice, profile=coded)
        return coded

    monkeypatch.setattr(FirmForm, "profile", overtaken)
    response = signed_in(charlie).post(reverse("firm-new"), asdict(coded))
    assert response.context["form"].errors["credit_code"] == [str(TAKEN)]


def test_firms_without_a_code_do_not_disturb_each_other(alice):
    firm_register(person=alice, profile=PROFILE)
    firm_register(person=alice, profile=PROFILE)
    assert firm_list(alice).count() == 2


def test_my_firms_come_with_my_role(firm, bob):
    assert [(mine, mine.role) for mine in firm_list(bob)] == [(firm, "editor")]


def test_a_strangers_list_is_empty(firm, charlie):
    assert list(firm_list(charlie)) == []
