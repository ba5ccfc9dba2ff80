"""Answering together: conflicts, keys, presence, parts, links, remarks, last year's answers."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from firms.gate import Right, fetch
from firms.models import Firm, Membership, Person
from firms.refusal import RefusalError
from surveys.library import instrument_get
from surveys.models import Answer, Assessment, Comment, PartAssignment
from surveys.selectors import answers_of, assessment_instrument
from surveys.selectors.together import others_here, owing, owing_of, unassigned
from surveys.services import (
    AnswerConflict,
    AssessmentClosed,
    NewAnswer,
    Saved,
    answer_save,
    assessment_start,
    assessment_submit,
)
from surveys.services.together import (
    Request,
    colleague_ask,
    comment_add,
    comment_settle,
    part_link_create,
    part_link_open,
    part_link_take,
    presence_note,
)
from tests.filling import NOW, answered, started, submitted

SignIn = Callable[[Person], Client]
KEY = uuid.UUID(int=7)


def save(assessment: Assessment, person: Person, written: str, base: int | None, key: uuid.UUID | None = None) -> Saved:
    item = instrument_get("bluebook").item("RD-01")
    return answer_save(
        assessment=assessment, item=item, answer=NewAnswer(written, based_on=base, key=key), person=person, now=NOW
    )


# --- Saves ---


def test_the_same_key_is_the_same_save_however_often_it_comes(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    assert [save(assessment, alice, "3", 0, KEY).version for _ in range(3)] == [1, 1, 1]
    assert answers_of(assessment)["RD-01"].version == 1


def test_a_late_repeat_does_not_undo_what_a_colleague_saved_since(firm: Firm, alice: Person, bob: Person) -> None:
    assessment = started(firm, alice)
    save(assessment, alice, "3", 0, KEY)
    save(assessment, bob, "5", 1)
    assert save(assessment, alice, "3", 0, KEY).version == 1
    assert answers_of(assessment)["RD-01"].written == "5"


def test_after_a_late_repeat_the_next_change_is_told_of_the_colleagues_answer(
    firm: Firm, alice: Person, bob: Person
) -> None:
    assessment = started(firm, alice)
    save(assessment, alice, "3", 0, KEY)
    save(assessment, bob, "5", 1)
    repeated = save(assessment, alice, "3", 0, KEY)
    with pytest.raises(AnswerConflict):
        save(assessment, alice, "4", repeated.version)


def test_after_submitting_a_repeat_is_still_answered_and_anything_new_is_refused(firm: Firm, alice: Person) -> None:
    assessment = answered(firm, alice)
    save(assessment, alice, "4", 1, KEY)
    assessment_submit(assessment=assessment, person=alice, now=NOW)
    assert save(assessment, alice, "4", 1, KEY).version == 2
    with pytest.raises(AssessmentClosed):
        save(assessment, alice, "1", 2, uuid.UUID(int=8))


def test_a_page_posted_whole_leaves_alone_what_was_not_touched(
    firm: Firm, alice: Person, bob: Person, signed_in: SignIn
) -> None:
    assessment = started(firm, alice)
    save(assessment, alice, "3", 0)
    save(assessment, bob, "5", 1)
    page = {"RD-01-choice": "3", "RD-01-was": "3", "RD-01-version": "1", "RD-02-choice": "4", "go": "next"}
    response = signed_in(alice).post(reverse("assessment-part", args=[assessment.pk, "RD"]), page)
    assert response.status_code == 302
    assert answers_of(assessment)["RD-01"].written == "5"


def test_a_conflict_on_a_whole_page_shows_both_and_the_second_save_is_meant(
    firm: Firm, alice: Person, bob: Person, signed_in: SignIn
) -> None:
    assessment, client = started(firm, alice), signed_in(alice)
    save(assessment, bob, "5", 0)
    address = reverse("assessment-part", args=[assessment.pk, "RD"])
    page = client.post(address, {"RD-01-choice": "2", "RD-01-was": "", "RD-01-version": "0"}).text
    assert 'class="conflict"' in page
    assert 'name="RD-01-version" value="1"' in page
    client.post(address, {"RD-01-choice": "2", "RD-01-was": "5", "RD-01-version": "1"})
    assert answers_of(assessment)["RD-01"].written == "2"


def test_autosave_tells_both_values_and_the_version_that_stands(
    firm: Firm, alice: Person, bob: Person, signed_in: SignIn
) -> None:
    assessment = started(firm, alice)
    save(assessment, bob, "5", 0)
    data = {"RD-01-choice": "2", "RD-01-version": "0", "RD-01-key": str(KEY)}
    response = signed_in(alice).post(reverse("answer", args=[assessment.pk, "RD-01"]), data)
    said = response.json()
    assert (response.status_code, said["who"], said["version"], said["written"]) == (409, "Bob", 1, "5")
    assert said["theirs"] != said["yours"]


# --- Presence ---


def test_who_was_seen_a_moment_ago_is_here_and_nobody_sees_themselves(firm: Firm, alice: Person, bob: Person) -> None:
    assessment = started(firm, alice)
    presence_note(assessment=assessment, person=bob, part="RD", item="RD-02", now=NOW)
    presence_note(assessment=assessment, person=alice, part="PR", item="", now=NOW)
    assert [(one.person, one.item) for one in others_here(assessment, alice, NOW)] == [(bob, "RD-02")]
    assert others_here(assessment, alice, NOW + timedelta(minutes=2)) == []


def test_looking_around_tells_where_the_others_are_and_how_the_part_stands(
    firm: Firm, alice: Person, bob: Person, signed_in: SignIn
) -> None:
    assessment = started(firm, alice)
    address = reverse("presence", args=[assessment.pk])
    signed_in(bob).post(reverse("answer", args=[assessment.pk, "RD-01"]), {"RD-01-choice": "4"})
    said = signed_in(alice).post(address, {"part": "RD"}).json()
    assert len(said["here"]) == 1
    assert said["answers"]["RD-01"] == {"version": 1, "written": "4", "reason": "", "who": "Bob"}


def test_a_part_that_does_not_exist_is_refused(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    address = reverse("presence", args=[started(firm, alice).pk])
    assert signed_in(alice).post(address, {"part": "XX"}).status_code == 422


# --- Parts ---


def ask(assessment: Assessment, colleague: Person, person: Person, *parts: str, role: str = "") -> None:
    colleague_ask(assessment=assessment, colleague=colleague, asked=Request(parts, role), person=person, now=NOW)


def test_the_owner_sees_who_owes_what(firm: Firm, alice: Person, bob: Person) -> None:
    assessment = started(firm, alice)
    ask(assessment, bob, alice, "PR")
    instrument = assessment_instrument(assessment)
    people = owing(assessment, instrument, answers_of(assessment))
    assert [(one.person, one.left) for one in people] == [(bob, len(instrument.dimension_by_code["PR"].items))]
    assert unassigned(instrument, people) == [d.code for d in instrument.dimensions if d.code != "PR"]


def test_asking_again_replaces_what_was_asked(firm: Firm, alice: Person, bob: Person) -> None:
    assessment = started(firm, alice)
    ask(assessment, bob, alice, "PR", "RD")
    ask(assessment, bob, alice, "RD")
    assert list(PartAssignment.objects.values_list("part", flat=True)) == ["RD"]


def test_a_viewer_cannot_be_asked(firm: Firm, alice: Person, vera: Person) -> None:
    with pytest.raises(RefusalError):
        ask(started(firm, alice), vera, alice, "RD")
    assert not PartAssignment.objects.exists()


def test_whoever_was_asked_begins_with_their_part(firm: Firm, alice: Person, bob: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    ask(assessment, bob, alice, "PR")
    page = signed_in(bob).get(reverse("assessment", args=[assessment.pk]), follow=True).text
    assert reverse("assessment-part", args=[assessment.pk, "PR"]) in page


# --- Links ---


def link(assessment: Assessment, alice: Person, *parts: str) -> str:
    return part_link_create(assessment=assessment, asked=Request(parts), person=alice)


def test_a_link_lets_one_stranger_in_and_gives_them_their_part(firm: Firm, alice: Person, charlie: Person) -> None:
    assessment = started(firm, alice)
    opened = part_link_open(link(assessment, alice, "DG"), charlie)
    part_link_take(link=opened, person=charlie, now=NOW)
    assert Membership.objects.get(person=charlie).role == "editor"
    mine = owing_of(assessment, charlie, assessment_instrument(assessment), {})
    assert mine.next_part == "DG"


def test_a_taken_link_goes_on_for_its_holder_and_for_nobody_else(
    firm: Firm, alice: Person, bob: Person, charlie: Person, signed_in: SignIn
) -> None:
    assessment = started(firm, alice)
    address = reverse("part-link", args=[link(assessment, alice, "DG")])
    signed_in(charlie).post(address)
    assert signed_in(charlie).get(address).headers["Location"] == reverse("assessment", args=[assessment.pk])
    assert [signed_in(bob).get(address).status_code, Client().get(address).status_code] == [404, 404]


def test_a_link_tells_a_visitor_who_asks_for_what(firm: Firm, alice: Person) -> None:
    address = reverse("part-link", args=[link(started(firm, alice), alice, "DG")])
    page = Client().get(address).text
    for told in ("Alice", firm.name, reverse("account_signup"), reverse("account_login")):
        assert told in page


def test_only_the_owner_makes_links(firm: Firm, alice: Person, bob: Person, signed_in: SignIn) -> None:
    address = reverse("team-link", args=[started(firm, alice).pk])
    assert signed_in(bob).post(address, {"link-parts": "RD"}).status_code == 404
    assert "/work/" in signed_in(alice).post(address, {"link-parts": "RD"}).text


# --- Remarks ---


def test_a_remark_stays_readable_when_it_is_settled(firm: Firm, alice: Person, bob: Person) -> None:
    assessment = started(firm, alice)
    comment = comment_add(assessment=assessment, item="RD-01", text="Which project?", person=bob, now=NOW)
    comment_settle(comment=comment, person=alice, now=NOW)
    assert Comment.objects.get().settled_at == NOW


def test_a_remark_is_shown_as_it_was_typed(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment, client = started(firm, alice), signed_in(alice)
    client.post(reverse("comment", args=[assessment.pk, "RD-01"]), {"text": "<script>alert(1)</script>"})
    page = client.get(reverse("item", args=[assessment.pk, "RD-01"])).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_strangers_remark_does_not_exist_for_others(firm: Firm, alice: Person, charlie: Person) -> None:
    comment = comment_add(assessment=started(firm, alice), item="RD-01", text="x", person=alice, now=NOW)
    with pytest.raises(Http404):
        fetch(charlie, Comment.objects.all(), comment.pk, Right.EDIT, via="assessment__firm")


# --- From last time ---


@pytest.fixture
def again(firm: Firm, alice: Person) -> Assessment:
    first = submitted(firm, alice, RD_01="4")
    return assessment_start(firm=firm, instrument=instrument_get("bluebook"), person=alice, now=NOW, previous=first)


def test_copied_answers_wait_to_be_confirmed(again: Assessment) -> None:
    assert all(answer.carried for answer in answers_of(again).values())


@pytest.mark.parametrize("written", ["4", "2"])
def test_saving_the_same_or_another_answer_confirms_it(again: Assessment, alice: Person, written: str) -> None:
    save(again, alice, written, 1)
    assert not answers_of(again)["RD-01"].carried


def test_the_box_on_the_page_confirms_without_changing(again: Assessment, alice: Person, signed_in: SignIn) -> None:
    page = {"RD-01-choice": "4", "RD-01-was": "4", "RD-01-version": "1", "RD-01-confirm": "on"}
    signed_in(alice).post(reverse("assessment-part", args=[again.pk, "RD"]), page)
    assert (answers_of(again)["RD-01"].carried, answers_of(again)["RD-01"].version) == (False, 1)


def test_the_review_marks_what_changed_and_confirms_the_rest_at_once(
    again: Assessment, alice: Person, signed_in: SignIn
) -> None:
    client = signed_in(alice)
    save(again, alice, "2", 1)
    page = client.get(reverse("assessment-review", args=[again.pk])).text
    assert page.count('class="tag changed"') == 1
    client.post(reverse("assessment-confirm", args=[again.pk]))
    assert not Answer.objects.filter(assessment=again, carried=True).exists()


def test_a_new_assessment_offers_last_times_answers(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    submitted(firm, alice)
    signed_in(alice).post(reverse("assessment-new", args=[firm.pk]), {"begin": "last"})
    assert Answer.objects.filter(assessment__status="draft", carried=True).count() == 37
