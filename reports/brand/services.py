"""Everything that can happen to a look: saved, taken out of use, forgotten.

What is saved never changes: reports that were ordered with a look keep it, whatever its owner does later.
"""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from firms.audit import audit_record
from firms.models import Organisation, Person
from reports.brand.selectors import Owner, brand_of
from reports.builders.brand import Look, look_hash
from reports.models import Brand

# A report that is being ordered now may still take the look that was in use a moment ago.
FORGOTTEN_AFTER = timedelta(days=1)


@transaction.atomic
def brand_save(*, owner: Owner, look: Look, person: Person, now: datetime) -> Brand:
    """The look in use from now on. One that the owner had before is the same row again, and its reports are too."""
    _lock(owner)
    content = look_hash(look)
    current = brand_of(owner)
    if current is not None and current.hash == content:
        return current
    _retire(owner, now)
    brand, _made = Brand.objects.update_or_create(
        hash=content,
        **vars(owner),
        defaults={"retired_at": None},
        create_defaults={**asdict(look), "made_at": now},
    )
    audit_record(person=person, action="brand.changed", subject=brand, after={"hash": content})
    return brand


@transaction.atomic
def brand_remove(*, owner: Owner, person: Person, now: datetime) -> bool:
    """Reports ordered from now on look like the site's own; False where the owner had no look."""
    _lock(owner)
    current = brand_of(owner)
    if current is None:
        return False
    _retire(owner, now)
    audit_record(person=person, action="brand.removed", subject=current, before={"hash": current.hash})
    return True


def _retire(owner: Owner, now: datetime) -> None:
    Brand.objects.filter(**vars(owner), retired_at=None).update(retired_at=now)


def _lock(owner: Owner) -> None:
    """Two who save at once come one after the other."""
    if owner.organisation:
        Organisation.objects.select_for_update().get(pk=owner.organisation.pk)
    if owner.person:
        Person.objects.select_for_update().get(pk=owner.person.pk)


def brands_forget(*, now: datetime) -> int:
    """Removes looks that went out of use and that no report carries; how many."""
    old = Brand.objects.filter(retired_at__lt=now - FORGOTTEN_AFTER, reports=None)
    return old.delete()[0]
