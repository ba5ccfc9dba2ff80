"""Report requests. The row is the truth: the queue only wakes a worker."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.models import Assessment


class Report(models.Model):
    """One report of one assessment in one language and format. Asking again gives the same row."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        BUILDING = "building", _("Being built")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"

    class Step(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        FIGURES = "figures", _("Gathering the figures")
        TYPESETTING = "typesetting", _("Drawing the charts and setting the pages")
        STORING = "storing", _("Storing the file")
        DONE = "done", _("Done")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reports")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    format = models.CharField(_("format"), max_length=4, choices=Format, default=Format.PDF)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    step = models.CharField(_("step"), max_length=12, choices=Step, default=Step.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Whoever holds the token may write; a worker that lost its lease finds another token and leaves the row alone.
    claim = models.UUIDField(_("claim"), null=True, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    sent_at = models.DateTimeField(_("sent to the queue"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("bytes"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "language", "format"], name="one_report_a_language_and_format"
            )
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="report_state_lease")]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.format} {self.language}"

    @property
    def is_open(self) -> bool:
        """Still to be built."""
        return self.state in (self.State.QUEUED, self.State.BUILDING)
