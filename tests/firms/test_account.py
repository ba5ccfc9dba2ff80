"""A person's own data: a copy of everything, and the end of the account."""

import io
import json
import zipfile

import pytest

from firms import registry
from firms.models import AuditEntry, Firm, Membership, Person
from firms.refusal import RefusalError
from firms.selectors.audit import firm_trail, lines
from firms.services.account import firm_delete, person_delete, person_export, person_update
from firms.services.members import firm_hand_over


def parts(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: json.loads(opened.read(name)) for name in opened.namelist()}


def test_the_copy_holds_the_account_and_what_was_done(firm, alice):
    found = parts(person_export(person=alice))
    assert found["account.json"]["email"] == "alice@example.com"
    assert found["account.json"]["firms"][0]["role"] == "owner"
    assert [entry["action"] for entry in found["trail.json"]] == ["firm.registered"]


def test_the_copy_holds_nothing_secret(firm, alice):
    assert alice.password.encode() not in b"".join(
        json.dumps(part).encode() for part in parts(person_export(person=alice)).values()
    )


def test_the_floors_above_add_their_part(alice):
    registry.export_parts["answers"] = lambda person: [str(person.pk)]
    found = parts(person_export(person=alice))
    del registry.export_parts["answers"]
    assert found["answers.json"] == [str(alice.pk)]


def test_the_last_owner_must_hand_over_first(firm, alice, bob):
    with pytest.raises(RefusalError, match="苏州"):
        person_delete(person=alice)
    assert Person.objects.filter(pk=alice.pk).exists()


def test_after_handing_over_the_account_can_go(firm, alice, bob):
    firm_hand_over(firm=firm, giver=alice, receiver=Membership.objects.get(person=bob))
    person_delete(person=alice)
    assert Firm.objects.get() == firm
    assert not Person.objects.filter(email="alice@example.com").exists()


def test_the_trail_outlives_the_account_and_then_names_nobody(firm, alice, bob):
    firm_hand_over(firm=firm, giver=alice, receiver=Membership.objects.get(person=bob))
    before = firm_trail(firm).count()
    person_delete(person=alice)
    told = list(lines(firm_trail(firm)))
    assert len(told) == before + 1
    assert not any("Alice" in line.who or "alice" in line.details for line in told)


def test_deleting_an_account_is_recorded(charlie):
    pk = charlie.pk
    person_delete(person=charlie)
    assert AuditEntry.objects.get(action="account.deleted").person_id == pk


def test_a_deleted_firm_takes_everything_with_it(firm, alice, bob):
    firm_delete(firm=firm, person=alice)
    assert not Membership.objects.exists()
    assert AuditEntry.objects.filter(action="firm.deleted").exists()


def test_the_floors_above_clear_up_before_a_firm_is_deleted(firm, alice):
    seen = []
    registry.delete_steps.append(lambda gone: seen.append(gone.name))
    firm_delete(firm=firm, person=alice)
    registry.delete_steps.pop()
    assert seen == ["苏州精密机械有限公司"]


def test_name_and_language_are_kept(alice):
    person_update(person=alice, name="爱丽丝", language="en")
    alice.refresh_from_db()
    assert (alice.name, alice.language) == ("爱丽丝", "en")
