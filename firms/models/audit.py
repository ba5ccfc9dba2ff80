"""The audit trail: rows are added and never changed. Each firm has a chain of its own, the platform has one more."""

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models

PLATFORM_CHAIN = uuid.UUID(int=0)


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove what is written for good."""


class AppendOnlyQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **fields: Any) -> NoReturn:
        raise AppendOnlyError("Audit entries are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Audit entries are never removed.")


class AuditEntry(models.Model):
    """People and firms are kept as bare ids: an entry outlives the account it speaks of and then names nobody."""

    chain = models.UUIDField(default=PLATFORM_CHAIN)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True, blank=True, db_index=True)
    action = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["AuditEntry"]] = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_number_once_in_its_chain")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action}"

    # The two exceptions to "no overridden save": here the refusal is the behaviour.
    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("Audit entries are never changed.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnlyError("Audit entries are never removed.")


class AuditChain(models.Model):
    """The head of one chain: its lock while an entry is added, and the proof that no entry is missing at its end."""

    id = models.UUIDField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    last_seal = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.id}: {self.length}"
