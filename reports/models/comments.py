"""What consultants say to a firm about its result."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation
from surveys.models import Assessment

LONGEST = 5000


class ConsultantComment(models.Model):
    """Plain text on a result or on one of its dimensions; the score knows nothing of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="consultant_comments")
    # None where the firm let the author in by name.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # "" where it is about the whole.
    dimension = models.CharField(_("dimension"), max_length=40, blank=True)
    text = models.TextField(_("comment"), max_length=LONGEST)
    created_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("changed"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment of a consultant")
        verbose_name_plural = _("comments of consultants")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
