"""A download of many reports in the world of tests/access/world.py."""

from django.utils import timezone

from reports.workspace.bulk import bulk_request
from reports.workspace.selectors import clients_of
from tests.access.world import World


def bulk(world: World) -> None:
    person = world.people["consultant-report"]
    job = bulk_request(person=person, firms=clients_of(person), language="en", form="zip", now=timezone.now())
    world.things["bulk-job"] = job.pk
