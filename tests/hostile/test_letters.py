"""What a person typed is text in a letter: no header, no second receiver, no markup."""

import re
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from firms.models import Organisation, Person
from surveys.models import Campaign, Target
from surveys.services.campaign_mails import invitation_mail, reminder_mail
from tests.access.world import World
from tests.operations.test_scripts_of_strangers import PAYLOADS

HEADERS = {"subject", "from", "to", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding"}
BREAKING = [
    "x\r\nBcc: evil@example.org", "x\nSubject: forged", "x\r\n\r\n<script>zq9x()</script>",
    "x\x0bBcc: evil@example.org",
    "x\u2028Bcc: evil@example.org", "=?utf-8?q?x=0D=0ABcc=3A_evil=40example=2Eorg?=", "evil@example.org, x",
    "\"x\" <evil@example.org>",
]  # fmt: skip


def faults(letter: EmailMessage, to: str) -> list[str]:
    """What is wrong with a letter, as its reader's program takes it apart."""
    read = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    names = [name.lower() for name in read]
    found = [f"header {name}" for name in set(names) - HEADERS] + [f"twice {n}" for n in names if names.count(n) > 1]
    found += [f"to {one}" for one in letter.recipients() if one != to]
    found += [f"part {part.get_content_type()}" for part in read.walk() if part.get_content_type() != "text/plain"]
    return found + [f"name {one.name}" for one in read.iter_attachments()]


@pytest.mark.parametrize("text", [*BREAKING, *[one for one in PAYLOADS if "\0" not in one][:8]])
def test_a_campaigns_letter_stays_one_plain_letter_to_one_reader(everybody: World, text: str) -> None:
    Campaign.objects.update(title=text[:200], title_en=text[:200], message=text)
    Organisation.objects.update(name=text[:200], name_en=text[:200])
    Target.objects.update(name=text[:200], email="reader@example.net")
    target = Target.objects.select_related("campaign").first()
    letters = [write(target, target.campaign) for write in (invitation_mail, reminder_mail)]
    assert [fault for letter in letters for fault in faults(letter, "reader@example.net")] == []


@pytest.mark.parametrize("text", BREAKING)
def test_an_accounts_letter_stays_one_plain_letter_to_its_owner(alice: Person, text: str) -> None:
    cache.clear()
    Person.objects.filter(pk=alice.pk).update(name=text)
    Client(HTTP_USER_AGENT=text.replace("\r", "").replace("\n", "")).post(
        reverse("account_reset_password"), {"email": alice.email}
    )
    assert [fault for letter in mail.outbox for fault in faults(letter, alice.email)] == []
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("host", ["evil.example", "testserver:80@evil.example", "evil.example/testserver"])
def test_the_link_of_a_letter_leads_to_this_site_whatever_the_request_says(alice: Person, host: str) -> None:
    cache.clear()
    browser = Client(raise_request_exception=False)
    response = browser.post(reverse("account_reset_password"), {"email": alice.email}, headers={"Host": host})
    told = [link for letter in mail.outbox for link in re.findall(r"https?://[^\s]+", letter.body)]
    assert (response.status_code, told) == (400, [])


@pytest.mark.parametrize("email", [*BREAKING, "a@b@c", "<x@example.org>", "x@example.org\r\nBcc: y@example.org"])
def test_no_letter_goes_to_what_is_no_address(db: None, email: str) -> None:
    cache.clear()
    Client().post(reverse("account_reset_password"), {"email": email})
    Client().post(reverse("account_signup"), {"email": email, "password1": "correct-horse-battery"})
    assert mail.outbox == []
