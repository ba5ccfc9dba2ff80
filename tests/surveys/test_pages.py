"""The questionnaire as a browser without JavaScript sees it, and the address that saves one answer."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Person
from surveys.models import Assessment
from surveys.selectors import answers_of
from tests.filling import answered, started, submitted

SignIn = Callable[[Person], Client]


def part(assessment: Assessment, code: str = "RD") -> str:
    return reverse("assessment-part", args=[assessment.pk, code])


def autosave(client: Client, assessment: Assessment, item: str, **fields: str) -> "tuple[int, dict[str, object]]":
    data = {f"{item}-{name}": value for name, value in fields.items()}
    response = client.post(reverse("answer", args=[assessment.pk, item]), data)
    return response.status_code, response.json()


def test_starting_leads_to_the_first_part(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    client = signed_in(alice)
    response = client.post(reverse("assessment-new", args=[firm.pk]), follow=True)
    assert response.redirect_chain[-1][0] == part(Assessment.objects.get())


def test_a_page_posted_whole_saves_every_answer_and_goes_on(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    data = {f"RD-0{n}-choice": str(n) for n in range(1, 6)} | {"go": "next"}
    response = signed_in(alice).post(part(assessment), data)
    assert response.headers["Location"] == part(assessment, "PR")
    assert {code: answer.written for code, answer in answers_of(assessment).items() if answer.written} == {
        f"RD-0{n}": str(n) for n in range(1, 6)
    }


def test_a_refused_answer_stays_on_the_page_and_the_others_are_saved(
    firm: Firm, alice: Person, signed_in: SignIn
) -> None:
    assessment = started(firm, alice)
    response = signed_in(alice).post(part(assessment, "DG"), {"DG-01-number": "abc", "DG-02-choice": "yes"})
    assert response.status_code == 200
    assert 'value="abc"' in response.text
    assert 'role="alert"' in response.text
    assert answers_of(assessment)["DG-02"].written == "yes"


@pytest.mark.parametrize(("go", "name"), [("later", "home"), ("back", "assessment-review")])
def test_the_buttons_lead_where_they_say(firm: Firm, alice: Person, signed_in: SignIn, go: str, name: str) -> None:
    assessment = started(firm, alice)
    response = signed_in(alice).post(part(assessment), {"go": go})
    assert response.headers["Location"] == (reverse(name) if name == "home" else reverse(name, args=[assessment.pk]))


def test_autosave_answers_with_the_version_and_the_progress(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    status, answer = autosave(signed_in(alice), assessment, "RD-01", choice="3", version="0")
    assert (status, answer["state"], answer["version"], answer["answered"]) == (200, "saved", 1, 1)


def test_autosave_shows_a_conflict_with_both_values(firm: Firm, alice: Person, bob: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    autosave(signed_in(alice), assessment, "DG-01", number="40", version="0")
    status, answer = autosave(signed_in(bob), assessment, "DG-01", number="70", version="0")
    assert (status, answer["state"]) == (409, "conflict")
    assert "40 %" in str(answer["message"])
    assert "70 %" in str(answer["message"])


def test_autosave_says_what_is_wrong_with_an_answer(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    client = signed_in(alice)
    client.post(reverse("set_language"), {"language": "en"})
    status, answer = autosave(client, assessment, "DG-01", number="140", version="0")
    assert (status, answer["message"]) == (422, "The number must lie between 0 and 100.")


def test_autosave_into_a_submitted_assessment_is_refused(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    status, answer = autosave(signed_in(alice), submitted(firm, alice), "RD-01", choice="5", version="1")
    assert (status, answer["state"]) == (410, "closed")


@pytest.mark.parametrize("typed", ["６２．５", "62.5", " 62.5 % ", "62.5%"])
def test_a_share_may_be_typed_as_phones_type_it(firm: Firm, alice: Person, signed_in: SignIn, typed: str) -> None:
    assessment = started(firm, alice)
    status, _answer = autosave(signed_in(alice), assessment, "DG-01", number=typed, version="0")
    assert status == 200


def test_a_reason_is_kept_with_not_applicable(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    autosave(signed_in(alice), assessment, "RD-01", choice="NA", reason="来图加工", version="0")
    assert answers_of(assessment)["RD-01"].reason == "来图加工"


def test_the_review_lists_what_is_missing_and_offers_no_submit(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    response = signed_in(alice).get(reverse("assessment-review", args=[assessment.pk]))
    assert reverse("assessment-submit", args=[assessment.pk]) not in response.text
    assert response.text.count('class="item-code">RD-01') == 2


def test_a_complete_review_offers_to_submit(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = answered(firm, alice)
    response = signed_in(alice).get(reverse("assessment-review", args=[assessment.pk]))
    assert reverse("assessment-submit", args=[assessment.pk]) in response.text


def test_a_viewer_cannot_answer(firm: Firm, alice: Person, vera: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    client = signed_in(vera)
    assert client.get(part(assessment)).status_code == 404
    assert client.post(reverse("answer", args=[assessment.pk, "RD-01"]), {"RD-01-choice": "5"}).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_questions_can_be_read_before_starting(db: None, language: str) -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": language})
    response = client.get(reverse("instrument-preview", args=["bluebook"]))
    assert response.text.count('class="preview-item"') == 37


@pytest.mark.parametrize("code", ["nothing", "bluebook-9"])
def test_an_unknown_instrument_is_not_found(db: None, code: str) -> None:
    assert Client().get(reverse("instrument-preview", args=[code])).status_code == 404
