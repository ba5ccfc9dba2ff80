"""Campaigns: an association asks many firms to assess themselves within a window."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from firms.models import Firm, Organisation
from surveys.models.assessment import Assessment


class Campaign(models.Model):
    """One version of an instrument, one window, one list of firms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    instrument_code = models.CharField(_("instrument"), max_length=40)
    instrument_version = models.CharField(_("version"), max_length=20)
    instrument_hash = models.CharField(_("content hash"), max_length=64)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    message = models.TextField(_("text of the invitation"), max_length=4000, blank=True)
    # Whether the invitation says that the association asks for the answers of each firm; the firm agrees or not.
    asks_microdata = models.BooleanField(_("asks for the answers of each firm"), default=False)
    # When the association asked for the mails; whoever has none since then is still to get one.
    invitations_asked_at = models.DateTimeField(_("invitations asked for"), null=True, blank=True)
    reminders_asked_at = models.DateTimeField(_("reminders asked for"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-opens_on", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="campaign_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def display_title(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title


class Target(models.Model):
    """One firm on a campaign's list: invited, started, submitted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="targets")
    credit_code = models.CharField(_("unified social credit code"), max_length=18)
    name = models.CharField(_("firm"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    size = models.CharField(_("size"), max_length=6, blank=True)
    industry = models.CharField(_("industry"), max_length=3, blank=True)
    region = models.CharField(_("province"), max_length=2, blank=True)
    # SHA-256 of the personal link's secret; the link itself goes into the mail and is kept nowhere.
    secret_digest = models.CharField(max_length=64, blank=True, db_index=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    mail_error = models.CharField(_("why the mail did not go"), max_length=300, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    opened_at = models.DateTimeField(_("link opened"), null=True, blank=True)
    firm = models.ForeignKey(Firm, on_delete=models.SET_NULL, null=True, blank=True, related_name="targets")
    assessment = models.OneToOneField(
        Assessment, on_delete=models.SET_NULL, null=True, blank=True, related_name="target"
    )
    # When the firm agreed that the association gets its answers (only asked where the campaign asks_microdata).
    microdata_agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invited firm")
        verbose_name_plural = _("invited firms")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "credit_code"], name="one_target_a_credit_code"),
            models.UniqueConstraint(
                fields=["campaign", "firm"], condition=Q(firm__isnull=False), name="one_target_a_firm"
            ),
        ]

    def __str__(self) -> str:
        return self.name
