"""Standing orders: the report of every new assessment of a client, without asking each time."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, UUIDField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from firms.models import Firm, Organisation
from reports.models.report import Report
from surveys.models import Assessment

# Stands for "none" where rows are told apart: to a database, two absent values are never the same.
NOBODY = uuid.UUID(int=0)


def _or_nobody(name: str) -> Coalesce:
    return Coalesce(F(name), Value(NOBODY, output_field=UUIDField()))


class StandingOrder(models.Model):
    """One person's wish, under one of the consents that let that person in; the person gets the mails."""

    class Ending(models.TextChoices):
        PERSON = "person", _("Switched off")
        CONSENT = "consent", _("The firm's consent ended")
        LEFT = "left", _("You no longer act for the organisation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standing_orders")
    # None where the consent names the person.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # None for every firm whose consent covers it.
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, null=True, blank=True, related_name="standing_orders")
    began_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("why it ended"), max_length=7, choices=Ending, blank=True)

    class Meta:
        verbose_name = _("standing order")
        verbose_name_plural = _("standing orders")
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("person"),
                _or_nobody("organisation"),
                _or_nobody("firm"),
                condition=Q(ended_at=None),
                name="one_standing_order_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.firm or '*'}"

    @property
    def stands(self) -> bool:
        return self.ended_at is None


class StandingReport(models.Model):
    """What a standing order brought: one report of one assessment, and whether its keeper was told."""

    class Mail(models.TextChoices):
        WAITING = "waiting", _("A mail follows when it is ready")
        SENT = "sent", _("A mail was sent")
        FAILED = "failed", _("The mail could not be sent")
        CLOSED = "closed", _("No longer open to you")

    order = models.ForeignKey(StandingOrder, on_delete=models.CASCADE, related_name="made")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="standing")
    made_at = models.DateTimeField(_("ordered"))
    mail = models.CharField(_("mail"), max_length=7, choices=Mail, default=Mail.WAITING)
    mailed_at = models.DateTimeField(_("mail sent"), null=True, blank=True)
    # After a mail that failed; none is sent before.
    mail_after = models.DateTimeField(null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("report of a standing order")
        verbose_name_plural = _("reports of standing orders")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "assessment"], name="one_standing_report_an_assessment")
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.report_id}"
