"""Releases: frozen, dated figures of groups of firms, and what is kept secret behind them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation
from surveys.models import Assessment, Campaign


class Release(models.Model):
    """One release of a series: the association's (or the open pool's, where it is None) with one instrument.

    An assessment counts in one series only: of the association in whose campaign it was given, or of the open pool.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        TALLYING = "tallying", _("Being counted")
        PROTECTING = "protecting", _("Being protected")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="releases")
    # The campaign that the release sums up; None where it counts the whole series up to its date.
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="releases")
    instrument_code = models.CharField(_("instrument"), max_length=40)
    instrument_version = models.CharField(_("version"), max_length=20)
    instrument_hash = models.CharField(_("content hash"), max_length=64)
    benchmark_code = models.CharField(_("benchmark"), max_length=40, blank=True)
    benchmark_version = models.CharField(_("benchmark version"), max_length=20, blank=True)
    label = models.CharField(_("release"), max_length=20)
    number = models.PositiveIntegerField(_("number"))
    # Only what was submitted by then, and by firms whose consent was in force then, is counted.
    as_of = models.DateTimeField(_("as of"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    claim = models.UUIDField(_("claim"), null=True, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # Open to everybody on the public benchmark page.
    is_public = models.BooleanField(_("public"), default=False)
    # The protected release, as ProtectedRelease.to_dict writes it: the only figures that anybody may be shown.
    figures = models.JSONField(_("figures"), null=True, blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-as_of", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "instrument_code", "number"], name="one_release_a_number_of_an_association"
            ),
            models.UniqueConstraint(
                fields=["instrument_code", "number"],
                condition=Q(association__isnull=True),
                name="one_release_a_number_of_the_pool",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(figures__isnull=False, published_at__isnull=False),
                name="a_ready_release_has_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_code} {self.label}"

    @property
    def is_open(self) -> bool:
        """Still being made."""
        return self.state not in {self.State.READY, self.State.FAILED}


class ReleaseSecret(models.Model):
    """What the next release must know of this one, and what operators may read. Never shown to anybody else."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="secret")
    ledger = models.JSONField()
    log = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.release_id}"


class ReleasePart(models.Model):
    """A share of a release's assessments, for one worker: those with ids from ``first_id`` to ``last_id``."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        BUILDING = "building", _("Being counted")
        READY = "ready", _("Ready")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    first_id = models.UUIDField()
    last_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The tallies, exact and secret; dropped once the release is ready.
    tallies = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="one_part_a_number")]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.number}"


class CountedAssessment(models.Model):
    """Since which release of its series, by number, an assessment has been counted without a break.

    What was submitted never changes, its groups neither, so this tells how many firms stand unchanged behind the
    public figures of an earlier release. Written as a release is published, never before.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="counted", primary_key=True)
    since = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.since}"
