"""From the last answer to the page that tells where the firm stands."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import Firm, Grant, Person, Scope
from firms.services.firms import firm_register
from reports.models import Report
from scoring.models import Result
from surveys.models import Assessment, Snapshot
from tests.cast import PROFILE
from tests.filling import NOW, answered, started, submitted

SignIn = Callable[[Person], Client]


def english(client: Client) -> Client:
    client.post(reverse("set_language"), {"language": "en"})
    return client


def test_submitting_scores_and_orders_the_report(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = answered(firm, alice)
    response = signed_in(alice).post(reverse("assessment-submit", args=[assessment.pk]))
    assert response.headers["Location"] == reverse("results", args=[assessment.pk])
    assert Result.objects.get().index == pytest.approx(51.3889, abs=1e-4)
    assert Report.objects.get().state == Report.State.QUEUED


def test_submitting_what_is_not_complete_changes_nothing(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    response = signed_in(alice).post(reverse("assessment-submit", args=[assessment.pk]))
    assert response.headers["Location"] == reverse("assessment-review", args=[assessment.pk])
    assert not (Snapshot.objects.exists() or Result.objects.exists() or Report.objects.exists())


def test_submitting_twice_leads_to_the_same_results(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = answered(firm, alice)
    client = signed_in(alice)
    address = reverse("assessment-submit", args=[assessment.pk])
    places = [client.post(address).headers["Location"] for _ in range(2)]
    assert places == [reverse("results", args=[assessment.pk])] * 2
    assert (Snapshot.objects.count(), Result.objects.count(), Report.objects.count()) == (1, 1, 1)


def test_the_results_page_shows_level_index_and_every_published_share(
    firm: Firm, alice: Person, signed_in: SignIn
) -> None:
    assessment = submitted(firm, alice)
    page = english(signed_in(alice)).get(reverse("results", args=[assessment.pk])).text
    for told in ("Assurance", "51.4", "19.6%", "fewer than 50%", "16%", "13.9%", "8.4%", "45.41%", "11.07%", "21.9%"):
        assert told in page, told


def test_a_gate_that_holds_the_firm_back_is_named(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    high = {f"{part}_0{n}": "4" for part in ("OR", "SC", "IM", "PR", "RD", "DG") for n in range(1, 6)}
    high |= {"PR_02": "3", "DG_01": "90", "DG_02": "yes", "DG_03": "90"}
    assessment = submitted(firm, alice, **high)
    page = english(signed_in(alice)).get(reverse("results", args=[assessment.pk])).text
    assert Result.objects.get().figures["gates_unmet"] == ["prevention-capability"]
    assert "It is held back because" in page


def test_a_large_firm_is_not_placed_against_figures_of_small_ones(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    Firm.objects.filter(pk=firm.pk).update(size="large")
    assessment = submitted(Firm.objects.get(pk=firm.pk), alice)
    placed = assessment.result.figures["indicators"]
    assert (placed["SME-QMIS"]["reached"], placed["SME-QMIS"]["reason"]) == (None, "other_size")
    page = english(signed_in(alice)).get(reverse("results", args=[assessment.pk])).text
    assert "micro, small, medium" in page


def test_assessing_again_opens_a_draft_with_the_old_answers(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    first = submitted(firm, alice)
    response = signed_in(alice).post(reverse("assessment-reopen", args=[first.pk]))
    second = Assessment.objects.get(status="draft")
    assert response.headers["Location"] == reverse("assessment-review", args=[second.pk])
    assert second.answers.count() == 37


def test_home_lists_firms_with_what_is_in_work_and_what_is_done(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    first = submitted(firm, alice)
    signed_in(alice).post(reverse("assessment-reopen", args=[first.pk]))
    page = english(signed_in(alice)).get(reverse("home")).text
    assert reverse("results", args=[first.pk]) in page
    assert "37 of 37 answered" in page


def test_home_costs_the_same_queries_for_ten_firms_as_for_one(
    firm: Firm, alice: Person, signed_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:

    for _ in range(9):
        submitted(firm_register(person=alice, profile=PROFILE), alice)
    client = signed_in(alice)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_shows_a_score_that_is_not_there(firm: Firm, alice: Person, signed_in: SignIn, language: str) -> None:
    nothing = {f"RD_0{n}": "NA" for n in range(1, 8)}
    assessment = submitted(firm, alice, **nothing)
    client = signed_in(alice)
    client.post(reverse("set_language"), {"language": language})
    page = client.get(reverse("results", args=[assessment.pk])).text
    assert assessment.result.figures["nodes"]["RD"] is None
    assert ">nan" not in page.lower()


def test_a_consultant_who_was_let_in_finds_the_results_of_the_firm(
    firm: Firm, alice: Person, charlie: Person, signed_in: SignIn
) -> None:
    assessment = submitted(firm, alice)
    address = reverse("firm-results", args=[firm.pk])
    assert signed_in(charlie).get(address).status_code == 404
    Grant.objects.create(
        firm=firm, person=charlie, scope=Scope.REPORT, starts_at=NOW, ends_at=timezone.now() + timedelta(days=1)
    )
    assert reverse("results", args=[assessment.pk]) in signed_in(charlie).get(address).text
    assert address in signed_in(charlie).get(reverse("firm-list")).text


def test_the_same_level_everywhere_is_remarked_upon_and_changes_no_score(
    firm: Firm, alice: Person, signed_in: SignIn
) -> None:
    assessment = submitted(firm, alice)
    page = english(signed_in(alice)).get(reverse("results", args=[assessment.pk])).text
    assert "answered with the same level" in page
    assert assessment.result.index == pytest.approx(51.3889, abs=1e-4)


def test_one_other_answer_ends_the_remark(firm: Firm, alice: Person) -> None:
    assert submitted(firm, alice, RD_01="4").result.figures["straight_lined"] is False
