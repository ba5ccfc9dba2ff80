"""Answering together: who is where, who owes which part, what is said about an item, what each role answers alone."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from firms.models import Invitation
from surveys.models.assessment import Assessment


class Presence(models.Model):
    """Where in the questionnaire a person was seen last."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(_("part"), max_length=40)
    item = models.CharField(_("item"), max_length=40, blank=True)
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="one_place_a_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.part}"


class PartAssignment(models.Model):
    """One part of an assessment that a member of the firm has been asked to answer."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    part = models.CharField(_("part"), max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(_("assigned"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "part", "person"], name="one_assignment_a_part_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.person}"


class PartLink(models.Model):
    """What an invitation link asks its holder to answer. Until somebody takes it, the invitation says if it works."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="part_links")
    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="part_link")
    parts = models.JSONField(_("parts"))
    # What the link's holder is to answer independently as; empty where no independent answers are wanted of them.
    role = models.CharField(_("role"), max_length=10, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("link to a part")
        verbose_name_plural = _("links to a part")

    def __str__(self) -> str:
        return ", ".join(self.parts)


class Comment(models.Model):
    """A remark or question on one item, for the firm's own people."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="comments")
    item = models.CharField(_("item"), max_length=40)
    text = models.CharField(_("comment"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("written"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.item}: {self.text[:40]}"


class Rater(models.Model):
    """A person who answers the items alone, in one role, before the firm agrees on its answers."""

    class Role(models.TextChoices):
        QUALITY = "quality", _("Quality")
        PRODUCTION = "production", _("Production")
        RND = "rnd", _("R&D")
        MANAGEMENT = "management", _("Management")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="raters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("independent respondent")
        verbose_name_plural = _("independent respondents")
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="one_role_a_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Opinion(models.Model):
    """What one rater answers to one item alone. ``written`` is as in an Answer."""

    rater = models.ForeignKey(Rater, on_delete=models.CASCADE, related_name="opinions")
    item = models.CharField(_("item"), max_length=40)
    written = models.CharField(_("answer"), max_length=400)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("independent answer")
        verbose_name_plural = _("independent answers")
        constraints = [models.UniqueConstraint(fields=["rater", "item"], name="one_opinion_an_item")]

    def __str__(self) -> str:
        return f"{self.item}: {self.written}"
