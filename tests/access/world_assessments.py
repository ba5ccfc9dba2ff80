"""The assessments and the report of the world in tests/access/world.py."""

from django.utils import timezone

from firms.models import Firm, Organisation
from reports.models import Report
from reports.services import report_request, store
from surveys.instruments.check_file import load_file
from surveys.models import Assessment, Rater
from surveys.services.authoring import draft_keep
from surveys.services.evidence import evidence_add
from surveys.services.opinions import rater_set
from surveys.services.together import Request, comment_add, part_link_create
from tests.access.world import World
from tests.filling import started, submitted
from tests.instruments.rich import RICH


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


def together(world: World) -> None:
    """The editor was asked for an independent answer; a link for a newcomer is out; a comment and a file are there."""
    draft = Assessment.objects.get(pk=world.things["draft"])
    owner, editor = world.people["owner"], world.people["editor"]
    asked = Request(parts=("RD",), role=Rater.Role.values[0])
    rater_set(assessment=draft, person=editor, role=asked.role)
    world.things["colleague"] = editor.pk
    world.things["part-token"] = part_link_create(assessment=draft, asked=asked, person=owner)
    text = comment_add(assessment=draft, item="RD-01", text="?", person=owner, now=timezone.now())
    world.things["comment"] = text.pk
    file = evidence_add(
        assessment=draft, item="RD-01", name="cpk.csv", content=b"x\n1\n", person=owner, now=timezone.now()
    )
    world.things["evidence"] = file.pk


def questionnaires(world: World) -> None:
    """The association has a questionnaire in work."""
    association = Organisation.objects.get(pk=world.things["association"])
    person = world.people["association"]
    draft = draft_keep(organisation=association, loaded=load_file(RICH.encode()), person=person, now=timezone.now())
    world.things |= {"association-code": draft.owner.code, "association-version": draft.version, "file-form": "yaml"}
