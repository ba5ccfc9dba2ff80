"""Independent answers: alone first, then the spread, then what the firm agrees on."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Person
from firms.refusal import RefusalError
from surveys.instruments.coding import AnswerFault
from surveys.library import instrument_get
from surveys.models import Assessment, Opinion, Rater
from surveys.selectors import answers_of
from surveys.selectors.opinions import Voice, may_see_spread, spread_from, spreads_of
from surveys.services import NewAnswer, answer_save
from surveys.services.opinions import consensus_take, opinions_close, opinions_finish, opinions_save
from surveys.services.together import Request, colleague_ask
from tests.filling import NOW, started

SignIn = Callable[[Person], Client]
BLUEBOOK = instrument_get("bluebook")


@pytest.fixture
def draft(firm: Firm, alice: Person, bob: Person) -> Assessment:
    """Alice answers for management, Bob for production."""
    assessment = started(firm, alice)
    for person, role in ((alice, "management"), (bob, "production")):
        colleague_ask(assessment=assessment, colleague=person, asked=Request((), role), person=alice, now=NOW)
    return assessment


def says(assessment: Assessment, person: Person, *, finish: bool = True, **written: str) -> None:
    rater = Rater.objects.get(assessment=assessment, person=person)
    by_code = {code.replace("_", "-"): answer for code, answer in written.items()}
    opinions_save(rater=rater, instrument=BLUEBOOK, written=by_code, person=person, now=NOW)
    if finish:
        opinions_finish(rater=rater, person=person, now=NOW)


@pytest.mark.parametrize(
    ("item", "written", "distance"),
    [
        ("RD-01", ("2", "4"), 2.0),
        ("RD-01", ("2", "DK", "5"), 3.0),
        ("RD-01", ("3", "3"), 0.0),
        ("RD-01", ("3", "NA"), None),
        ("RD-01", ("DK", "DK"), None),
        ("DG-01", ("40", "62.5"), 22.5),
        ("DG-02", ("yes", "no"), 1.0),
    ],
)
def test_the_distance_is_the_gap_between_the_ends(item: str, written: tuple[str, ...], distance: float | None) -> None:
    voices = [Voice("quality", answer) for answer in written]
    assert spread_from(BLUEBOOK.item(item), voices).distance == distance


def test_nobody_sees_the_spread_before_having_answered(draft: Assessment, alice: Person, bob: Person) -> None:
    says(draft, bob, RD_01="2")
    assert (may_see_spread(draft, alice.pk), may_see_spread(draft, bob.pk)) == (False, True)


def test_what_is_not_handed_in_is_in_no_spread(draft: Assessment, alice: Person, bob: Person) -> None:
    says(draft, alice, finish=False, RD_01="5")
    says(draft, bob, RD_01="2")
    assert spreads_of(draft, BLUEBOOK)[0].voices == (Voice("production", "2"),)


def test_an_opinion_is_not_changed_after_it_was_handed_in(draft: Assessment, bob: Person) -> None:
    says(draft, bob, RD_01="2")
    with pytest.raises(RefusalError):
        says(draft, bob, RD_01="5")
    assert Opinion.objects.get().written == "2"


def test_an_answer_that_the_item_does_not_take_is_refused(draft: Assessment, bob: Person) -> None:
    with pytest.raises(AnswerFault):
        says(draft, bob, RD_01="9")
    assert not Opinion.objects.exists()


def test_only_unanimous_items_without_an_answer_are_taken_over(draft: Assessment, alice: Person, bob: Person) -> None:
    answer_save(assessment=draft, item=BLUEBOOK.item("RD-03"), answer=NewAnswer("1"), person=alice, now=NOW)
    says(draft, alice, RD_01="3", RD_02="3", RD_03="3")
    says(draft, bob, RD_01="3", RD_02="4", RD_03="3")
    assert consensus_take(assessment=draft, instrument=BLUEBOOK, person=alice, now=NOW) == 1
    assert {code: row.written for code, row in answers_of(draft).items()} == {"RD-01": "3", "RD-03": "1"}


def test_closing_the_round_opens_the_spread_to_everybody(draft: Assessment, alice: Person, bob: Person) -> None:
    says(draft, bob, finish=False, RD_01="2")
    opinions_close(assessment=draft, person=alice, now=NOW)
    assert may_see_spread(draft, alice.pk)
    assert [spread.item for spread in spreads_of(draft, BLUEBOOK)] == ["RD-01"]


def test_the_pages_lead_from_alone_to_the_spread(
    draft: Assessment, alice: Person, bob: Person, signed_in: SignIn
) -> None:
    client = signed_in(bob)
    client.post(reverse("opinions-part", args=[draft.pk, "RD"]), {"RD-01-choice": "2"})
    says(draft, alice, RD_01="5")
    hidden = client.get(reverse("opinions-spread", args=[draft.pk])).text
    shown = client.post(reverse("opinions-done", args=[draft.pk]), follow=True).text
    assert ('class="voices"' in hidden, 'class="voices"' in shown) == (False, True)


def test_the_questionnaire_shows_the_spread_beside_the_item(
    draft: Assessment, alice: Person, bob: Person, signed_in: SignIn
) -> None:
    says(draft, alice, RD_01="5")
    says(draft, bob, RD_01="2")
    page = signed_in(alice).get(reverse("assessment-part", args=[draft.pk, "RD"])).text
    assert page.count('class="voices"') == 1


def test_without_a_role_there_is_nothing_to_answer_alone(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    address = reverse("opinions-part", args=[started(firm, alice).pk, "RD"])
    assert signed_in(alice).get(address).status_code == 404
