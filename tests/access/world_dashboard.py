"""Releases of the world in tests/access/world.py: one that only its association reads, and one for everybody."""

from firms.models import Organisation
from tests.access.world import World
from tests.dashboard.rows import released_row


def dashboards(world: World) -> None:
    association = Organisation.objects.get(pk=world.things["association"])
    world.things["dashboard"] = released_row(association, number=50).pk
    world.things["benchmark"] = released_row(association, number=51, is_public=True).pk
    world.things |= {"block": "levels", "dashboard-form": "csv"}
