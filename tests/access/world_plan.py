"""A step of the action plan of the world in tests/access/world.py."""

from django.utils import timezone

from reports.plan.services import plan_add
from surveys.models import Assessment
from tests.access.world import World


def plan(world: World) -> None:
    done = Assessment.objects.get(pk=world.things["submitted"])
    step = plan_add(assessment=done, title="5S", person=world.people["owner"], now=timezone.now())
    world.things["plan-step"] = step.pk
