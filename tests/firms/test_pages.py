"""The pages of the ground floor, as people use them."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from firms.models import ApiToken, Firm, Grant, Invitation, Membership, Person
from firms.services.invitations import Terms, invitation_create
from firms.services.organisations import organisation_found
from firms.services.tokens import token_person
from tests.cast import PASSWORD

FIRM = {
    "name": "苏州精密机械有限公司",
    "industry": "C34",
    "region": "32",
    "employees": "120",
    "revenue": "6500",
    "credit_code": "",
    "name_en": "",
}


def english(client):
    client.cookies["django_language"] = "en"
    return client


def link_on(page):
    return re.search(r"/invitations/[\w-]+/", page.content.decode()).group()


def test_signing_up_takes_an_address_and_a_password(client, db):
    response = client.post(reverse("account_signup"), {"email": "New@Example.com", "password1": PASSWORD})
    assert response.status_code == 302
    assert Person.objects.get().email == "new@example.com"


def test_signing_up_asks_for_nothing_else(client, db):
    page = client.get(reverse("account_signup")).content.decode()
    assert set(re.findall(r'<input[^>]* name="(\w+)"', page)) - {"csrfmiddlewaretoken", "next"} == {
        "email",
        "password1",
    }


@pytest.mark.parametrize(("cookie", "language"), [("en", "en"), ("zh-hans", "zh-hans")])
def test_letters_come_in_the_language_of_signing_up(client, db, cookie, language):
    client.cookies["django_language"] = cookie
    client.post(reverse("account_signup"), {"email": "new@example.com", "password1": PASSWORD})
    assert Person.objects.get().language == language


def test_a_firm_is_registered_with_its_size_computed(signed_in, charlie):
    response = signed_in(charlie).post(reverse("firm-new"), FIRM)
    assert response.headers["Location"] == reverse("assessment-new", args=[Firm.objects.get().pk])
    assert Firm.objects.get().size == "small"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("credit_code", "91440300", "8 characters; it must have 18"),
        ("credit_code", "914403001922038217", "comes “6”, not “7”"),
        ("credit_code", "9I4403001922038216", "Character 2 is “I”"),
        ("credit_code", "914A03001922038216", "characters 3 to 8 are always digits"),
        ("employees", "0", "at least one employee"),
        ("employees", "-3", "greater than or equal to 0"),
        ("employees", "many", "Enter a whole number"),
        ("revenue", "-1", "cannot be negative"),
        ("industry", "C99", "Select a valid choice"),
        ("name", "", "This field is required"),
    ],
)
def test_each_fault_of_a_profile_is_told_at_its_field(signed_in, charlie, field, value, told):
    page = english(signed_in(charlie)).post(reverse("firm-new"), {**FIRM, field: value}).content.decode()
    assert told in page
    assert not Firm.objects.exists()


def test_a_code_typed_with_blanks_is_understood(signed_in, charlie):
    signed_in(charlie).post(reverse("firm-new"), {**FIRM, "credit_code": "9144 0300 1922 0382 16"})
    assert Firm.objects.get().credit_code == "914403001922038216"


def test_a_code_that_is_registered_already_is_told_in_words(signed_in, charlie, firm):
    Firm.objects.filter(pk=firm.pk).update(credit_code="914403001922038216")
    page = english(signed_in(charlie)).post(reverse("firm-new"), {**FIRM, "credit_code": "914403001922038216"})
    assert "already registered here" in page.content.decode()


def test_no_field_of_a_firm_but_those_of_the_form_can_be_sent(signed_in, alice, firm):
    extra = {"id": "1", "size": "large", "created_at": "2000-01-01", "memberships": "1"}
    signed_in(alice).post(reverse("firm-profile", args=[firm.pk]), {**FIRM, **extra})
    changed = Firm.objects.get()
    assert (changed.pk, changed.size, changed.created_at) == (firm.pk, "small", firm.created_at)


def test_a_colleague_comes_in_by_link(signed_in, alice, charlie, firm):
    page = signed_in(alice).post(reverse("firm-invite", args=[firm.pk]), {"role": "editor", "note": ""})
    signed_in(charlie).post(link_on(page), {"take": "1"})
    assert Membership.objects.get(person=charlie).role == "editor"


def test_a_link_leads_a_newcomer_through_signing_up(client, alice, firm):
    token = invitation_create(person=alice, kind=Invitation.Kind.COLLEAGUE, to=firm, terms=Terms(role="viewer"))
    address = reverse("invitation", args=[token])
    assert f"?next={address}" in client.get(address).content.decode()
    response = client.post(
        reverse("account_signup"), {"email": "new@example.com", "password1": PASSWORD, "next": address}
    )
    assert response.headers["Location"] == address


def test_looking_at_a_link_does_not_use_it_up(signed_in, alice, charlie, firm):
    token = invitation_create(person=alice, kind=Invitation.Kind.COLLEAGUE, to=firm, terms=Terms(role="viewer"))
    signed_in(charlie).get(reverse("invitation", args=[token]))
    assert Invitation.objects.get().used_at is None


def test_a_consultant_asks_and_the_firm_answers(signed_in, alice, charlie, firm):
    Firm.objects.filter(pk=firm.pk).update(credit_code="914403001922038216")
    consultancy = organisation_found(person=charlie, kind="consultancy", name="精益顾问")
    asked = {"credit_code": "914403001922038216", "scope": "answers", "days": "90", "message": "您好"}
    signed_in(charlie).post(reverse("grant-request", args=[consultancy.pk]), asked)
    owner = signed_in(alice)
    page = owner.get(reverse("firm-access", args=[firm.pk])).content.decode()
    owner.post(re.search(r"/firms/[\w-]+/access/requests/[\w-]+/accept/", page).group())
    assert Grant.objects.get().organisation == consultancy


@pytest.mark.parametrize("code", ["914403001922038216", "91110000802100433B"])
def test_the_answer_to_asking_does_not_tell_whether_the_firm_is_here(signed_in, charlie, firm, code):
    Firm.objects.filter(pk=firm.pk).update(credit_code="914403001922038216")
    consultancy = organisation_found(person=charlie, kind="consultancy", name="精益顾问")
    form = {"credit_code": code, "scope": "report", "days": "30", "message": ""}
    page = english(signed_in(charlie)).post(reverse("grant-request", args=[consultancy.pk]), form, follow=True)
    text = page.content.decode().replace(code, "CODE")
    assert "If a firm with this code is registered here" in text
    assert "Waiting for the firm" in text


def test_merging_by_link_asks_which_registration_ends(signed_in, alice, charlie, firm):
    signed_in(charlie).post(reverse("firm-new"), FIRM)
    twin = Firm.objects.exclude(pk=firm.pk).get()
    page = signed_in(alice).post(reverse("firm-merge", args=[firm.pk]))
    signed_in(charlie).post(link_on(page), {"firm": str(twin.pk), "take": "1"})
    assert list(Firm.objects.all()) == [firm]


def test_a_new_token_is_shown_once(signed_in_lately, alice, firm):
    client = signed_in_lately(alice)
    form = {"name": "script", "scope": "report", "firm": "", "days": "30"}
    raw = re.search(r"qms_[\w-]+", client.post(reverse("account-tokens"), form).content.decode()).group()
    assert token_person(raw) == alice
    assert raw not in client.get(reverse("account-tokens")).content.decode()


def test_a_token_is_not_made_for_somebody_elses_firm(signed_in_lately, charlie, firm):
    form = {"name": "script", "scope": "report", "firm": str(firm.pk), "days": "30"}
    signed_in_lately(charlie).post(reverse("account-tokens"), form)
    assert not ApiToken.objects.exists()


def test_an_account_ends_and_the_browser_is_signed_out(signed_in_lately, charlie):
    client = signed_in_lately(charlie)
    client.post(reverse("account-delete"))
    assert not Person.objects.exists()
    assert client.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("name", ["account-delete", "account-tokens"])
def test_what_weighs_heavily_asks_for_the_password_again(signed_in, charlie, name):
    response = signed_in(charlie).get(reverse(name))
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_firm_is_deleted_by_typing_its_name(signed_in_lately, alice, firm):
    client, address = signed_in_lately(alice), reverse("firm-delete", args=[firm.pk])
    client.post(address, {"name": "苏州"})
    assert Firm.objects.exists()
    client.post(address, {"name": firm.name})
    assert not Firm.objects.exists()


def test_the_trail_is_downloaded_without_formulas(signed_in, alice, firm):
    Person.objects.filter(pk=alice.pk).update(name='=HYPERLINK("http://x")')
    response = signed_in(alice).get(reverse("firm-trail-csv", args=[firm.pk]))
    lines = response.getvalue().decode().splitlines()
    assert "\"'=HYPERLINK(" in lines[1]


def test_the_trail_of_a_firm_is_told_in_the_language_of_the_page(signed_in, alice, firm):
    assert (
        "registered the firm" in english(signed_in(alice)).get(reverse("firm-trail", args=[firm.pk])).content.decode()
    )


def test_resetting_a_password_writes_to_the_address(client, alice):
    client.post(reverse("account_reset_password"), {"email": "alice@example.com"})
    assert mail.outbox[0].to == ["alice@example.com"]
    assert "/password/reset/key/" in mail.outbox[0].body
