"""Everybody on the list gets one invitation, reminders at most once a day, and nobody a link of somebody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage

from firms.models import Firm, Person
from firms.refusal import RefusalError
from surveys.models import Campaign, Target
from surveys.services.campaign_mails import (
    campaigns_with_mail,
    invitations_ask,
    mails_send,
    reminders_ask,
    reminders_by_themselves,
)
from surveys.services.campaigns import campaign_close, link_secret, target_join, target_open, targets_import
from surveys.targets_file import TargetRow
from surveys.tasks import campaigns_sweep
from tests.campaigns.conftest import CODES, NOW

Listed = Callable[..., list[Target]]
LATER = "914403001922038216"


def refused(_message: EmailMessage) -> int:
    raise ConnectionRefusedError("no server")


@pytest.fixture
def invited(campaign: Campaign, listed: Listed, staff: Person) -> Campaign:
    listed()
    invitations_ask(campaign=campaign, person=staff, now=NOW)
    campaign.refresh_from_db()
    return campaign


def send(campaign: Campaign, hours: int = 0) -> int:
    campaign.refresh_from_db()
    return mails_send(campaign=campaign, clock=lambda: NOW + timedelta(hours=hours))


def test_each_firm_gets_its_own_link(invited: Campaign) -> None:
    assert send(invited) == 2
    for target in invited.targets.all():
        message = next(one for one in mail.outbox if one.to == [target.email])
        assert f"/campaigns/join/{link_secret(target)}/" in message.body


def test_sending_twice_sends_once(invited: Campaign) -> None:
    send(invited)
    send(invited)
    assert len(mail.outbox) == 2


def test_the_mail_is_in_both_languages_and_says_what_happens_with_the_data(invited: Campaign) -> None:
    send(invited)
    body = mail.outbox[0].body
    assert ("各位会员：" in body, "personal link" in body, "本企业" in body) == (True, True, True)
    assert "The association also asks for the answers of each firm" in body


def test_a_title_cannot_forge_a_header(invited: Campaign) -> None:
    Campaign.objects.filter(pk=invited.pk).update(title="调查\nBcc: all@example.com")
    send(invited)
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["qm@example.com"] or mail.outbox[0].recipients() == ["other@example.com"]


def test_a_firm_without_an_address_gets_no_mail(campaign: Campaign, listed: Listed, staff: Person) -> None:
    listed(TargetRow(CODES[0], "甲厂"))
    invitations_ask(campaign=campaign, person=staff, now=NOW)
    assert send(campaign) == 0


def test_a_mail_that_fails_is_told_and_can_be_sent_again(
    invited: Campaign, staff: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", refused)
        send(invited)
    assert set(invited.targets.values_list("invited_at", flat=True)) == {None}
    assert all("no server" in error for error in invited.targets.values_list("mail_error", flat=True))
    invitations_ask(campaign=invited, person=staff, now=NOW)
    assert send(invited) == 2


def test_a_lost_message_is_made_up_for_by_the_sweep(invited: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[str] = []
    monkeypatch.setattr("surveys.tasks.campaign_mails_task.apply_async", lambda args, queue: woken.append(args[0]))
    campaigns_sweep()
    assert woken == [str(invited.pk)]


def test_a_reminder_goes_to_whoever_has_not_submitted(invited: Campaign, staff: Person) -> None:
    send(invited)
    reminders_ask(campaign=invited, person=staff, now=NOW + timedelta(days=2))
    assert send(invited, hours=49) == 2
    assert "answers are not in yet" in mail.outbox[-1].body


def test_nobody_is_written_to_twice_within_a_day(invited: Campaign, staff: Person) -> None:
    send(invited)
    reminders_ask(campaign=invited, person=staff, now=NOW + timedelta(hours=3))
    assert send(invited, hours=4) == 0


def test_reminders_go_out_by_themselves_a_week_before_the_end_and_once(invited: Campaign) -> None:
    send(invited)
    week_before = NOW + timedelta(days=30)
    assert reminders_by_themselves(now=week_before) == 1
    assert reminders_by_themselves(now=week_before + timedelta(hours=1)) == 0
    assert send(invited, hours=30 * 24 + 2) == 2


def test_after_the_end_nobody_is_written_to(invited: Campaign, staff: Person) -> None:
    campaign_close(campaign=invited, person=staff, now=NOW)
    assert send(invited) == 0
    with pytest.raises(RefusalError):
        invitations_ask(campaign=Campaign.objects.get(pk=invited.pk), person=staff, now=NOW)


def test_the_reminder_brings_the_same_link(invited: Campaign) -> None:
    target = invited.targets.first()
    assert target_open(secret=link_secret(Target.objects.get(pk=target.pk)), now=NOW) == target


def test_whoever_has_joined_and_not_submitted_is_still_reminded(
    invited: Campaign, target: Target, firm: Firm, alice: Person
) -> None:
    target_join(target=target, firm=firm, person=alice, agrees_microdata=False, now=NOW)
    send(invited)
    reminders_ask(campaign=invited, person=None, now=NOW + timedelta(days=3))
    send(invited, hours=75)
    assert [one.to for one in mail.outbox].count([target.email]) == 2


def test_firms_that_are_listed_later_wait_until_somebody_asks(invited: Campaign, staff: Person) -> None:
    send(invited)
    targets_import(campaign=invited, rows=[TargetRow(LATER, "丙厂", "c@example.com")], person=staff)
    assert (send(invited), campaigns_with_mail(NOW)) == (0, [])
    invitations_ask(campaign=invited, person=staff, now=NOW)
    assert send(invited) == 1


def test_a_reminder_that_fails_waits_for_the_next_day(
    invited: Campaign, staff: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(invited)
    reminders_ask(campaign=invited, person=staff, now=NOW + timedelta(days=2))
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", refused)
        send(invited, hours=49)
    assert (send(invited, hours=50), set(invited.targets.values_list("reminders", flat=True))) == (0, {0})
    assert all(invited.targets.values_list("mail_error", flat=True))


def test_links_go_on_working_after_the_key_was_changed(invited: Campaign, settings: LazySettings) -> None:
    old = link_secret(invited.targets.get(credit_code=CODES[0]))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key" * 5
    target = target_open(secret=old, now=NOW)
    assert target is not None
    assert link_secret(target) == old


def test_without_the_former_key_the_next_mail_brings_a_link_that_works(
    invited: Campaign, settings: LazySettings
) -> None:
    settings.SECRET_KEY = "another-key" * 5
    send(invited)
    target = invited.targets.get(credit_code=CODES[0])
    assert target_open(secret=link_secret(target), now=NOW) == target
