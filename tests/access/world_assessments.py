"""The assessments and the report of the world in tests/access/world.py."""

from django.utils import timezone

from firms.models import Firm
from reports.models import Report
from reports.services import report_request, store
from tests.access.world import World
from tests.filling import started, submitted


def assessments(world: World) -> None:
    firm = Firm.objects.get(pk=world.things["firm"])
    owner = world.people["owner"]
    done = submitted(firm, owner)
    world.things |= {"submitted": done.pk, "draft": started(firm, owner).pk}
    world.things |= {"instrument": "bluebook", "dimension": "RD", "item": "RD-01"}
    report = report_request(assessment=done, language="zh-hans", person=owner, now=timezone.now())
    store(f"{report.pk}.pdf", b"%PDF-1.7")
    Report.objects.filter(pk=report.pk).update(state=Report.State.READY, file=f"{report.pk}.pdf", size=8)
    world.things["report"] = report.pk
