"""The audit trail is append-only, and tampering shows."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from firms.audit import BrokenChain, audit_chains, audit_record, audit_verify, changes
from firms.context import Origin, origin
from firms.models import AppendOnlyError, AuditChain, AuditEntry
from firms.models.audit import PLATFORM_CHAIN


@pytest.fixture
def five(firm, alice):
    """Five entries in the firm's chain: registering it wrote the first."""
    for number in range(4):
        audit_record(person=alice, action="firm.tested", firm=firm, after={"n": number})
    return firm.pk


def tamper(sql, *values):
    """As somebody with a database console would, with the trigger taken away first."""
    with connection.cursor() as cursor:
        on = " ON firms_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER firms_auditentry_append_only{on}")
        cursor.execute(sql, values)


def test_who_did_what_to_which_record_when_and_from_where(firm, alice):
    token = origin.set(Origin(address="192.0.2.7", request_id="abc12345"))
    entry = audit_record(person=alice, action="firm.tested", firm=firm, subject=firm, before={"a": 1}, after={"a": 2})
    origin.reset(token)
    entry.refresh_from_db()
    assert (entry.person_id, entry.action, entry.chain) == (alice.pk, "firm.tested", firm.pk)
    assert (entry.subject_type, entry.subject_id) == ("firms.firm", str(firm.pk))
    assert (entry.before, entry.after) == ({"a": 1}, {"a": 2})
    assert (entry.address, entry.request_id) == ("192.0.2.7", "abc12345")


def test_without_a_request_the_place_stays_empty(firm):
    entry = audit_record(person=None, action="firm.tested", firm=firm)
    assert (entry.person_id, entry.address, entry.request_id) == (None, None, "")


def test_what_concerns_no_firm_goes_to_the_platforms_chain(alice):
    assert audit_record(person=alice, action="platform.tested").chain == PLATFORM_CHAIN


def test_numbers_run_without_gaps_in_each_chain(five):
    assert list(AuditEntry.objects.filter(chain=five).values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_an_entry_that_is_rolled_back_leaves_no_gap(five, firm, alice):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit_record(person=alice, action="firm.tested", firm=firm)
        raise ZeroDivisionError
    assert audit_record(person=alice, action="firm.tested", firm=firm).number == 6
    assert audit_verify(five) is None


def test_an_entry_is_neither_saved_again_nor_deleted(five):
    entry = AuditEntry.objects.filter(chain=five).first()
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()


def test_entries_are_neither_updated_nor_deleted_together(five):
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.filter(chain=five).update(action="nothing.happened")
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.all().delete()


def test_the_database_itself_refuses_a_change(five):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute("UPDATE firms_auditentry SET action = 'nothing.happened'")


def test_a_whole_chain_is_found_whole(five):
    assert audit_verify(five) is None


def test_a_chain_that_never_was_is_whole(db):
    assert audit_verify(uuid.UUID(int=9)) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "x"),
        ("subject_id", "x"),
        ("address", "192.0.2.1"),
        ("request_id", "x"),
        ("at", "2020-01-01 00:00:00"),
    ],
)
def test_a_changed_column_shows(five, column, value):
    tamper(f"UPDATE firms_auditentry SET {column} = %s WHERE number = 3", value)
    assert audit_verify(five) == BrokenChain(five, 3)


def test_a_changed_value_shows(five):
    tamper("UPDATE firms_auditentry SET after = %s WHERE number = 4", '{"n": 99}')
    assert audit_verify(five) == BrokenChain(five, 4)


def test_a_removed_entry_shows(five):
    tamper("DELETE FROM firms_auditentry WHERE number = 3")
    assert audit_verify(five) == BrokenChain(five, 3)


def test_an_entry_cut_off_at_the_end_shows(five):
    tamper("DELETE FROM firms_auditentry WHERE number = 5")
    assert audit_verify(five) == BrokenChain(five, None)


def test_cutting_the_head_back_as_well_shows(five):
    last = AuditEntry.objects.get(chain=five, number=4).seal
    tamper("DELETE FROM firms_auditentry WHERE number = 5")
    AuditChain.objects.filter(pk=five).update(length=4, last_seal=last)
    assert audit_verify(five) == BrokenChain(five, None)


def test_an_inserted_entry_shows(five):
    AuditEntry.objects.create(
        chain=five, number=6, at=AuditEntry.objects.latest("at").at, action="firm.forged", seal="0" * 64
    )
    assert audit_verify(five) == BrokenChain(five, 6)


def test_a_chain_whose_head_was_removed_is_still_looked_at(five):
    AuditChain.objects.filter(pk=five).delete()
    assert five in audit_chains()
    assert audit_verify(five) == BrokenChain(five, None)


def test_a_new_secret_key_keeps_the_old_seals_valid(five, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key"
    assert audit_verify(five) is None


def test_an_unknown_key_cannot_vouch_for_a_chain(five, settings):
    settings.SECRET_KEY = "another-key"
    assert audit_verify(five) == BrokenChain(five, 1)


def test_changes_keep_only_what_differs():
    assert changes({"a": 1, "b": 2}, {"a": 1, "b": 3}) == ({"b": 2}, {"b": 3})
