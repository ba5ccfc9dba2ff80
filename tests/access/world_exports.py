"""What the addresses of exports, blue books and verification name."""

from django.utils import timezone

from reports.bluebook.services import book_request
from scoring.models import Release
from tests.access.world import World


def exporting(world: World) -> None:
    release = Release.objects.get(pk=world.things["release"])
    book = book_request(release=release, language="en", person=None, now=timezone.now())
    world.things["book"] = book.pk
    world.things |= {"export-format": "csv", "unknown-report": "QMS-00000-00001"}
