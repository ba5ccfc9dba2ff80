"""Keeping figures behind an answer: the verdict follows the answer until submission, and never after."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.evidence.mapping import StudyMapping
from scoring.evidence.selectors import evidence_verdicts, verdicts_of
from scoring.evidence.services import measured_remove
from scoring.leaving import person_knows
from scoring.models import MeasuredEvidence
from scoring.services import assessment_score
from surveys.library import instrument_get
from surveys.models import Evidence
from surveys.services import AssessmentClosed, NewAnswer, answer_save, assessment_submit
from surveys.services.evidence import evidence_remove
from tests.evidence.world import VALUES, kept, table
from tests.filling import NOW, answered

pytestmark = pytest.mark.django_db
GOOD = StudyMapping(columns=("Diameter",), lsl=9.9, usl=10.1, time="Time")
POOR = StudyMapping(columns=("Diameter",), lsl=9.97, usl=10.03, time="Time")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.QMS_HOME = tmp_path


@pytest.fixture
def draft(firm, alice):
    return answered(firm, alice, PR_02="4")


def answer(draft, alice, written):
    item = instrument_get("bluebook").item("PR-02")
    answer_save(assessment=draft, item=item, answer=NewAnswer(written), person=alice, now=NOW)


def submit(draft, alice):
    done = assessment_submit(assessment=draft, person=alice, now=NOW)
    assessment_score(assessment=done, now=NOW)
    return done


def told(assessment):
    assessment.refresh_from_db()
    found = verdicts_of(assessment, instrument_get("bluebook"))
    return {one.item: (str(one.outcome), one.leading.decision.reason) for one in found}


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [(GOOD, ("supported", "lower_limit_reaches")), (POOR, ("contradicted", "upper_limit_misses"))],
)
def test_figures_are_judged_when_they_are_kept(draft, alice, mapping, expected):
    row = kept(draft, alice, "PR-02", table(), mapping)
    assert (row.verdict, row.reason, row.declared) == (*expected, "4")


def test_the_verdict_of_a_draft_follows_the_answer(draft, alice):
    kept(draft, alice, "PR-02", table(), GOOD)
    answer(draft, alice, "5")
    assert told(draft) == {"PR-02": ("not_decidable", "interval_straddles")}


def test_submission_writes_down_the_verdict_about_the_final_answer(draft, alice):
    row = kept(draft, alice, "PR-02", table(), POOR)
    answer(draft, alice, "3")
    submit(draft, alice)
    row.refresh_from_db()
    assert (row.verdict, row.reason, row.declared) == ("supported", "was_evaluated", "3")


def test_a_verdict_once_submitted_is_told_as_written_down(draft, alice):
    row = kept(draft, alice, "PR-02", table(), GOOD)
    submit(draft, alice)
    MeasuredEvidence.objects.filter(pk=row.pk).update(verdict="not_decidable", reason="interval_straddles")
    assert told(draft) == {"PR-02": ("not_decidable", "interval_straddles")}


def test_nothing_is_added_to_a_submitted_assessment(draft, alice):
    submit(draft, alice)
    with pytest.raises(AssessmentClosed):
        kept(draft, alice, "PR-02", table(), GOOD)
    assert not MeasuredEvidence.objects.exists()


def test_nothing_is_removed_from_a_submitted_assessment(draft, alice):
    row = kept(draft, alice, "PR-02", table(), GOOD)
    submit(draft, alice)
    with pytest.raises(AssessmentClosed):
        measured_remove(measured=row, person=alice)
    assert MeasuredEvidence.objects.filter(pk=row.pk).exists()


def test_removing_figures_leaves_the_file(draft, alice):
    measured_remove(measured=kept(draft, alice, "PR-02", table(), GOOD), person=alice)
    assert (MeasuredEvidence.objects.count(), Evidence.objects.count()) == (0, 1)


def test_figures_whose_file_was_removed_prove_nothing(draft, alice):
    row = kept(draft, alice, "PR-02", table(), GOOD)
    evidence_remove(evidence=row.files.get(), person=alice)
    assert told(draft) == {"PR-02": ("not_decidable", "source_removed")}


def test_one_characteristic_that_contradicts_decides_for_the_item(draft, alice):
    kept(draft, alice, "PR-02", table(), GOOD)
    kept(draft, alice, "PR-02", table([value + 5 for value in VALUES]), StudyMapping(columns=("Diameter",), usl=15.03))
    assert told(draft)["PR-02"][0] == "contradicted"


def test_a_person_is_told_what_was_computed_under_their_name(draft, alice, bob):
    kept(draft, alice, "PR-02", table(), GOOD)
    assert [row["item"] for row in person_knows(alice)["computations"]] == ["PR-02"]
    assert person_knows(bob)["computations"] == []


def test_verdicts_of_many_assessments_take_one_query(draft, alice):
    kept(draft, alice, "PR-02", table(), GOOD)
    with CaptureQueriesContext(connection) as asked:
        found = evidence_verdicts([draft.pk])
    assert (found, len(asked)) == ({draft.pk: {"PR-02": "supported"}}, 1)


def test_every_kept_figure_survives_the_database(draft, alice):
    row = kept(draft, alice, "PR-02", table(), GOOD)
    before = row.summary
    row.refresh_from_db()
    assert row.summary == before
