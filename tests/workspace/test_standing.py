"""Standing orders: each new assessment of a client brings one report and one mail, as long as the consent stands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import AuditEntry, Firm, Grant, Membership, Organisation, OrganisationMember, Person
from firms.services.consent import grant_revoke
from firms.services.firms import firm_register
from reports.models import Report, StandingOrder, StandingReport
from reports.services import report_request
from reports.workspace.standing import (
    FIRST_PAUSE,
    TRIES,
    mail_send,
    orders_meet,
    ready_mail,
    standing_begin,
    standing_follow,
    standing_mails,
)
from reports.workspace.standing_selectors import mails_due
from tests.cast import PROFILE
from tests.filling import started
from tests.workspace.test_clients import let_in
from tests.workspace.versions import handed_in

SignIn = Callable[[Person], Client]
BEGAN = timezone.now() - timedelta(hours=6)
LATER = timezone.now() - timedelta(hours=1)


@pytest.fixture
def grant(firm: Firm, charlie: Person) -> Grant:
    return let_in(firm, charlie)


@pytest.fixture
def order(grant: Grant, charlie: Person) -> StandingOrder:
    return standing_begin(person=charlie, organisation=None, firm=grant.firm, now=BEGAN)


@pytest.fixture
def house(charlie: Person) -> Organisation:
    made = Organisation.objects.create(kind=Organisation.Kind.CONSULTANCY, name="精益顾问")
    OrganisationMember.objects.create(organisation=made, person=charlie)
    return made


def followed() -> list[Report]:
    return standing_follow(now=timezone.now())


def made_ready() -> None:
    Report.objects.update(state=Report.State.READY, file="r.pdf")


def test_a_new_assessment_of_the_client_orders_its_report(order: StandingOrder, firm: Firm, alice: Person) -> None:
    done = handed_in(firm, alice, LATER)
    report = followed()[0]
    assert (report.assessment, report.reader, report.batch) == (done, order.person, True)


def test_following_twice_orders_once(order: StandingOrder, firm: Firm, alice: Person) -> None:
    handed_in(firm, alice, LATER)
    assert [len(followed()), len(followed()), Report.objects.count(), StandingReport.objects.count()] == [1, 0, 1, 1]


def test_every_new_assessment_brings_its_own(order: StandingOrder, firm: Firm, alice: Person) -> None:
    handed_in(firm, alice, LATER)
    followed()
    handed_in(firm, alice, LATER)
    assert len(followed()) == 1


def test_what_was_submitted_before_the_order_is_not_ordered(order: StandingOrder, firm: Firm, alice: Person) -> None:
    handed_in(firm, alice, BEGAN - timedelta(hours=1))
    later = handed_in(firm, alice, LATER)
    assert [report.assessment for report in followed()] == [later]


def test_a_draft_is_not_ordered(order: StandingOrder, firm: Firm, alice: Person) -> None:
    started(firm, alice)
    assert followed() == []


def test_the_options_are_those_of_the_last_report(order: StandingOrder, firm: Firm, alice: Person) -> None:
    earlier = handed_in(firm, alice, BEGAN - timedelta(days=9))
    options = {"language": "en", "format": "xlsx", "sections": ("summary", "peers")}
    report_request(assessment=earlier, person=order.person, now=BEGAN, **options)  # type: ignore[arg-type]
    handed_in(firm, alice, LATER)
    report = followed()[0]
    assert (report.language, report.format, report.chosen) == ("en", "xlsx", ("summary", "peers"))


def test_without_an_earlier_report_it_is_the_whole_in_the_keepers_language(
    order: StandingOrder, firm: Firm, alice: Person, charlie: Person
) -> None:
    Person.objects.filter(pk=charlie.pk).update(language="en")
    handed_in(firm, alice, LATER)
    report = followed()[0]
    assert (report.language, report.format, report.sections) == ("en", "pdf", "")


def test_what_the_firm_orders_for_itself_says_nothing_of_the_options(
    order: StandingOrder, firm: Firm, alice: Person
) -> None:
    done = handed_in(firm, alice, LATER)
    report_request(assessment=done, person=alice, now=LATER, language="both", format="docx")
    assert followed()[0].format == "pdf"


def test_an_order_ends_with_the_consent(order: StandingOrder, grant: Grant, firm: Firm, alice: Person) -> None:
    handed_in(firm, alice, LATER)
    grant_revoke(grant=grant, person=alice)
    assert followed() == []
    order.refresh_from_db()
    assert (order.stands, order.ending) == (False, "consent")


def test_a_consent_given_anew_does_not_wake_an_ended_order(
    order: StandingOrder, grant: Grant, firm: Firm, alice: Person, charlie: Person
) -> None:
    grant_revoke(grant=grant, person=alice)
    followed()
    let_in(firm, charlie)
    handed_in(firm, alice, LATER)
    assert followed() == []


def test_a_report_in_the_queue_is_cancelled_when_the_consent_ends(
    order: StandingOrder, grant: Grant, firm: Firm, alice: Person
) -> None:
    handed_in(firm, alice, LATER)
    followed()
    grant_revoke(grant=grant, person=alice)
    followed()
    assert Report.objects.get().state == Report.State.CANCELLED


def test_an_order_for_all_covers_every_client_and_nobody_else(
    firm: Firm, grant: Grant, alice: Person, charlie: Person
) -> None:
    standing_begin(person=charlie, organisation=None, firm=None, now=BEGAN)
    other = firm_register(person=alice, profile=PROFILE)
    third = firm_register(person=alice, profile=PROFILE)
    let_in(other, charlie)
    for one in (firm, other, third):
        handed_in(one, alice, LATER)
    assert {report.assessment.firm for report in followed()} == {firm, other}


def test_what_was_submitted_before_the_firm_let_me_in_is_not_ordered(
    firm: Firm, alice: Person, charlie: Person
) -> None:
    standing_begin(person=charlie, organisation=None, firm=None, now=BEGAN)
    handed_in(firm, alice, LATER)
    let_in(firm, charlie, starts_at=timezone.now() - timedelta(minutes=5))
    assert followed() == []


def test_an_order_for_the_firm_and_one_for_all_bring_one_report(
    order: StandingOrder, firm: Firm, alice: Person, charlie: Person
) -> None:
    standing_begin(person=charlie, organisation=None, firm=None, now=BEGAN)
    handed_in(firm, alice, LATER)
    assert (len(followed()), len(followed()), StandingReport.objects.count()) == (1, 0, 1)


def test_an_organisations_order_makes_the_organisations_report(
    firm: Firm, house: Organisation, alice: Person, charlie: Person
) -> None:
    let_in(firm, None, organisation=house)
    standing_begin(person=charlie, organisation=house, firm=firm, now=BEGAN)
    handed_in(firm, alice, LATER)
    assert followed()[0].organisation == house


def test_who_leaves_the_organisation_keeps_no_order(
    firm: Firm, house: Organisation, alice: Person, charlie: Person
) -> None:
    let_in(firm, None, organisation=house)
    order = standing_begin(person=charlie, organisation=house, firm=None, now=BEGAN)
    OrganisationMember.objects.all().delete()
    handed_in(firm, alice, LATER)
    assert followed() == []
    order.refresh_from_db()
    assert order.ending == "left"


def test_a_keeper_who_joined_the_firm_is_no_outsider_any_more(
    order: StandingOrder, firm: Firm, alice: Person, charlie: Person
) -> None:
    Membership.objects.create(firm=firm, person=charlie, role=Membership.Role.VIEWER)
    handed_in(firm, alice, LATER)
    assert followed() == []


def test_beginning_twice_is_one_order(order: StandingOrder, firm: Firm, charlie: Person) -> None:
    assert standing_begin(person=charlie, organisation=None, firm=firm, now=LATER) == order


def test_the_firm_finds_order_and_report_in_its_log(order: StandingOrder, firm: Firm, alice: Person) -> None:
    handed_in(firm, alice, LATER)
    followed()
    actions = AuditEntry.objects.filter(chain=firm.pk, person_id=order.person_id).values_list("action", flat=True)
    assert {"standing.begun", "report.requested"} <= set(actions)


def test_many_clients_cost_no_query_each_while_nothing_is_due(
    firm: Firm, alice: Person, charlie: Person, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(5):
        other = firm_register(person=alice, profile=PROFILE)
        let_in(other, charlie)
        standing_begin(person=charlie, organisation=None, firm=other, now=BEGAN)
    with django_assert_max_num_queries(4):
        followed()


def test_a_mail_goes_once_and_only_when_the_report_is_ready(order: StandingOrder, firm: Firm, alice: Person) -> None:
    handed_in(firm, alice, LATER)
    followed()
    assert standing_mails() == 0
    made_ready()
    assert (standing_mails(), standing_mails(), len(mail.outbox)) == (1, 0, 1)


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "http"), ("en", "standing order")])
def test_the_mail_is_in_the_keepers_language_and_links_to_the_report(
    order: StandingOrder, firm: Firm, alice: Person, language: str, word: str
) -> None:
    Person.objects.update(language=language)
    handed_in(firm, alice, LATER)
    report = followed()[0]
    made_ready()
    standing_mails()
    letter = mail.outbox[0]
    assert letter.to == [order.person.email]
    assert reverse("report", args=[report.pk]) in str(letter.body)
    assert word in str(letter.body)


def test_the_mail_holds_no_figure_and_no_answer(order: StandingOrder, firm: Firm, alice: Person) -> None:
    done = handed_in(firm, alice, LATER)
    followed()
    row = StandingReport.objects.select_related("order__person", "report__assessment__firm").get()
    text = str(ready_mail(row).body).replace(str(row.report_id), "")
    assert f"{done.result.index:.1f}" not in text
    assert done.result.level not in text


def test_the_link_in_the_mail_asks_to_sign_in(order: StandingOrder, firm: Firm, alice: Person, client: Client) -> None:
    handed_in(firm, alice, LATER)
    address = reverse("report", args=[followed()[0].pk])
    assert client.get(address).headers["Location"].startswith(reverse("account_login"))


def test_no_mail_goes_once_the_consent_has_ended(order: StandingOrder, grant: Grant, firm: Firm, alice: Person) -> None:
    handed_in(firm, alice, LATER)
    followed()
    made_ready()
    Grant.objects.update(revoked_at=timezone.now())
    assert standing_mails() == 0
    assert StandingReport.objects.get().mail == StandingReport.Mail.CLOSED


def test_no_mail_goes_once_the_order_is_switched_off(
    order: StandingOrder, firm: Firm, alice: Person, charlie: Person, signed_in: SignIn
) -> None:
    handed_in(firm, alice, LATER)
    followed()
    made_ready()
    signed_in(charlie).post(reverse("standing-end", args=[order.pk]))
    assert standing_mails() == 0


class NoServer:
    """A mail server that is away."""

    def send_messages(self, letters: object) -> int:
        raise OSError("nobody answers")


def test_a_mail_that_fails_is_tried_again_later_and_not_for_ever(
    order: StandingOrder, firm: Firm, alice: Person
) -> None:
    handed_in(firm, alice, LATER)
    followed()
    made_ready()
    now = timezone.now()
    for row in mails_due(now):
        mail_send(row, now, NoServer())  # type: ignore[arg-type]
    assert (mails_due(now).count(), mails_due(now + FIRST_PAUSE).count()) == (0, 1)
    StandingReport.objects.update(mail_tries=TRIES - 1)
    mail_send(mails_due(now + FIRST_PAUSE).get(), now, NoServer())  # type: ignore[arg-type]
    assert StandingReport.objects.get().mail == StandingReport.Mail.FAILED


def test_orders_on_a_firm_that_is_merged_away_end(order: StandingOrder, firm: Firm, alice: Person) -> None:
    orders_meet(firm_register(person=alice, profile=PROFILE), firm)
    order.refresh_from_db()
    assert not order.stands


@pytest.mark.usefixtures("grant")
def test_one_click_switches_it_on_and_one_off(firm: Firm, charlie: Person, signed_in: SignIn) -> None:
    desk = signed_in(charlie)
    desk.post(reverse("standing-begin"), {"firm": str(firm.pk), "back": "clients"})
    order = StandingOrder.objects.get()
    assert desk.get(reverse("clients")).context["rows"][0].order == order
    desk.post(reverse("standing-end", args=[order.pk]))
    assert desk.get(reverse("clients")).context["rows"][0].order is None


@pytest.mark.usefixtures("grant")
def test_all_clients_at_once_are_switched_on_from_the_list(firm: Firm, charlie: Person, signed_in: SignIn) -> None:
    desk = signed_in(charlie)
    assert desk.get(reverse("standing-orders")).context["for_all"]
    desk.post(reverse("standing-begin"))
    assert not desk.get(reverse("standing-orders")).context["for_all"]
    assert desk.get(reverse("clients")).context["rows"][0].in_all


@pytest.mark.parametrize("firm_id", ["", "no-id", "00000000-0000-0000-0000-000000000000"])
def test_a_firm_that_did_not_let_me_in_cannot_be_ordered(
    firm: Firm, charlie: Person, signed_in: SignIn, firm_id: str
) -> None:
    found = signed_in(charlie).post(reverse("standing-begin"), {"firm": firm_id or str(firm.pk)})
    assert (found.status_code, StandingOrder.objects.count()) == (404, 0)


def test_nobody_ends_anothers_order(order: StandingOrder, bob: Person, signed_in: SignIn) -> None:
    assert signed_in(bob).post(reverse("standing-end", args=[order.pk])).status_code == 404


def test_the_list_names_orders_and_what_came_of_them_only_while_open(
    order: StandingOrder, grant: Grant, firm: Firm, alice: Person, charlie: Person, signed_in: SignIn
) -> None:
    handed_in(firm, alice, LATER)
    followed()
    desk = signed_in(charlie)
    assert len(desk.get(reverse("standing-orders")).context["reports"]) == 1
    grant_revoke(grant=grant, person=alice)
    assert desk.get(reverse("standing-orders")).context["reports"] == []
