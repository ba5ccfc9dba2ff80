"""The blue book tells what the release shows, in both languages, and nothing that it does not show."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from firms.models import Organisation, OrganisationMember, Person
from reports.bluebook.services import book_build, book_claim, book_request, books_overdue, told
from reports.models import BlueBook
from reports.services import report_path
from scoring.models import Release
from scoring.releases.selectors import figures_of
from tests.releases.country import made, peopled

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    return made(peopled(firms=150, campaign_share=1.0).association)


@pytest.fixture
def staff(release: Release) -> Person:
    person = Person.objects.create_user("staff@example.org", "x-long-enough", name="Staff")
    OrganisationMember.objects.create(organisation=release.association, person=person, role="manager")
    return person


@pytest.fixture
def built(release: Release, settings: Settings, tmp_path: Path) -> Callable[[str], BlueBook]:
    settings.REPORTS_DIR = tmp_path

    def built(language: str) -> BlueBook:
        book = book_request(release=release, language=language, person=None, now=timezone.now())
        book_build(book_id=book.pk)
        book.refresh_from_db()
        return book

    return built


def text_of(book: BlueBook) -> str:
    pages = pypdf.PdfReader(io.BytesIO(report_path(book.file).read_bytes())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ["目录", "方法"]), ("en", ["Contents", "Method"]), ("both", ["目录", "Method"])],
)
def test_a_book_is_whole_in_its_languages(built: Callable[[str], BlueBook], language: str, words: list[str]) -> None:
    book = built(language)
    text = text_of(book)
    assert (book.state, [word for word in words if word not in text]) == (BlueBook.State.READY, [])
    assert book.release.content_hash in text


def test_a_book_is_accessible_and_fit_for_the_archive(built: Callable[[str], BlueBook]) -> None:
    with pikepdf.open(report_path(built("both").file)) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfuaid:part"], about["pdfaid:part"], bool(pdf.Root.MarkInfo.Marked)) == ("1", "2", True)


def test_every_published_share_stands_in_it_with_its_source(release: Release) -> None:
    rows = told(release, "en").chapters[-1].sections[0].blocks[0].table.rows
    assert {row[1] for row in rows} >= {"16%"} or any("16" in str(row[1]) for row in rows)
    assert all(row[2] for row in rows)


def test_it_tells_how_many_groups_are_shown_and_never_which_are_not(release: Release) -> None:
    shown = figures_of(release).groups
    table = told(release, "en").chapters[-2].sections[0].blocks[0].table
    assert sum(row[1] for row in table.rows) == len(shown)
    assert len(table.rows) == 6


def test_a_group_that_is_not_shown_has_no_section(release: Release) -> None:
    shown = {
        name.removeprefix("size=")
        for name in figures_of(release).groups
        if name.startswith("size=") and ";" not in name
    }
    chapter = next(one for one in told(release, "en").chapters if one.title == "By size")
    assert {section.name for section in chapter.sections} == shown


def test_the_same_release_gives_the_same_book(release: Release) -> None:
    one, other = told(release, "en"), told(release, "en")
    assert [chapter.paragraphs for chapter in one.chapters] == [chapter.paragraphs for chapter in other.chapters]
    assert [b.table for c in one.chapters for s in c.sections for b in s.blocks] == [
        b.table for c in other.chapters for s in c.sections for b in s.blocks
    ]


def test_ordering_twice_gives_one_book(release: Release) -> None:
    books = [book_request(release=release, language="en", person=None, now=timezone.now()) for _ in range(2)]
    assert books[0] == books[1]


def test_only_one_worker_gets_a_book(release: Release) -> None:
    book = book_request(release=release, language="en", person=None, now=timezone.now())
    now = timezone.now()
    assert book_claim(book_id=book.pk, now=now) is not None
    assert book_claim(book_id=book.pk, now=now) is None
    assert books_overdue(now=now + timedelta(minutes=11)) == [book.pk]


def test_a_book_that_fails_is_given_up_after_some_attempts(
    release: Release, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_books: object) -> bytes:
        raise RuntimeError("no ink")

    monkeypatch.setattr("reports.bluebook.services.set_book", broken)
    book = book_request(release=release, language="en", person=None, now=timezone.now())
    for _ in range(settings.REPORT_ATTEMPTS):
        with pytest.raises(RuntimeError):
            book_build(book_id=book.pk)
    book.refresh_from_db()
    assert (book.state, book.error) == (BlueBook.State.FAILED, "RuntimeError: no ink")


def test_the_association_orders_and_takes_it(
    release: Release, staff: Person, signed_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.REPORTS_DIR = tmp_path
    browser = signed_in(staff)
    browser.post(reverse("bluebook-order", args=[release.pk]), {"language": "en"})
    book = BlueBook.objects.get()
    assert browser.get(reverse("bluebook-file", args=[book.pk])).status_code == 404
    book_build(book_id=book.pk)
    answer = browser.get(reverse("bluebook-file", args=[book.pk]))
    assert next(iter(answer.streaming_content)).startswith(b"%PDF-")
    answer.close()


def test_another_association_gets_nothing(release: Release, charlie: Person, signed_in: SignIn) -> None:
    other = Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, name="其他协会")
    OrganisationMember.objects.create(organisation=other, person=charlie, role="manager")
    book = book_request(release=release, language="en", person=None, now=timezone.now())
    assert signed_in(charlie).get(reverse("bluebook", args=[book.pk])).status_code == 404
    assert signed_in(charlie).post(reverse("bluebook-order", args=[release.pk]), {"language": "en"}).status_code == 404


def test_a_language_that_does_not_exist_is_no_page(release: Release, staff: Person, signed_in: SignIn) -> None:
    assert signed_in(staff).post(reverse("bluebook-order", args=[release.pk]), {"language": "xx"}).status_code == 404
