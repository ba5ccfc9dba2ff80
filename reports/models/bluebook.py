"""Blue books that were ordered. The row is the truth: the queue only wakes a worker."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models import Release


class BlueBook(models.Model):
    """The book of one release in one language, or in both. Asking again gives the same row."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        BUILDING = "building", _("Being built")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    class Language(models.TextChoices):
        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"
        BOTH = "both", _("Chinese and English")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="books")
    language = models.CharField(_("language"), max_length=7, choices=Language)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("bytes"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("blue book")
        verbose_name_plural = _("blue books")
        ordering = ["-requested_at"]
        constraints = [models.UniqueConstraint(fields=["release", "language"], name="one_book_a_release_and_language")]

    def __str__(self) -> str:
        return f"{self.release}: {self.language}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.BUILDING)
