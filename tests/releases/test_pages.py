"""The pages on which releases are ordered, followed and made public."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from firms.models import Organisation, OrganisationMember, Person
from scoring.models import Release
from tests.releases.country import made, ordered, peopled

pytestmark = pytest.mark.django_db
Browse = Callable[[Person], Client]


@pytest.fixture
def association() -> Organisation:
    return Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, name="协会")


@pytest.fixture
def manager(association: Organisation, charlie: Person) -> Person:
    OrganisationMember.objects.create(organisation=association, person=charlie, role="manager")
    return charlie


@pytest.fixture
def clerk(association: Organisation, bob: Person) -> Person:
    OrganisationMember.objects.create(organisation=association, person=bob, role="member")
    return bob


def order(browser: Client, association: Organisation, **fields: str) -> str:
    answer = browser.post(
        reverse("association-releases", args=[association.pk]),
        {"counted": "series:bluebook", "label": "2026-11"} | fields,
        HTTP_ACCEPT_LANGUAGE="en",
    )
    return answer.content.decode() or answer.headers["Location"]


def test_staff_order_a_release_and_follow_it(association: Organisation, clerk: Person, signed_in: Browse) -> None:
    address = order(signed_in(clerk), association)
    assert address == reverse("release-progress", args=[Release.objects.get().pk])
    assert "0 of 1 parts" in signed_in(clerk).get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"label": "a b"}, "Use letters, digits"),
        ({"label": ""}, "required"),
        ({"counted": "series:nothing"}, "not one of the available choices"),
    ],
)
def test_a_wrong_order_says_what_is_wrong(
    association: Organisation, clerk: Person, signed_in: Browse, fields: dict[str, str], said: str
) -> None:
    assert said in order(signed_in(clerk), association, **fields)
    assert not Release.objects.exists()


def test_a_release_in_work_refuses_the_next(association: Organisation, clerk: Person, signed_in: Browse) -> None:
    ordered(association)
    assert "still being made" in order(signed_in(clerk), association, label="2026-12")


def test_a_name_is_given_once(association: Organisation, clerk: Person, signed_in: Browse) -> None:
    made(association)
    assert "There is a release 2026-11 already" in order(signed_in(clerk), association)


@pytest.mark.parametrize("name", ["RELEASE_SHARE_THRESHOLD", "RELEASE_DISTRIBUTION_THRESHOLD"])
def test_a_missing_threshold_refuses_on_the_page(
    association: Organisation, clerk: Person, signed_in: Browse, settings: Settings, name: str
) -> None:
    setattr(settings, name, None)
    assert "Nothing is published" in order(signed_in(clerk), association)
    assert not Release.objects.exists()


def test_a_manager_makes_a_release_public_after_being_asked(
    association: Organisation, manager: Person, signed_in: Browse
) -> None:
    release, browser = made(association), signed_in(manager)
    address = reverse("release-make-public", args=[release.pk])
    assert "cannot be taken back" in browser.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    browser.post(address)
    release.refresh_from_db()
    assert release.is_public


def test_only_managers_are_offered_to_make_it_public(
    association: Organisation, clerk: Person, signed_in: Browse
) -> None:
    address = reverse("release-make-public", args=[made(association).pk])
    page = signed_in(clerk).get(reverse("release-progress", args=[Release.objects.get().pk]))
    assert address not in page.content.decode()
    assert signed_in(clerk).get(address).status_code == 404


def test_nothing_secret_is_on_any_page(association: Organisation, manager: Person, signed_in: Browse) -> None:
    peopled(campaign_share=0)
    release = made(None)
    Release.objects.filter(pk=release.pk).update(association=association)
    page = signed_in(manager).get(reverse("release-progress", args=[release.pk])).content.decode()
    assert "too_few_firms" in str(release.secret.log)
    assert "industry=" not in page


def test_the_progress_page_costs_the_same_for_many_parts(
    association: Organisation,
    clerk: Person,
    signed_in: Browse,
    settings: Settings,
    django_assert_max_num_queries: object,
) -> None:
    settings.RELEASE_PART_FIRMS = 2
    peopled(firms=20, campaign_share=0)
    release = ordered()
    Release.objects.filter(pk=release.pk).update(association=association)
    browser = signed_in(clerk)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        browser.get(reverse("release-progress", args=[release.pk]))


def test_the_command_makes_a_release_of_a_campaign(capsys: pytest.CaptureFixture[str]) -> None:
    written = peopled(campaign_share=0.5)
    call_command("release", campaign=str(written.campaign.pk), label="2026-11")
    release = Release.objects.get()
    assert (release.campaign, release.state) == (written.campaign, Release.State.READY)


@pytest.mark.parametrize(
    ("order", "status", "said"),
    [
        (["--pool", "--instrument", "none"], 2, "none"),
        (["--pool"], 2, "--instrument"),
        (["--campaign", "x"], 2, "x"),
        (["--association", "x", "--instrument", "bluebook"], 2, "x"),
        (["--pool", "--instrument", "bluebook", "--label", "a b"], 2, "--label"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(order: list[str], status: int, said: str) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        call_command("release", "--label", "2026-11", *order)
    assert refused.value.returncode == status


def test_the_command_publishes_nothing_without_a_threshold(settings: Settings) -> None:
    settings.RELEASE_SHARE_THRESHOLD = 4
    with pytest.raises(CommandError, match="nothing is published") as refused:
        call_command("release", "--pool", "--instrument", "bluebook", "--label", "2026-11")
    assert refused.value.returncode == 1
