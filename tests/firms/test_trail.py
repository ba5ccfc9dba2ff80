"""The audit trail as people read it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from firms.audit import audit_record
from firms.models import AuditChain, Membership
from firms.selectors.audit import firm_trail, lines, platform_trail
from firms.services.firms import firm_update
from firms.services.members import member_role_change
from firms.services.organisations import organisation_found
from tests.cast import PROFILE


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def newest(firm):
    return next(lines(firm_trail(firm)))


def test_the_newest_entry_comes_first(firm, alice):
    audit_record(person=alice, action="pool.consented", firm=firm)
    assert [line.what for line in lines(firm_trail(firm))] == ["joined the benchmark pool", "registered the firm"]


def test_codes_are_read_out_in_words(firm, alice):
    firm_update(firm=firm, person=alice, profile=replace(PROFILE, region="33", employees=5, revenue=Decimal(6500)))
    assert newest(firm).details == "Province: Jiangsu → Zhejiang; Employees: 120 → 5; Size class: Small → Micro"


def test_ids_are_read_out_as_names(firm, alice, bob):
    member_role_change(membership=Membership.objects.get(person=bob), person=alice, role="viewer")
    assert newest(firm).details == "Role: Editor → Viewer"
    assert newest(firm).who == "Alice"


def test_somebody_whose_account_is_gone_is_a_former_user(firm, alice, bob):
    audit_record(person=bob, action="member.joined", firm=firm, after={"person": str(bob.pk), "role": "editor"})
    bob.delete()
    assert (newest(firm).who, newest(firm).details) == ("A former user", "Person: A former user; Role: Editor")


def test_what_nobody_did_the_platform_did(firm):
    audit_record(person=None, action="pool.withdrawn", firm=firm)
    assert newest(firm).who == "The platform"


def test_an_action_without_words_stands_for_itself(firm, alice):
    audit_record(person=alice, action="strange.thing", firm=firm, after={"odd": 1})
    assert (newest(firm).what, newest(firm).details) == ("strange.thing", "odd: 1")


def test_the_platforms_trail_holds_nothing_of_a_firm(firm, alice):
    organisation_found(person=alice, kind="group", name="集团")
    assert [line.what for line in lines(platform_trail())] == ["set up an organisation"]


def test_names_are_looked_up_in_one_go(firm, alice, bob, django_assert_num_queries):
    for person in (alice, bob) * 10:
        audit_record(person=person, action="member.joined", firm=firm, after={"person": str(person.pk)})
    entries = list(firm_trail(firm))
    with django_assert_num_queries(3):
        assert len(list(lines(entries))) == 21


def test_the_command_finds_every_chain_whole(firm, capsys):
    call_command("audit", "verify")
    assert capsys.readouterr().out == "1 chains are whole.\n"


def test_the_command_names_the_chain_that_is_broken(firm):
    AuditChain.objects.update(length=7)
    with pytest.raises(CommandError, match=f"chain {firm.pk}: entries are missing at its end"):
        call_command("audit", "verify")
