"""The action plan of an assessment: what the firm means to do about its result."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.models import Assessment


class PlanStep(models.Model):
    """One thing to do: an item to raise from one answer to another, or something in the firm's own words."""

    class Status(models.TextChoices):
        OPEN = "open", _("Not begun")
        DOING = "doing", _("Being worked on")
        DONE = "done", _("Finished")
        DROPPED = "dropped", _("Dropped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="plan_steps")
    # "" where the step belongs to no item; ``title`` then says what it is.
    item = models.CharField(_("item"), max_length=40, blank=True)
    title = models.CharField(_("what is to be done"), max_length=300, blank=True)
    # Answers as they are written in an answers file; "" where there is none.
    before = models.CharField(_("answer now"), max_length=400, blank=True)
    after = models.CharField(_("answer aimed at"), max_length=400, blank=True)
    why = models.CharField(_("why"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Somebody without an account, or a department.
    owner_text = models.CharField(_("responsible"), max_length=100, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.OPEN)
    evidence = models.CharField(_("evidence"), max_length=1000, blank=True)
    place = models.PositiveIntegerField(_("place"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("step of the action plan")
        verbose_name_plural = _("steps of the action plan")
        ordering = ["assessment", "place", "added_at"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item"], condition=~Q(item=""), name="one_plan_step_an_item"),
            models.CheckConstraint(condition=~Q(item="") | ~Q(title=""), name="a_plan_step_says_what_it_is"),
        ]

    def __str__(self) -> str:
        return self.title or self.item

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.status in (self.Status.OPEN, self.Status.DOING)
