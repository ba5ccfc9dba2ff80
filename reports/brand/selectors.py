"""Which look an owner has now, and what it holds."""

from base64 import b64encode
from dataclasses import asdict, dataclass
from typing import Any

from firms.models import Organisation, Person
from reports.builders.brand import Look
from reports.models import Brand

TEXTS = ("name", "contact", "title_zh", "title_en", "text_zh", "text_en", "footer", "accent")


@dataclass(frozen=True)
class Owner:
    """Whose look it is: an organisation's or a person's. A firm is neither of both and has none."""

    organisation: Organisation | None = None
    person: Person | None = None

    @property
    def name(self) -> str:
        """What either is called; empty for neither."""
        if self.organisation:
            return self.organisation.name
        return self.person.get_full_name() if self.person else ""


def brand_of(owner: Owner) -> Brand | None:
    """The look in use; None where the owner has none."""
    if owner == Owner():
        return None
    return Brand.objects.filter(**vars(owner), retired_at=None).first()


def look_of(brand: Brand) -> Look:
    """The content of a row; some databases give a picture as a view of their own memory."""
    logo = None if brand.logo is None else bytes(brand.logo)
    return Look(**{name: getattr(brand, name) for name in TEXTS}, logo=logo)


def looks_known(person: Person) -> list[dict[str, Any]]:
    """Every look that is kept of the person, for a copy of everything; the logo in base64."""
    rows = Brand.objects.filter(person=person).order_by("made_at")
    return [_known(row) for row in rows]


def _known(row: Brand) -> dict[str, Any]:
    content = asdict(look_of(row))
    logo = content.pop("logo")
    return content | {
        "logo_png": b64encode(logo).decode() if logo else "",
        "made_at": row.made_at,
        "retired_at": row.retired_at,
    }
