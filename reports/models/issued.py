"""The files that were issued. A report may be built anew after its file has gone; each file of it stays genuine."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report


class IssuedFile(models.Model):
    """One file as it left the house, by its checksum; the file itself may be gone."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="issued")
    sha256 = models.CharField(max_length=64, db_index=True)
    figures_hash = models.CharField(_("hash of the figures"), max_length=64)
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("issued file")
        verbose_name_plural = _("issued files")
        ordering = ["-issued_at"]
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="one_row_an_issued_file")]

    def __str__(self) -> str:
        return f"{self.report.number}: {self.sha256}"
