"""Measured values behind an answer: what was computed from which files, and what that says about the answer."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.models import Assessment, Evidence


class MeasuredEvidence(models.Model):
    """One computation for one item. Figures are written once; the verdict follows the answer until submission.

    ``mapping`` and the files give ``summary`` again. ``sources`` are the checksums of the files that it was computed
    from, so a file that was removed since is noticed. ``claim``, ``reason`` and ``caveats`` are codes of
    scoring.engine.evidence.messages; no sentence is stored.
    """

    class Method(models.TextChoices):
        STUDY = "study", _("Measured values")
        COUNTS = "counts", _("Counts")
        GAUGE = "gauge", _("Gauge study")
        INVENTORY = "inventory", _("List of data")

    class Verdict(models.TextChoices):
        SUPPORTED = "supported", _("Supported")
        CONTRADICTED = "contradicted", _("Contradicted")
        NOT_DECIDABLE = "not_decidable", _("Not decidable")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="measured_evidence")
    item = models.CharField(_("item"), max_length=40)
    method = models.CharField(_("method"), max_length=9, choices=Method)
    title = models.CharField(_("characteristic"), max_length=200)
    files = models.ManyToManyField(Evidence, related_name="measured", verbose_name=_("files"))
    sources = models.JSONField(_("checksums of the files"), default=list)
    mapping = models.JSONField(_("columns and limits"))
    summary = models.JSONField(_("figures"))
    engine_version = models.CharField(_("engine version"), max_length=20)
    # The answer that the verdict is about, as it was written.
    declared = models.CharField(_("declared answer"), max_length=400, blank=True)
    claim = models.CharField(_("claim"), max_length=40)
    verdict = models.CharField(_("verdict"), max_length=13, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=40)
    params = models.JSONField(_("figures of the reason"), default=dict)
    caveats = models.JSONField(_("reservations"), default=list)
    computed_at = models.DateTimeField(_("computed"))
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("measured evidence")
        verbose_name_plural = _("measured evidence")
        ordering = ["item", "computed_at", "pk"]
        indexes = [models.Index(fields=["assessment", "item"], name="measured_by_item")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["supported", "contradicted", "not_decidable"]),
                name="a_verdict_is_one_of_three",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.title}"
