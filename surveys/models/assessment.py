"""Assessments and their answers; what is submitted is one frozen snapshot."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.models import Firm


class Assessment(models.Model):
    """One firm's passage through one version of an instrument."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("In progress")
        SUBMITTED = "submitted", _("Submitted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="assessments")
    instrument_code = models.CharField(_("instrument"), max_length=40)
    instrument_version = models.CharField(_("version"), max_length=20)
    instrument_hash = models.CharField(_("content hash"), max_length=64)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successors")
    started_at = models.DateTimeField(_("started"))
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "instrument_code"], condition=Q(status="draft"), name="one_draft_a_firm_and_instrument"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", submitted_at=None) | Q(status="submitted", submitted_at__isnull=False),
                name="submitted_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.instrument_code} {self.instrument_version}"

    @property
    def is_submitted(self) -> bool:
        return self.status == self.Status.SUBMITTED


class Answer(models.Model):
    """One item's answer while the assessment is in work. ``version`` counts its saves, from 1."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(_("item"), max_length=40)
    # As in an answers file: an option's value, a number, values joined by ";" for a multi item, NA, DK, DECLINE or "".
    written = models.CharField(_("answer"), max_length=400, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # Copied from the assessment before, and not yet looked at again.
    carried = models.BooleanField(_("from last time"), default=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["assessment", "item"], name="one_answer_an_item")]

    def __str__(self) -> str:
        return f"{self.item}: {self.written}"


class SaveReceipt(models.Model):
    """That a save was taken, under the key its sender made: the same save sent again is answered from here."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="receipts")
    key = models.UUIDField(_("key"))
    item = models.CharField(_("item"), max_length=40)
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["assessment", "key"], name="one_receipt_a_key")]

    def __str__(self) -> str:
        return f"{self.item}: {self.version}"


class Snapshot(models.Model):
    """What was submitted, for ever: all answers and the profile they were given under."""

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="snapshot")
    answers = models.JSONField(_("answers"))
    reasons = models.JSONField(_("reasons"), default=dict)
    firm_name = models.CharField(_("firm"), max_length=200)
    firm_name_en = models.CharField(_("English name"), max_length=200, blank=True)
    size = models.CharField(_("size"), max_length=6)
    industry = models.CharField(_("industry"), max_length=3)
    region = models.CharField(_("province"), max_length=2)
    content_hash = models.CharField(_("content hash"), max_length=64)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")

    def __str__(self) -> str:
        return f"{self.firm_name}: {self.content_hash[:12]}"
