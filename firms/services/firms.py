"""What can happen to a firm and its profile."""

from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from firms.audit import audit_record, changes
from firms.models import Firm, Membership, Person
from firms.refusal import RefusalError
from firms.size import size_of

TAKEN = _("A firm with this code is already registered here. Please ask your colleague to invite you.")


@dataclass(frozen=True)
class Profile:
    """What a firm says about itself; ``revenue`` in 10,000 yuan a year, the credit code normalised or empty."""

    name: str
    industry: str
    region: str
    employees: int
    revenue: Decimal
    name_en: str = ""
    credit_code: str = ""


def profile_of(firm: Firm) -> Profile:
    return Profile(
        name=firm.name,
        name_en=firm.name_en,
        credit_code=firm.credit_code,
        industry=firm.industry,
        region=firm.region,
        employees=firm.employees,
        revenue=firm.revenue,
    )


@transaction.atomic
def firm_register(*, person: Person, profile: Profile) -> Firm:
    """A new firm, owned by the person who registers it. RefusalError where its credit code is taken."""
    firm = Firm(**asdict(profile), size=size_of(profile.employees, profile.revenue))
    _save(firm)
    Membership.objects.create(firm=firm, person=person, role=Membership.Role.OWNER)
    audit_record(person=person, action="firm.registered", firm=firm, subject=firm, after=_recorded(firm))
    return firm


@transaction.atomic
def firm_update(*, firm: Firm, person: Person, profile: Profile) -> Firm:
    """Writes the profile and the size that follows from it. Results already scored keep the stratum they had."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    old = _recorded(firm)
    for field, value in asdict(profile).items():
        setattr(firm, field, value)
    firm.size = size_of(profile.employees, profile.revenue)
    _save(firm)
    before, after = changes(old, _recorded(firm))
    if after:
        audit_record(person=person, action="firm.updated", firm=firm, subject=firm, before=before, after=after)
    return firm


def _save(firm: Firm) -> None:
    """The form has asked already whether the code is free; somebody may have taken it since."""
    try:
        with transaction.atomic():
            firm.save()
    except IntegrityError:
        raise RefusalError(str(TAKEN)) from None


def _recorded(firm: Firm) -> dict[str, object]:
    return {**asdict(profile_of(firm)), "revenue": f"{Decimal(firm.revenue):.2f}", "size": firm.size}
