"""Report requests. The row is the truth: the queue only wakes a worker."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation
from reports.builders.numbering import RANDOM_BITS, number_of
from reports.models.brand import Brand
from surveys.models import Assessment

ORDER = ("assessment", "language", "format", "sections")


def number_new() -> str:
    """A report number that nobody can guess from another."""
    return number_of(secrets.randbits(RANDOM_BITS))


class Report(models.Model):
    """One report of one assessment in one language, format, sections and look. Asking again gives the same row."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        BUILDING = "building", _("Being built")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "canceled", _("Cancelled")
        # The file was old and was removed; the report is built anew, with the same figures, when it is asked for.
        EXPIRED = "expired", _("File removed")

    class Fault(models.TextChoices):
        """Why the last attempt failed, in words for the reader; what the program said stands in ``error``."""

        DISK = "disk", _("There is no room on the server's disk. It is tried again as soon as there is.")
        TIME = "time", _("It took too long.")
        MEMORY = "memory", _("It needed too much memory.")
        LOST = "lost", _("The work was interrupted each time.")
        OTHER = "other", _("Something went wrong while it was built.")

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", _("Word (DOCX)")
        XLSX = "xlsx", _("Excel (XLSX)")
        JSON = "json", "JSON"

    class Language(models.TextChoices):
        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"
        BOTH = "both", _("Chinese and English side by side")

    class Step(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        FIGURES = "figures", _("Gathering the figures")
        TYPESETTING = "typesetting", _("Drawing the charts and setting the pages")
        STORING = "storing", _("Storing the file")
        DONE = "done", _("Done")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reports")
    number = models.CharField(_("number"), max_length=16, unique=True, default=number_new, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=Language)
    format = models.CharField(_("format"), max_length=4, choices=Format, default=Format.PDF)
    # The names of the sections in reading order, with commas between; empty is the whole report.
    sections = models.CharField(_("sections"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    # For whom it is made: an organisation that the firm let in, a person it let in by name, or (neither) the firm.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # The look that the audience had when it ordered; a firm's own report has none. Another look is another report.
    brand = models.ForeignKey(Brand, on_delete=models.RESTRICT, null=True, blank=True, related_name="reports")
    step = models.CharField(_("step"), max_length=12, choices=Step, default=Step.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Whoever holds the token may write; a worker that lost its lease finds another token and leaves the row alone.
    claim = models.UUIDField(_("claim"), null=True, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    # One of many that were ordered at once: it goes into the queue that lets a single firm's report pass.
    batch = models.BooleanField(_("one of many"), default=False, db_default=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    sent_at = models.DateTimeField(_("sent to the queue"), null=True, blank=True)
    # After a failed attempt; nobody may claim the report before.
    next_try_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("bytes"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    figures_hash = models.CharField(_("hash of the figures"), max_length=64, blank=True)
    fault = models.CharField(_("fault"), max_length=6, choices=Fault, blank=True, default="", db_default="")
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=ORDER, condition=models.Q(organisation=None, reader=None), name="one_report_an_order"
            ),
            models.UniqueConstraint(
                fields=[*ORDER, "organisation"], condition=models.Q(brand=None), name="one_report_an_organisation"
            ),
            models.UniqueConstraint(
                fields=[*ORDER, "reader"], condition=models.Q(brand=None), name="one_report_a_reader"
            ),
            models.UniqueConstraint(fields=[*ORDER, "brand"], name="one_report_a_brand"),
            models.CheckConstraint(
                condition=models.Q(organisation=None) | models.Q(reader=None), name="a_report_is_for_one_audience"
            ),
            models.CheckConstraint(
                condition=models.Q(brand=None) | ~models.Q(organisation=None, reader=None),
                name="a_firms_own_report_has_no_brand",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="report_state_lease")]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.format} {self.language}"

    @property
    def is_open(self) -> bool:
        """Still to be built."""
        return self.state in (self.State.QUEUED, self.State.BUILDING)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the sections asked for; empty is the whole report."""
        return tuple(self.sections.split(",")) if self.sections else ()

    @property
    def may_be_ordered_again(self) -> bool:
        return self.state in (self.State.FAILED, self.State.CANCELLED, self.State.EXPIRED)
