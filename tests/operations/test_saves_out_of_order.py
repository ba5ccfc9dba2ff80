"""A network that sends a save twice, late or out of order: the last thing that was meant is what stands, once."""

import os
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firms.models import Firm, Person
from surveys.library import instrument_get
from surveys.models import Answer, Assessment, SaveReceipt
from surveys.services import AnswerConflict, NewAnswer, answer_save
from tests.filling import NOW, started

# The full measure: QMS_SCHEDULES=10000.
SCHEDULES = int(os.environ.get("QMS_SCHEDULES", "60"))
ITEMS = ("RD-01", "RD-02")
# What happens next: something is meant anew, or the network does one of its things.
STEPS = st.one_of(
    st.tuples(st.just("mean"), st.sampled_from(ITEMS), st.sampled_from("12345")),
    st.tuples(st.sampled_from(["send", "send and lose the answer", "repeat an old one"]), st.integers(0, 9)),
)


@dataclass
class Sent:
    item: str
    written: str
    key: uuid.UUID
    base: int
    done: bool = False


@dataclass
class Device:
    """Keeps what was meant until the site has acknowledged it, as static/js/outbox.js does: the oldest goes first."""

    assessment: Assessment
    person: Person
    versions: dict[str, int] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    waiting: list[Sent] = field(default_factory=list)
    on_the_way: list[Sent] = field(default_factory=list)

    def mean(self, item: str, written: str) -> None:
        self.meant[item] = written
        self.waiting.append(Sent(item, written, uuid.uuid4(), 0))

    def send(self, *, heard: bool) -> None:
        """The oldest that waits; it goes again, under the same key, until an answer is heard."""
        one = self.waiting[0]
        one.base = one.base or self.versions.get(one.item, 0)
        self.on_the_way.append(one)
        version = self.arrive(one)
        if heard:
            self.versions[one.item] = version
            self.waiting.remove(one)

    def arrive(self, one: Sent) -> int:
        answer = NewAnswer(one.written, based_on=one.base, key=one.key)
        item = instrument_get("bluebook").item(one.item)
        return answer_save(assessment=self.assessment, item=item, answer=answer, person=self.person, now=NOW).version

    def step(self, what: str, *told: Any) -> None:
        if what == "mean":
            self.mean(*told)
        elif what == "repeat an old one" and self.on_the_way:
            # A copy that the network held back: it arrives long after what came later.
            self.arrive(self.on_the_way[told[0] % len(self.on_the_way)])
        elif what.startswith("send") and self.waiting:
            self.send(heard=what == "send")

    def finish(self) -> None:
        while self.waiting:
            self.send(heard=True)


@pytest.fixture
def assessment(firm: Firm, alice: Person) -> Assessment:
    return started(firm, alice)


def standing(assessment: Assessment) -> dict[str, str]:
    return dict(Answer.objects.filter(assessment=assessment).values_list("item", "written"))


def played(assessment: Assessment, person: Person, steps: list[Any]) -> tuple[Device, dict[str, str], int]:
    """The device at the end, what stands then, and how many saves were taken; the rows are taken back."""
    with transaction.atomic():
        device = Device(assessment, person)
        for step in steps:
            device.step(*step)
        device.finish()
        found, receipts = standing(assessment), SaveReceipt.objects.filter(assessment=assessment).count()
        transaction.set_rollback(True)
    return device, found, receipts


LENIENT = settings(max_examples=SCHEDULES, deadline=None, suppress_health_check=list(HealthCheck))


def test_whatever_the_network_does_the_last_meant_stands_and_each_save_counts_once(
    assessment: Assessment, alice: Person
) -> None:
    @LENIENT
    @given(st.lists(STEPS, min_size=4, max_size=25))
    def holds(steps: list[Any]) -> None:
        device, found, receipts = played(assessment, alice, steps)
        assert found == device.meant
        assert receipts == len({one.key for one in device.on_the_way})

    holds()


def test_without_keys_an_old_copy_would_quarrel_with_what_came_later(assessment: Assessment, alice: Person) -> None:
    device = Device(assessment, alice)
    for written in "12":
        device.mean("RD-01", written)
        device.send(heard=True)
    device.on_the_way[0].key = uuid.uuid4()
    with pytest.raises(AnswerConflict):
        device.arrive(device.on_the_way[0])


def test_two_people_never_overwrite_what_they_have_not_seen(assessment: Assessment, alice: Person, bob: Person) -> None:
    @LENIENT
    @given(st.lists(st.tuples(st.sampled_from([0, 1]), st.sampled_from("12345"), st.booleans()), max_size=20))
    def holds(saves: list[tuple[int, str, bool]]) -> None:
        with transaction.atomic():
            lost = overwritten_unseen(assessment, (alice, bob), saves)
            transaction.set_rollback(True)
        assert lost == []

    holds()


def overwritten_unseen(assessment: Assessment, people: tuple[Person, Person], saves: list[Any]) -> list[str]:
    """Each saves on what they saw last; a conflict shows them what stands, and ``looks`` a fresh page does too."""
    seen: list[tuple[int, str]] = [(0, ""), (0, "")]
    stands, lost = (0, ""), []
    item = instrument_get("bluebook").item("RD-01")
    for who, written, looks in saves:
        seen[who] = stands if looks else seen[who]
        answer = NewAnswer(written, based_on=seen[who][0], key=uuid.uuid4())
        try:
            saved = answer_save(assessment=assessment, item=item, answer=answer, person=people[who], now=NOW)
        except AnswerConflict as conflict:
            seen[who] = (conflict.current.version, conflict.current.written)
            continue
        lost += [f"{stands} by {saved.version} {written}"] * (seen[who] != stands and written != stands[1])
        stands = seen[who] = (saved.version, written)
    return lost
