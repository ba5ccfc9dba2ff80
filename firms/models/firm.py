"""A firm and the people who work in it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Firm(models.Model):
    class Size(models.TextChoices):
        MICRO = "micro", _("Micro")
        SMALL = "small", _("Small")
        MEDIUM = "medium", _("Medium")
        LARGE = "large", _("Large")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    # Open catalogues (GB/T 4754 divisions, GB/T 2260 provinces) are data, see firms/catalogues.py, never choices here.
    industry = models.CharField(max_length=3)
    region = models.CharField(max_length=2)
    employees = models.PositiveIntegerField()
    revenue = models.DecimalField(max_digits=14, decimal_places=2)
    # Computed by firms.size from staff and revenue whenever either is written; stored because people filter by it.
    size = models.CharField(max_length=6, choices=Size)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credit_code"], condition=~Q(credit_code=""), name="firm_credit_code_once"),
            models.CheckConstraint(condition=Q(revenue__gte=0), name="firm_revenue_not_negative"),
        ]
        indexes = [models.Index(fields=["industry", "size"], name="firm_stratum")]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The name in the language of the page: the English one only where the firm has given it."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class Membership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        EDITOR = "editor", _("Editor")
        VIEWER = "viewer", _("Viewer")

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["firm", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.firm}"
