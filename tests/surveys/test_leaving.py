"""What becomes of drafts and files when firms merge or end."""

from pathlib import Path

import pytest
from pytest_django import Settings

from firms.models import Firm, Person
from surveys.files import path_of
from surveys.leaving import drafts_meet, evidence_go, person_knows
from surveys.library import instrument_get
from surveys.models import Assessment
from surveys.selectors import answers_of
from surveys.services import NewAnswer, answer_save
from surveys.services.evidence import evidence_add
from tests.filling import NOW, started
from tests.surveys.twins import twin_of

PDF = b"%PDF-1.7\n%%EOF\n"


def save(assessment: Assessment, person: Person, **written: str) -> None:
    for code, answer in written.items():
        item = instrument_get("bluebook").item(code.replace("_", "-"))
        answer_save(assessment=assessment, item=item, answer=NewAnswer(answer), person=person, now=NOW)


def test_of_two_drafts_one_stays_with_the_answers_of_both(firm: Firm, alice: Person) -> None:
    twin = twin_of(alice)
    kept, dropped = started(firm, alice), started(twin, alice)
    save(kept, alice, RD_01="3")
    save(dropped, alice, RD_01="5", RD_02="4")
    drafts_meet(firm, twin)
    assert {code: row.written for code, row in answers_of(kept).items()} == {"RD-01": "3", "RD-02": "4"}
    assert list(Assessment.objects.all()) == [kept]


@pytest.mark.django_db(transaction=True)
def test_a_firm_that_ends_takes_its_files_along(firm: Firm, alice: Person, settings: Settings, tmp_path: Path) -> None:
    settings.QMS_HOME = tmp_path
    assessment = started(firm, alice)
    made = evidence_add(assessment=assessment, item="RD-01", name="a", content=PDF, person=alice, now=NOW)
    evidence_go(firm)
    assert not path_of(made.pk).exists()


def test_a_person_is_told_what_they_answered(firm: Firm, alice: Person) -> None:
    save(started(firm, alice), alice, RD_01="3")
    assert [row["answer"] for row in person_knows(alice)["answers"]] == ["3"]
