"""A thousand ways to falsify the trail with a database console, each of them noticed."""

import os
import random
from collections.abc import Callable
from copy import copy
from datetime import timedelta

import pytest
from django.db import connection, transaction

from firms.audit import audit_record, audit_verify
from firms.models import AuditChain, AuditEntry, Firm, Person

# The full measure: QMS_TAMPERINGS=1000.
TAMPERINGS = int(os.environ.get("QMS_TAMPERINGS", "100"))
ENTRIES = 12
Falsify = Callable[[random.Random, list[AuditEntry]], None]
TEXTS = ("action", "subject_type", "subject_id", "request_id")


@pytest.fixture
def chain(firm: Firm, alice: Person) -> list[AuditEntry]:
    for number in range(ENTRIES - 1):
        audit_record(person=alice, action="firm.tested", firm=firm, before={"n": number}, after={"n": number + 1})
    with connection.cursor() as cursor:
        on = " ON firms_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER firms_auditentry_append_only{on}")
    return list(AuditEntry.objects.filter(chain=firm.pk).order_by("number"))


def rewrite(entry: AuditEntry, **values: object) -> None:
    """As a console does: past the model, which refuses."""
    for name, value in values.items():
        told = AuditEntry._meta.get_field(name).get_db_prep_save(value, connection)
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE firms_auditentry SET "{name}" = %s WHERE id = %s', [told, entry.pk])


def remove(entry: AuditEntry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM firms_auditentry WHERE id = %s", [entry.pk])


def other_text(dice: random.Random, entries: list[AuditEntry]) -> None:
    entry, name = dice.choice(entries), dice.choice(TEXTS)
    rewrite(entry, **{name: f"{getattr(entry, name)}{dice.randrange(10)}"[:64]})


def other_time(dice: random.Random, entries: list[AuditEntry]) -> None:
    entry = dice.choice(entries)
    rewrite(entry, at=entry.at + timedelta(microseconds=dice.choice([-1, 1, 10**6])))


def other_person(dice: random.Random, entries: list[AuditEntry]) -> None:
    rewrite(dice.choice(entries), person_id=None)


def other_value(dice: random.Random, entries: list[AuditEntry]) -> None:
    rewrite(dice.choice(entries), **{dice.choice(["before", "after"]): {"n": 1000 + dice.randrange(9)}})


def swapped(dice: random.Random, entries: list[AuditEntry]) -> None:
    """Two entries change places, their seals with them."""
    one, other = dice.sample(entries, 2)
    rewrite(one, number=10_000)
    rewrite(other, number=one.number)
    rewrite(one, number=other.number)


def removed(dice: random.Random, entries: list[AuditEntry]) -> None:
    for entry in dice.sample(entries, dice.randint(1, 3)):
        remove(entry)


def removed_and_closed_up(dice: random.Random, entries: list[AuditEntry]) -> None:
    """The numbers after it move up, and the head is told the new length."""
    gone = dice.randrange(len(entries))
    remove(entries[gone])
    for entry in entries[gone + 1 :]:
        rewrite(entry, number=entry.number - 1)
    AuditChain.objects.filter(pk=entries[0].chain).update(length=len(entries) - 1)


def cut_off(dice: random.Random, entries: list[AuditEntry]) -> None:
    """The last entries go, and the head is set back to the one before."""
    kept = dice.randrange(1, len(entries))
    for entry in entries[kept:]:
        remove(entry)
    AuditChain.objects.filter(pk=entries[0].chain).update(length=kept, last_seal=entries[kept - 1].seal)


def copied_in(dice: random.Random, entries: list[AuditEntry]) -> None:
    """An entry of before comes once more at the end, with its genuine seal."""
    again = copy(dice.choice(entries))
    again.pk, again.number, again._state.adding = None, len(entries) + 1, True
    again.save()
    AuditChain.objects.filter(pk=again.chain).update(length=again.number, last_seal=again.seal)


def other_seal(dice: random.Random, entries: list[AuditEntry]) -> None:
    entry = dice.choice(entries)
    rewrite(entry, seal=entry.seal[::-1])


def head_falsified(dice: random.Random, entries: list[AuditEntry]) -> None:
    change = dice.choice([{"length": 3}, {"last_seal": "0" * 64}, {"seal": ""}])
    AuditChain.objects.filter(pk=entries[0].chain).update(**change)


WAYS: list[Falsify] = [
    other_text, other_time, other_person, other_value, swapped, removed, removed_and_closed_up, cut_off, copied_in,
    other_seal, head_falsified,
]  # fmt: skip


def noticed(chain: list[AuditEntry], seed: int) -> bool:
    """One falsification, looked for and taken back."""
    with transaction.atomic():
        WAYS[seed % len(WAYS)](random.Random(seed), chain)
        found = audit_verify(chain[0].chain)
        transaction.set_rollback(True)
    return found is not None


def test_every_falsification_is_noticed(chain: list[AuditEntry]) -> None:
    assert audit_verify(chain[0].chain) is None
    unnoticed = [WAYS[seed % len(WAYS)].__name__ for seed in range(TAMPERINGS) if not noticed(chain, seed)]
    assert unnoticed == []
    assert audit_verify(chain[0].chain) is None
