"""The look that consultants and organisations give to the reports made for them.

A row never changes once it is written: saving another look writes another row, and a report keeps the row that it was
ordered with. So a rebuild, years later, looks as the first file did.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation

# What a page has room for.
LONGEST = {"name": 120, "contact": 200, "title": 80, "text": 300, "footer": 120}


class Brand(models.Model):
    """One look of one owner, an organisation or a person; ``retired_at`` is None for the one in use."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name on the cover"), max_length=LONGEST["name"])
    contact = models.CharField(_("contact"), max_length=LONGEST["contact"], blank=True)
    # Empty where the report's own title stands.
    title_zh = models.CharField(_("cover title in Chinese"), max_length=LONGEST["title"], blank=True)
    title_en = models.CharField(_("cover title in English"), max_length=LONGEST["title"], blank=True)
    text_zh = models.TextField(_("cover text in Chinese"), max_length=LONGEST["text"], blank=True)
    text_en = models.TextField(_("cover text in English"), max_length=LONGEST["text"], blank=True)
    footer = models.CharField(_("footer"), max_length=LONGEST["footer"], blank=True)
    # ``#rrggbb``, dark enough for white text.
    accent = models.CharField(_("accent colour"), max_length=7)
    # A PNG that this site wrote itself: nothing of an uploaded file but its pixels. None where there is no logo.
    logo = models.BinaryField(_("logo"), null=True, blank=True)
    hash = models.CharField(_("hash of the content"), max_length=64, editable=False)
    made_at = models.DateTimeField(_("written"))
    retired_at = models.DateTimeField(_("out of use since"), null=True, blank=True)

    class Meta:
        verbose_name = _("look of reports")
        verbose_name_plural = _("looks of reports")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False) | Q(organisation__isnull=False, person=None),
                name="a_brand_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(retired_at=None), name="one_brand_an_organisation"
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(retired_at=None), name="one_brand_a_person"),
            models.UniqueConstraint(fields=["organisation", "hash"], name="one_row_an_organisations_look"),
            models.UniqueConstraint(fields=["person", "hash"], name="one_row_a_persons_look"),
        ]

    def __str__(self) -> str:
        return self.name
