"""Secrets that are handed out: invitation links and API tokens. Only their SHA-256 is kept."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.models.consent import Scope
from firms.models.firm import Firm
from firms.models.organisation import Organisation


class Invitation(models.Model):
    """A link that works once, until it expires or is taken back."""

    class Kind(models.TextChoices):
        COLLEAGUE = "colleague", _("Colleague")
        OUTSIDER = "outsider", _("Consultant or group")
        MERGE = "merge", _("Merging with a firm registered twice")
        ORGANISATION = "organisation", _("Member of an organisation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    token_hash = models.CharField(max_length=64, unique=True)
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, null=True, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="invitations")
    # A Membership.Role for a firm, an OrganisationMember.Role for an organisation.
    role = models.CharField(max_length=7, blank=True)
    scope = models.CharField(max_length=8, blank=True, choices=Scope)
    # How long the consent that follows from the link lasts; the link itself expires much sooner.
    days = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=100, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="organisation", firm__isnull=True, organisation__isnull=False)
                | (~Q(kind="organisation") & Q(firm__isnull=False, organisation__isnull=True)),
                name="invitation_to_a_firm_or_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.firm or self.organisation}"


class ApiToken(models.Model):
    """Lets a program act for a person, with less than the person's own rights."""

    class Scope(models.TextChoices):
        REPORT = "report", _("Read results and reports")
        ANSWERS = "answers", _("Read results, reports and answers")
        EVIDENCE = "evidence", _("Read results, reports, answers and evidence")
        EDIT = "edit", _("Read everything and write answers")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    # None: every firm of the person, today's and tomorrow's.
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, null=True, related_name="api_tokens")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=8, choices=Scope)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class FormerFirm(models.Model):
    """A firm that was merged into another one; its audit trail is read together with that of its successor."""

    id = models.UUIDField(primary_key=True)
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="former_firms")
    name = models.CharField(max_length=200)
    merged_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
