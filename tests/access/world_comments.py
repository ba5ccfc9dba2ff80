"""A consultant's comment in the world of tests/access/world.py.

It stands on the draft: on the submitted assessment it would keep the firm's own report from the other consultants.
"""

from django.utils import timezone

from reports.models import ConsultantComment
from tests.access.world import World


def commented(world: World) -> None:
    now, author = timezone.now(), world.people["consultant-report"]
    comment = ConsultantComment.objects.create(
        assessment_id=world.things["draft"], author=author, text="5S", created_at=now, changed_at=now
    )
    world.things["consultant-comment"] = comment.pk
