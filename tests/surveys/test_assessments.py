"""Starting, submitting and starting again."""

import pytest

from firms.models import AuditEntry, Firm, Person
from surveys.library import InstrumentUnknown, instrument_get
from surveys.models import Assessment, Snapshot
from surveys.selectors import answers_of, assessment_instrument
from surveys.services import (
    AssessmentClosed,
    AssessmentIncomplete,
    assessment_discard,
    assessment_start,
    assessment_submit,
    content_hash,
)
from tests.filling import NOW, answered, started, submitted


def test_a_firm_has_one_draft_of_an_instrument(firm: Firm, alice: Person, bob: Person) -> None:
    assert started(firm, alice) == started(firm, bob)


def test_an_assessment_remembers_the_very_file_it_was_started_with(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    instrument = instrument_get("bluebook")
    assert assessment.instrument_hash == instrument.content_hash
    assert assessment_instrument(assessment) is instrument


def test_an_instrument_file_that_changed_since_is_not_used(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    assessment.instrument_hash = "0" * 64
    with pytest.raises(InstrumentUnknown):
        assessment_instrument(assessment)


def test_submitting_needs_every_required_item_that_is_asked(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    with pytest.raises(AssessmentIncomplete) as incomplete:
        assessment_submit(assessment=assessment, person=alice, now=NOW)
    # DG-03 is asked only of firms that have a system.
    assert len(incomplete.value.items) == len(instrument_get("bluebook").items) - 1
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("written", ["NA", "DK", "DECLINE"])
def test_every_kind_of_no_answer_may_be_submitted(firm: Firm, alice: Person, written: str) -> None:
    assessment = answered(firm, alice, RD_01=written)
    assert assessment_submit(assessment=assessment, person=alice, now=NOW).is_submitted


def test_submitting_freezes_answers_and_profile(firm: Firm, alice: Person) -> None:
    assessment = submitted(firm, alice, RD_01="5")
    snapshot = assessment.snapshot
    assert (snapshot.answers["RD-01"], snapshot.size, snapshot.industry) == ("5", firm.size, "C34")
    fields = ("answers", "reasons", "firm_name", "firm_name_en", "size", "industry", "region")
    assert snapshot.content_hash == content_hash({name: getattr(snapshot, name) for name in fields})


def test_a_submitted_assessment_is_not_submitted_or_discarded_again(firm: Firm, alice: Person) -> None:
    assessment = submitted(firm, alice)
    with pytest.raises(AssessmentClosed):
        assessment_submit(assessment=assessment, person=alice, now=NOW)
    with pytest.raises(AssessmentClosed):
        assessment_discard(assessment=assessment, person=alice)
    assert Assessment.objects.count() == 1


def test_assessing_again_starts_from_the_old_answers_and_leaves_the_old_as_it_is(firm: Firm, alice: Person) -> None:
    first = submitted(firm, alice, RD_01="4")
    second = assessment_start(firm=firm, instrument=instrument_get("bluebook"), person=alice, now=NOW, previous=first)
    assert (second.previous, second.is_submitted) == (first, False)
    assert answers_of(second)["RD-01"].written == "4"
    first.refresh_from_db()
    assert first.is_submitted


def test_every_step_is_in_the_audit_trail(firm: Firm, alice: Person) -> None:
    submitted(firm, alice)
    actions = list(AuditEntry.objects.filter(chain=firm.pk).values_list("action", flat=True))
    assert actions == ["firm.registered", "assessment.started", "assessment.submitted"]
