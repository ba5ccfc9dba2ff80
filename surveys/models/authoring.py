"""Questionnaires that associations write: who owns a code, and what is not published yet.

What is published lies among the files of surveys.library, where it never changes.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation


class InstrumentOwner(models.Model):
    """Only this organisation may upload and publish under the code."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="instruments")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("owner of a questionnaire")
        verbose_name_plural = _("owners of questionnaires")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.organisation}"


class InstrumentDraft(models.Model):
    """A version in work. ``text`` is the file as publishing would freeze it, ``content_hash`` its SHA-256."""

    owner = models.ForeignKey(InstrumentOwner, on_delete=models.CASCADE, related_name="drafts")
    version = models.CharField(_("version"), max_length=20)
    text = models.TextField(_("text"))
    content_hash = models.CharField(_("content hash"), max_length=64)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("draft of a questionnaire")
        verbose_name_plural = _("drafts of questionnaires")
        ordering = ["owner__code", "version"]
        constraints = [models.UniqueConstraint(fields=["owner", "version"], name="one_draft_a_version")]

    def __str__(self) -> str:
        return f"{self.owner.code}@{self.version}"
