"""A standing order in the world of tests/access/world.py."""

from django.utils import timezone

from firms.models import Firm
from reports.workspace.standing import standing_begin
from tests.access.world import World


def standing(world: World) -> None:
    firm, keeper = Firm.objects.get(pk=world.things["firm"]), world.people["consultant-report"]
    order = standing_begin(person=keeper, organisation=None, firm=firm, now=timezone.now())
    world.things["standing-order"] = order.pk
