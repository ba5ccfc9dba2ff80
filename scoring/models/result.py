"""What a submitted assessment came to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.models import Assessment


class Result(models.Model):
    """All figures of one assessment, with the versions of everything that made them. Written once."""

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="result")
    engine_version = models.CharField(_("engine version"), max_length=20)
    benchmark_code = models.CharField(_("benchmark"), max_length=40, blank=True)
    benchmark_version = models.CharField(_("benchmark version"), max_length=20, blank=True)
    benchmark_hash = models.CharField(_("benchmark hash"), max_length=64, blank=True)
    index = models.FloatField(_("index"), null=True)
    level = models.CharField(_("maturity level"), max_length=40, blank=True)
    figures = models.JSONField(_("figures"))
    scored_at = models.DateTimeField(_("scored"))

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.index}"
