"""Reports of many clients in one file, as they were ordered. The row is the truth: the queue only wakes a worker."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report
from surveys.models import Assessment


class BulkJob(models.Model):
    """One file for one person. Whoever holds the claim may write, as with a report."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        BUILDING = "building", _("Being built")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        EXPIRED = "expired", _("File removed")

    class Form(models.TextChoices):
        ZIP = "zip", _("ZIP, one file a firm")
        PDF = "pdf", _("One PDF, one chapter a firm")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10, choices=Report.Language)
    form = models.CharField(_("form"), max_length=3, choices=Form)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    file = models.CharField(_("file"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    requested_at = models.DateTimeField(_("requested"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # The file, and the names of the firms, are removed then; counted anew when the file is ready.
    expires_at = models.DateTimeField(_("kept until"))

    class Meta:
        verbose_name = _("download of many reports")
        verbose_name_plural = _("downloads of many reports")
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["state", "lease_until"], name="bulk_state_lease")]

    def __str__(self) -> str:
        return f"{self.form} {self.language}: {self.requested_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Still to be built."""
        return self.state in (self.State.WAITING, self.State.BUILDING)


class BulkItem(models.Model):
    """One firm of a job. ``assessment`` is None once the firm has ended, ``report`` also when the report is gone."""

    class LeftOut(models.TextChoices):
        CLOSED = "closed", _("no longer open to you")
        NOT_BUILT = "notbuilt", _("the report could not be built")

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="items")
    assessment = models.ForeignKey(Assessment, on_delete=models.SET_NULL, null=True, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")
    # As the person saw it when ordering: a firm that closed itself tells no new name.
    firm_name = models.CharField(_("firm"), max_length=300)
    left_out = models.CharField(_("left out"), max_length=8, choices=LeftOut, blank=True)

    class Meta:
        verbose_name = _("firm of a download")
        verbose_name_plural = _("firms of a download")
        ordering = ["firm_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["job", "assessment"], name="one_bulk_item_an_assessment")]

    def __str__(self) -> str:
        return self.firm_name
