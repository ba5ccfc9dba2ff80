"""What may happen to answers while an assessment is in work."""

import pytest

from firms.models import Firm, Person
from surveys.instruments.coding import AnswerFault
from surveys.library import instrument_get
from surveys.models import Answer, Assessment
from surveys.selectors import answers_of, asked_items, parts_of
from surveys.services import AnswerConflict, AssessmentClosed, NewAnswer, answer_save
from tests.filling import NOW, started, submitted

ITEM = "RD-01"


def save(assessment: Assessment, person: Person, written: str, based_on: int | None = None, item: str = ITEM) -> Answer:
    return answer_save(
        assessment=assessment,
        item=instrument_get("bluebook").item(item),
        answer=NewAnswer(written, based_on=based_on),
        person=person,
        now=NOW,
    )


def test_the_first_save_is_version_one_and_each_change_counts_up(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    assert [save(assessment, alice, written).version for written in ("2", "3", "4")] == [1, 2, 3]


def test_saving_the_same_answer_again_changes_nothing(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    assert [save(assessment, alice, "2", based_on=0).version for _ in range(3)] == [1, 1, 1]


def test_a_save_based_on_an_old_version_is_a_conflict_that_shows_what_stands(
    firm: Firm, alice: Person, bob: Person
) -> None:
    assessment = started(firm, alice)
    save(assessment, alice, "2", based_on=0)
    with pytest.raises(AnswerConflict) as conflict:
        save(assessment, bob, "5", based_on=0)
    assert (conflict.value.current.written, conflict.value.current.saved_by) == ("2", alice)
    assert answers_of(assessment)[ITEM].written == "2"


def test_different_items_never_conflict(firm: Firm, alice: Person, bob: Person) -> None:
    assessment = started(firm, alice)
    save(assessment, alice, "2", based_on=0)
    assert save(assessment, bob, "5", based_on=0, item="RD-02").version == 1


@pytest.mark.parametrize(
    ("item", "written", "reason"),
    [
        ("RD-01", "6", "unknown_value"),
        ("RD-01", "three", "unknown_value"),
        ("DG-01", "101", "out_of_range"),
        ("DG-01", "-1", "out_of_range"),
        ("DG-01", "many", "not_a_number"),
        ("DG-01", "nan", "not_a_number"),
        ("IM-01", "NA", "na_not_allowed"),
    ],
)
def test_an_answer_that_the_item_does_not_take_is_refused_and_not_stored(
    firm: Firm, alice: Person, item: str, written: str, reason: str
) -> None:
    assessment = started(firm, alice)
    with pytest.raises(AnswerFault) as fault:
        save(assessment, alice, written, item=item)
    assert fault.value.reason == reason
    assert answers_of(assessment) == {}


def test_nothing_is_saved_into_a_submitted_assessment(firm: Firm, alice: Person) -> None:
    assessment = submitted(firm, alice)
    with pytest.raises(AssessmentClosed):
        save(assessment, alice, "5")
    assert answers_of(assessment)[ITEM].written == "3"


def test_an_item_behind_a_branch_is_asked_only_when_the_branch_is_taken(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    instrument = instrument_get("bluebook")
    shown = {}
    for written in ("no", "DK", "yes"):
        save(assessment, alice, written, item="DG-02")
        shown[written] = "DG-03" in {item.code for item in asked_items(instrument, answers_of(assessment))}
    assert shown == {"no": False, "DK": False, "yes": True}


def test_what_was_typed_behind_a_closed_branch_is_kept(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    for item, written in (("DG-02", "yes"), ("DG-03", "60"), ("DG-02", "no")):
        save(assessment, alice, written, item=item)
    assert answers_of(assessment)["DG-03"].written == "60"


def test_progress_counts_the_items_that_are_asked(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    save(assessment, alice, "no", item="DG-02")
    parts = {p.dimension.code: p.progress for p in parts_of(instrument_get("bluebook"), answers_of(assessment))}
    digital = instrument_get("bluebook").dimension_by_code["DG"]
    assert (parts["DG"].answered, parts["DG"].asked) == (1, len(digital.items) - 1)
