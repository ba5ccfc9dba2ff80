"""The dashboard, its downloads and the public page of a release that stands in the database."""

import csv
import io
import json
from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from firms.models import Organisation, OrganisationMember, Person
from scoring.models import Release
from tests.dashboard.rows import released_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def association() -> Organisation:
    return Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, name="协会")


@pytest.fixture
def release(association: Organisation) -> Release:
    return released_row(association)


@pytest.fixture
def staff(association: Organisation) -> Client:
    return colleague(association, "alice@example.com")


def colleague(association: Organisation, email: str) -> Client:
    person = Person.objects.create(email=email)
    OrganisationMember.objects.create(organisation=association, person=person, role="manager")
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def page(client: Client, release: Release, **chosen: str):
    return client.get(reverse("release-dashboard", args=[release.pk]), chosen)


def file(client: Client, release: Release, name: str, form: str, **chosen: str):
    return client.get(reverse("release-chart", args=[release.pk, name, form]), chosen)


def lines_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_another_association_does_not_find_the_release(release):
    other = Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, name="别的协会")
    stranger = colleague(other, "charlie@example.com")
    assert page(stranger, release).status_code == 404
    assert file(stranger, release, "levels", "csv").status_code == 404


def test_the_table_on_the_page_and_the_file_hold_the_same_figures(staff, release):
    shown = next(
        block
        for section in page(staff, release).context["sections"]
        for block in section.blocks
        if block.name == "practices"
    )
    assert lines_of(file(staff, release, "practices", "csv"))[1:] == [[cell.text for cell in row] for row in shown.rows]


def test_the_drawing_in_the_file_holds_the_words_of_the_table(staff, release):
    svg = file(staff, release, "levels", "svg").content.decode()
    said = [
        row[1].replace("at most ", "≤").replace("at least ", "≥")
        for row in lines_of(file(staff, release, "levels", "csv"))[1:]
    ]
    assert all(f">{share}<" in svg for share in said)


def test_a_picture_is_a_png(staff, release):
    answer = file(staff, release, "levels", "png")
    assert (answer.headers["Content-Type"], answer.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")


def test_files_speak_of_the_group_that_the_page_shows(staff, release):
    whole, small = (lines_of(file(staff, release, "levels", "csv", **group)) for group in ({}, {"size": "small"}))
    assert whole[0] == small[0]
    assert whole[1:] != small[1:]


@pytest.mark.parametrize("chosen", [{"industry": "C99"}, {"region": "31", "size": "small"}, {"size": "all;size=small"}])
def test_whatever_shows_nothing_says_the_same(staff, release, chosen):
    answer = page(staff, release, **chosen)
    assert answer.context["sections"] == ()
    assert b"No figures are shown for this group." in answer.content


def test_a_group_that_shows_nothing_has_no_files(staff, release):
    assert file(staff, release, "levels", "csv", industry="C99").status_code == 404


@pytest.mark.parametrize(("name", "form"), [("levels", "gif"), ("nothing", "svg"), ("items", "svg")])
def test_a_file_that_there_is_not_is_not_found(staff, release, name, form):
    assert file(staff, release, name, form).status_code == 404


def test_the_view_as_a_workbook_keeps_its_numbers(staff, release):
    answer = staff.get(reverse("release-view", args=[release.pk, "xlsx"]))
    book = load_workbook(io.BytesIO(answer.content))
    sheet = next(one for one in book if "Dimensions" in one.title)
    assert [isinstance(cell.value, int | float) for cell in sheet[2]] == [False, True, True, True, True]


def test_the_view_as_a_pdf(staff, release):
    assert staff.get(reverse("release-view", args=[release.pk, "pdf"])).content.startswith(b"%PDF-")


def test_a_release_that_is_not_public_has_no_public_page(release):
    assert Client().get(reverse("public-release", args=[release.pk])).status_code == 404
    assert Client().get(reverse("public-release-data", args=[release.pk])).status_code == 404


@pytest.fixture
def opened(release: Release) -> Release:
    Release.objects.filter(pk=release.pk).update(is_public=True)
    return release


def test_everybody_reads_a_public_release(opened):
    answer = Client(headers={"accept-language": "en"}).get(reverse("public-release", args=[opened.pk]))
    assert answer.status_code == 200
    assert b"CC BY 4.0" in answer.content


def test_a_public_release_stands_in_the_list(opened):
    assert reverse("public-release", args=[opened.pk]) in Client().get(reverse("public-releases")).content.decode()


def test_the_data_hash_to_what_the_page_cites(opened):
    answer = Client().get(reverse("public-release-data", args=[opened.pk]))
    assert sha256(answer.content).hexdigest() == opened.content_hash
    assert json.loads(answer.content)["groups"]["all"]


def test_what_has_not_changed_is_not_sent_again(opened):
    address = reverse("public-release", args=[opened.pk])
    tag = Client().get(address).headers["ETag"]
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 304


def test_the_other_language_is_another_page(opened):
    address = reverse("public-release", args=[opened.pk])
    tags = {
        Client(headers={"accept-language": language}).get(address).headers["ETag"] for language in ("en", "zh-hans")
    }
    assert len(tags) == 2


def queries(client: Client, release: Release) -> int:
    with CaptureQueriesContext(connection) as seen:
        page(client, release)
    return len(seen)


def test_the_cost_does_not_grow_with_the_firms(staff, association):
    few = queries(staff, released_row(association, firms=60))
    assert queries(staff, released_row(association, firms=3000, number=1)) == few
    assert few <= 6
