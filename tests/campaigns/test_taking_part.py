"""Behind its personal link a firm reads who asks for what, and takes part; what it submits in time counts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Person, PoolConsent
from firms.refusal import RefusalError
from scoring.services import assessment_score
from surveys.library import instrument_get
from surveys.models import Assessment, Campaign, Target
from surveys.selectors.campaigns import board_of, campaign_of, campaign_submissions, microdata_targets
from surveys.services import NewAnswer, answer_save, assessment_start, assessment_submit
from surveys.services.campaign_mails import invitations_ask
from surveys.services.campaigns import campaign_close, campaign_extend, link_secret, target_join
from surveys.targets_file import TargetRow
from tests.campaigns.conftest import CODES, NOW
from tests.filling import middling

SignIn = Callable[[Person], Client]


def address(target: Target) -> str:
    return reverse("campaign-join", args=[link_secret(target)])


def joined(target: Target, firm: Firm, person: Person, *, microdata: bool = False) -> Assessment:
    return target_join(target=target, firm=firm, person=person, agrees_microdata=microdata, now=NOW)


def submit(assessment: Assessment, person: Person) -> Assessment:
    instrument = instrument_get("bluebook")
    for code, written in middling(instrument).items():
        answer_save(
            assessment=assessment, item=instrument.item(code), answer=NewAnswer(written), person=person, now=NOW
        )
    done = assessment_submit(assessment=assessment, person=person, now=NOW)
    assessment_score(assessment=done, now=NOW)
    return done


def test_a_stranger_with_the_link_reads_who_asks_for_what(target: Target, client: Client) -> None:
    shown = client.get(address(target), headers={"accept-language": "en"}).content.decode()
    assert ("Quality association" in shown, "Take part" in shown) == (True, True)


def test_the_first_look_is_noted(target: Target, client: Client) -> None:
    client.get(address(target))
    target.refresh_from_db()
    assert target.opened_at == NOW


@pytest.mark.parametrize("secret", ["x", "0" * 40, "../admin"])
def test_a_wrong_link_says_nothing(target: Target, client: Client, secret: str) -> None:
    assert client.get(f"/campaigns/join/{secret}/").status_code == 404


def test_taking_part_needs_an_account(target: Target, client: Client) -> None:
    response = client.post(address(target), {})
    assert response.url.startswith("/accounts/login/")


def test_a_firm_takes_part_and_answers_the_campaigns_version(
    target: Target, firm: Firm, alice: Person, signed_in: SignIn
) -> None:
    response = signed_in(alice).post(address(target), {"firm": firm.pk, "pool": "on"})
    assessment = Assessment.objects.get()
    assert response.url == reverse("assessment", args=[assessment.pk])
    assert campaign_of(assessment) == target.campaign
    assert PoolConsent.objects.filter(firm=firm, withdrawn_at=None).exists()


def test_nothing_is_agreed_to_that_was_not_ticked(target: Target, firm: Firm, alice: Person, signed_in: SignIn) -> None:
    signed_in(alice).post(address(target), {"firm": firm.pk})
    target.refresh_from_db()
    assert (PoolConsent.objects.exists(), target.microdata_agreed_at) == (False, None)


def test_an_editor_cannot_agree_for_the_firm(target: Target, firm: Firm, bob: Person, signed_in: SignIn) -> None:
    signed_in(bob).post(address(target), {"firm": firm.pk, "pool": "on", "microdata": "on"})
    target.refresh_from_db()
    assert (target.firm, target.microdata_agreed_at, PoolConsent.objects.exists()) == (firm, None, False)


def test_whoever_has_no_firm_registers_it_with_what_the_list_knows(
    target: Target, charlie: Person, signed_in: SignIn
) -> None:
    shown = signed_in(charlie).get(address(target)).content.decode()
    assert f'value="{target.credit_code}"' in shown


def test_a_firm_with_another_credit_code_is_refused(
    campaign: Campaign, listed: Callable[..., list[Target]], firm: Firm, alice: Person
) -> None:
    Firm.objects.filter(pk=firm.pk).update(credit_code=CODES[0])
    firm.refresh_from_db()
    other = listed(TargetRow(CODES[1], "邻厂"))[0]
    with pytest.raises(RefusalError):
        joined(other, firm, alice)


def test_joining_twice_gives_the_same_assessment(target: Target, firm: Firm, alice: Person) -> None:
    first = joined(target, firm, alice)
    assert joined(Target.objects.get(pk=target.pk), firm, alice) == first


def test_a_draft_that_is_there_becomes_the_campaigns(target: Target, firm: Firm, alice: Person) -> None:
    draft = assessment_start(firm=firm, instrument=instrument_get("bluebook"), person=alice, now=NOW)
    assert joined(target, firm, alice) == draft


def test_a_closed_campaign_takes_nobody(target: Target, firm: Firm, alice: Person, staff: Person) -> None:
    campaign_close(campaign=target.campaign, person=staff, now=NOW)
    with pytest.raises(RefusalError):
        joined(Target.objects.get(pk=target.pk), firm, alice)


def test_a_campaign_that_was_extended_is_open_again(target: Target, firm: Firm, alice: Person, staff: Person) -> None:
    campaign = target.campaign
    campaign_close(campaign=campaign, person=staff, now=NOW)
    campaign.refresh_from_db()
    campaign_extend(campaign=campaign, closes_on=campaign.closes_on + timedelta(days=7), person=staff, now=NOW)
    assert joined(Target.objects.get(pk=target.pk), firm, alice)


def test_an_earlier_last_day_is_refused(campaign: Campaign, staff: Person) -> None:
    with pytest.raises(RefusalError):
        campaign_extend(campaign=campaign, closes_on=campaign.closes_on - timedelta(days=1), person=staff, now=NOW)


def test_what_is_submitted_counts(target: Target, firm: Firm, alice: Person) -> None:
    done = submit(joined(target, firm, alice), alice)
    assert list(campaign_submissions(target.campaign)) == [done]


def test_what_is_submitted_after_the_end_does_not_count(
    target: Target, firm: Firm, alice: Person, staff: Person, clock: object
) -> None:
    draft = joined(target, firm, alice)
    campaign_close(campaign=target.campaign, person=staff, now=NOW - timedelta(minutes=1))
    submit(draft, alice)
    target.campaign.refresh_from_db()
    assert list(campaign_submissions(target.campaign)) == []


def test_corrected_answers_take_the_place_of_the_first_ones(target: Target, firm: Firm, alice: Person) -> None:
    first = submit(joined(target, firm, alice), alice)
    again = assessment_start(firm=firm, instrument=instrument_get("bluebook"), person=alice, now=NOW, previous=first)
    done = submit(again, alice)
    assert list(campaign_submissions(target.campaign)) == [done]


def test_the_board_tells_how_far_the_firms_are(
    campaign: Campaign, listed: Callable[..., list[Target]], firm: Firm, alice: Person
) -> None:
    first, _second = listed()
    Firm.objects.filter(pk=firm.pk).update(credit_code=first.credit_code)
    firm.refresh_from_db()
    submit(joined(first, firm, alice), alice)
    total = board_of(campaign).total
    assert (total.listed, total.started, total.submitted, total.percent) == (2, 1, 1, 50)


def test_the_strata_add_up_to_the_whole(campaign: Campaign, listed: Callable[..., list[Target]]) -> None:
    listed()
    board = board_of(campaign)
    assert {name: sum(one.listed for one in rows) for name, rows in board.strata.items()} == {
        "size": 2,
        "industry": 2,
        "region": 2,
    }


def test_answers_are_for_the_association_only_where_the_firm_agreed(target: Target, firm: Firm, alice: Person) -> None:
    submit(joined(target, firm, alice, microdata=True), alice)
    assert list(microdata_targets(target.campaign)) == [target]


def test_the_owner_takes_the_agreement_back(target: Target, firm: Firm, alice: Person, signed_in: SignIn) -> None:
    submit(joined(target, firm, alice, microdata=True), alice)
    signed_in(alice).post(reverse("campaign-microdata-stop", args=[link_secret(target)]))
    assert list(microdata_targets(target.campaign)) == []


def test_an_association_that_did_not_ask_gets_nothing(target: Target, firm: Firm, alice: Person) -> None:
    submit(joined(target, firm, alice, microdata=True), alice)
    Campaign.objects.update(asks_microdata=False)
    assert list(microdata_targets(Campaign.objects.get())) == []


def test_the_board_costs_the_same_for_few_and_for_many(
    campaign: Campaign, listed: Callable[..., list[Target]], staff: Person, signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    listed()
    browser, board = signed_in(staff), reverse("campaign", args=[campaign.pk])
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        browser.get(board)
    Target.objects.bulk_create(
        Target(campaign=campaign, credit_code=f"{number:018}", name=f"厂 {number}") for number in range(300)
    )
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        assert "厂 1" in browser.get(board).content.decode()


def test_staff_of_another_association_finds_nothing(campaign: Campaign, charlie: Person, signed_in: SignIn) -> None:
    assert signed_in(charlie).get(reverse("campaign", args=[campaign.pk])).status_code == 404


def test_a_campaign_is_set_up_on_the_page(association: object, staff: Person, signed_in: SignIn) -> None:
    form = {"title": "明年", "instrument": "bluebook", "opens_on": "2027-01-01", "closes_on": "2027-02-01"}
    response = signed_in(staff).post(reverse("campaigns", args=[association.pk]), form)  # type: ignore[attr-defined]
    assert response.url == reverse("campaign", args=[Campaign.objects.get().pk])


def test_a_campaign_that_closes_before_it_opens_is_refused(
    association: object, staff: Person, signed_in: SignIn
) -> None:
    form = {"title": "明年", "instrument": "bluebook", "opens_on": "2027-03-01", "closes_on": "2027-02-01"}
    signed_in(staff).post(reverse("campaigns", args=[association.pk]), form)  # type: ignore[attr-defined]
    assert not Campaign.objects.exists()


def test_both_boxes_are_unticked(target: Target, firm: Firm, alice: Person, signed_in: SignIn) -> None:
    shown = signed_in(alice).get(address(target)).content.decode()
    assert (shown.count('type="checkbox"'), "checked" in shown) == (2, False)


def test_the_board_tells_that_mails_are_on_their_way(
    campaign: Campaign, listed: Callable[..., list[Target]], staff: Person, signed_in: SignIn
) -> None:
    listed()
    browser, board = signed_in(staff), reverse("campaign", args=[campaign.pk])
    assert "<progress" not in browser.get(board).content.decode()
    invitations_ask(campaign=campaign, person=staff, now=NOW)
    assert "<progress" in browser.get(board).content.decode()
