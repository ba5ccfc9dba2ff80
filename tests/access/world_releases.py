"""A release of the association in tests/access/world.py, of no firm at all."""

from django.utils import timezone

from firms.models import Organisation
from scoring.models import Release
from scoring.releases.services import part_count, release_request
from surveys.library import instrument_get
from tests.access.world import World


def released(world: World) -> None:
    release: Release = release_request(
        association=Organisation.objects.get(pk=world.things["association"]),
        instrument=instrument_get("bluebook"),
        label="2026-11",
        person=world.people["association"],
        now=timezone.now(),
    )
    part_count(part_id=release.parts.get().pk)
    world.things["release"] = release.pk
