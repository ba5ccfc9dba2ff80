"""What one firm wrote is never on a page, in a file or in a log that the other firm's people or strangers can reach."""

import io
import logging
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse

from firms.models import Firm, Membership, Person
from reports.models import ConsultantComment, PlanStep
from scoring.models import MeasuredEvidence
from surveys.models import Answer, Comment, Evidence, Snapshot
from tests.access import table, world
from tests.access.table import Row
from tests.access.test_matrix import PARTS, close_files
from tests.access.world_assessments import assessments, together
from tests.access.world_comments import commented
from tests.access.world_evidence import measured_data
from tests.access.world_plan import plan

# A link names the firm that sent it to whoever holds it.
LINKS = {"invitation", "part-link", "campaign-join"}
ROWS = [row for row in table.rows().values() if "GET" in row.methods and row.name not in LINKS]
# What a firm with an assessment of its own has, whoever it belongs to.
OF_A_FIRM = [assessments, together, measured_data, plan, commented]
# Whose words a row holds is found through its firm; a person's through the rows of the world.
TEXTS = {
    Snapshot: ["firm_name", "firm_name_en"],
    Answer: ["reason"],
    Comment: ["text"],
    Evidence: ["name"],
    PlanStep: ["title", "owner_text", "evidence"],
    ConsultantComment: ["text"],
    MeasuredEvidence: ["title"],
}


@dataclass
class Canaries:
    """The two firms: ``things`` by the names of the access table, ``sown`` every word that belongs to one of them."""

    world: world.World
    things: dict[str, dict[str, object]]
    sown: dict[str, set[str]] = field(default_factory=lambda: {"mine": set(), "theirs": set()})

    def word(self, whose: str) -> str:
        """Upper case and letters that no checksum and no key has."""
        made = f"Canary{uuid.uuid4().hex[:12]}ZQ"
        self.sown[whose].add(made)
        return made


def neighbours_world(everybody: world.World) -> world.World:
    """The neighbour's firm, as its owner's world: with people of its own, and the same kinds of things in it."""
    owner = everybody.people["neighbour"]
    firm = Firm.objects.get(memberships__person=owner)
    colleague, adviser = (Person.objects.create(email=f"{who}@example.net", name=who) for who in ("fay", "gus"))
    Membership.objects.create(firm=firm, person=colleague, role=Membership.Role.EDITOR)
    theirs = world.World(people={"owner": owner, "editor": colleague, "consultant-report": adviser})
    theirs.things["firm"] = firm.pk
    for part in OF_A_FIRM:
        part(theirs)
    return theirs


def sow(canaries: Canaries, whose: str, people: list[Person]) -> None:
    firm = canaries.things[whose]["firm"]
    for model, names in TEXTS.items():
        for row in model.objects.filter(assessment__firm=firm):  # type: ignore[attr-defined]
            told = {name: canaries.word(whose) for name in names}
            model.objects.filter(pk=row.pk).update(**told)  # type: ignore[attr-defined]
    Firm.objects.filter(pk=firm).update(name=canaries.word(whose), name_en=canaries.word(whose))
    for person in people:
        Person.objects.filter(pk=person.pk).update(name=canaries.word(whose))


@pytest.fixture
def canaries(db: None) -> Canaries:
    everybody = world.build(*PARTS)
    theirs = neighbours_world(everybody)
    made = Canaries(everybody, {"mine": everybody.things, "theirs": everybody.things | theirs.things})
    sow(made, "mine", [everybody.people[role] for role in ("owner", "editor", "viewer")])
    sow(made, "theirs", list(theirs.people.values()))
    return made


def text_of(response: HttpResponseBase) -> str:
    """The body, unpacked where it is an archive, as a workbook is, with the headers in front."""
    told = getattr(response, "streaming_content", None)
    body = b"".join(told) if told is not None else response.content  # type: ignore[attr-defined]
    close_files(response)
    return f"{dict(response.items())}\n" + (b"".join(members(body)) or body).decode("utf-8", "replace")


def members(body: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def read(canaries: Canaries, row: Row, role: str, things: dict[str, object]) -> str:
    cache.clear()  # the rate limits' counts
    address = reverse(row.name, kwargs={name: things[thing] for name, thing in row.args.items()})
    with transaction.atomic():
        text = text_of(canaries.world.browser(role).get(address))
        transaction.set_rollback(True)
    return text


def pages(canaries: Canaries, role: str) -> dict[str, str]:
    """Everything that can be asked for, with the things of either firm."""
    return {
        f"{row.name} ({whose})": read(canaries, row, role, things)
        for row in ROWS
        for whose, things in canaries.things.items()
    }


def places(found: dict[str, str], words: set[str]) -> list[str]:
    return [place for place, text in found.items() if any(word in text for word in words)]


@pytest.mark.parametrize(
    ("role", "own", "foreign"),
    [
        ("owner", "mine", "theirs"),
        ("neighbour", "theirs", "mine"),
        ("consultant-evidence", "mine", "theirs"),
    ],
)
def test_each_reads_of_their_own_firm_alone(
    canaries: Canaries, caplog: pytest.LogCaptureFixture, role: str, own: str, foreign: str
) -> None:
    caplog.set_level(logging.INFO)
    found = pages(canaries, role)
    assert places(found, canaries.sown[foreign]) == []
    # The words are there to be found: a walk that sees nothing would prove nothing.
    assert len(places(found, canaries.sown[own])) >= 10
    assert places({"the log": caplog.text}, canaries.sown[own] | canaries.sown[foreign]) == []


@pytest.mark.parametrize("role", ["anonymous", "other-association"])
def test_who_was_let_in_by_neither_reads_of_neither(canaries: Canaries, role: str) -> None:
    assert places(pages(canaries, role), canaries.sown["mine"] | canaries.sown["theirs"]) == []
