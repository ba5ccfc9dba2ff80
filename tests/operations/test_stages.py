"""What people of every role do with an assessment, in every order: it goes only the ways that exist."""

import os
from collections import Counter
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from

from firms.models import AuditEntry, Firm
from surveys.library import instrument_get
from surveys.models import Answer, Assessment, Snapshot
from surveys.services import NewAnswer, answer_save
from tests.access import world
from tests.filling import NOW, middling

# The full measure: QMS_STAGES=1000.
EXAMPLES = int(os.environ.get("QMS_STAGES", "6"))
STEPS = 20
EDITORS = {"owner", "editor"}
ROLES = ["owner", "editor", "viewer", "neighbour", "consultant-evidence", "association", "staff", world.ANONYMOUS]
BLUEBOOK = instrument_get("bluebook")


class Stages(RuleBasedStateMachine):
    """``drafts`` and ``done`` are what should stand; ``events`` how often the trail should tell of each step."""

    everybody: world.World

    def __init__(self) -> None:
        super().__init__()
        self._round = transaction.atomic()
        self._round.__enter__()
        self.firm = Firm.objects.get(pk=self.everybody.things["firm"])
        self.draft: str | None = None
        self.answered = False
        self.done: dict[str, str] = {}
        self.events = Counter[str]()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._round.__exit__(None, None, None)

    def _post(self, role: str, name: str, args: list[Any], data: dict[str, str] | None = None) -> int:
        cache.clear()  # the rate limits' counts
        return int(self.everybody.browser(role).post(reverse(name, args=args), data or {}).status_code)

    @rule(role=sampled_from(ROLES))
    def start(self, role: str) -> None:
        self._post(role, "assessment-new", [self.firm.pk], {"instrument": "bluebook"})
        if role in EDITORS and self.draft is None:
            self.draft, self.answered = str(Assessment.objects.get(status="draft").pk), False
            self.events["assessment.started"] += 1

    @rule()
    def answer_everything(self) -> None:
        if self.draft is not None:
            row, owner = Assessment.objects.get(pk=self.draft), self.everybody.people["owner"]
            for code, written in middling(BLUEBOOK).items():
                answer = NewAnswer(written)
                answer_save(assessment=row, item=BLUEBOOK.item(code), answer=answer, person=owner, now=NOW)
            self.answered = True

    @rule(role=sampled_from(ROLES), which=sampled_from(["draft", "done"]), value=sampled_from("12345"))
    def answer(self, role: str, which: str, value: str) -> None:
        for pk in self._some(which):
            form = {"RD-01-choice": value, "RD-01-version": ""}
            status = self._post(role, "answer", [pk, "RD-01"], form)
            assert (status == 200) == (role in EDITORS and which == "draft"), (role, which, status)

    @rule(role=sampled_from(ROLES), which=sampled_from(["draft", "done"]))
    def submit(self, role: str, which: str) -> None:
        for pk in self._some(which):
            self._post(role, "assessment-submit", [pk])
            if role in EDITORS and which == "draft" and self.answered:
                self.done[pk] = Snapshot.objects.get(assessment=pk).content_hash
                self.draft = None
                self.events["assessment.submitted"] += 1

    @rule(role=sampled_from(ROLES), which=sampled_from(["draft", "done"]))
    def reopen(self, role: str, which: str) -> None:
        for pk in self._some(which):
            self._post(role, "assessment-reopen", [pk])
            if role in EDITORS and which == "done" and self.draft is None:
                self.draft, self.answered = str(Assessment.objects.get(status="draft").pk), True
                self.events["assessment.started"] += 1

    @rule(role=sampled_from(ROLES), which=sampled_from(["draft", "done"]))
    def discard(self, role: str, which: str) -> None:
        for pk in self._some(which):
            self._post(role, "assessment-remove", [pk])
            if role in EDITORS and which == "draft":
                self.draft = None
                self.events["assessment.discarded"] += 1

    def _some(self, which: str) -> list[str]:
        return [self.draft] * (self.draft is not None) if which == "draft" else list(self.done)[:1]

    @invariant()
    def only_what_should_stand_stands(self) -> None:
        rows = {str(pk): status for pk, status in Assessment.objects.values_list("pk", "status")}
        assert rows == dict.fromkeys(self.done, "submitted") | ({self.draft: "draft"} if self.draft else {})

    @invariant()
    def what_was_submitted_never_changes(self) -> None:
        for pk, content_hash in self.done.items():
            snapshot = Snapshot.objects.get(assessment=pk)
            assert snapshot.content_hash == content_hash
            answers = dict(Answer.objects.filter(assessment=pk).values_list("item", "written"))
            assert answers == snapshot.answers

    @invariant()
    def the_trail_tells_every_step(self) -> None:
        told = AuditEntry.objects.filter(chain=self.firm.pk, action__startswith="assessment.")
        assert Counter(told.values_list("action", flat=True)) == self.events


@pytest.fixture
def machine(db: None) -> type[Stages]:
    return type("Stages", (Stages,), {"everybody": world.build()})


SETTINGS = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_an_assessment_goes_only_the_ways_that_exist(machine: type[Stages]) -> None:
    run_state_machine_as_test(machine, settings=SETTINGS)


def test_a_step_that_the_trail_does_not_tell_is_found(machine: type[Stages], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("surveys.services.assessments.audit_record", lambda **told: None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=settings(SETTINGS, max_examples=50))
