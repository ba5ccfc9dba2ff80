"""The consent ledger: what a firm lets outsiders see, for how long, and whether it counts in the benchmark pool."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.models.firm import Firm
from firms.models.organisation import Organisation

ONE_RECIPIENT = Q(organisation__isnull=False, person__isnull=True) | Q(organisation__isnull=True, person__isnull=False)


class Scope(models.TextChoices):
    """Each scope includes the ones before it."""

    REPORT = "report", _("Results and reports")
    ANSWERS = "answers", _("Results, reports and answers")
    EVIDENCE = "evidence", _("Results, reports, answers and evidence")


class Grant(models.Model):
    """The firm's consent for one consultancy, enterprise group or named consultant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="grants")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="grants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="grants")
    scope = models.CharField(max_length=8, choices=Scope)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_RECIPIENT, name="grant_to_one_recipient"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="grant_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.firm} -> {self.organisation or self.person}: {self.scope}"


class GrantRequest(models.Model):
    """A consultant asks; the firm answers."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the firm")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # None where no firm has the code that was asked for: the consultant must not be able to tell.
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, null=True, related_name="grant_requests")
    credit_code = models.CharField(max_length=18)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="grant_requests")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=8, choices=Scope)
    days = models.PositiveSmallIntegerField()
    message = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code", "organisation"], condition=Q(state="open"), name="one_open_request_per_firm"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} -> {self.credit_code}: {self.state}"


class PoolConsent(models.Model):
    """The firm may be counted in the anonymous benchmark pool. Withdrawn consents stay as history."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="pool_consents")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm"], condition=Q(withdrawn_at__isnull=True), name="one_pool_consent_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.given_at:%Y-%m-%d}"
