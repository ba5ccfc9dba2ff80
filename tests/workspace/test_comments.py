"""Comments of consultants: the firm reads all, each consultant only their own side's, nobody else any."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from firms.models import AuditEntry, Firm, Grant, Organisation, OrganisationMember, Person
from firms.refusal import RefusalError
from reports.models import ConsultantComment, Report
from reports.services import report_build, report_claim, report_path, report_request
from reports.workspace import comments
from reports.workspace.comments import comment_change, comment_withdraw, comment_write
from reports.workspace.comments_selectors import paragraphs
from surveys.models import Assessment
from tests.cast import person_named
from tests.filling import NOW, submitted
from tests.report_formats.reading import docx_text, pdf_text, xlsx_text
from tests.workspace.test_clients import let_in

SignIn = Callable[[Person], Client]
LEAN, CLARITY = "=1+1 <b>*精益*</b> #strong", "Clarity says so"


def house_of(person: Person, name: str) -> Organisation:
    house = Organisation.objects.create(kind=Organisation.Kind.CONSULTANCY, name=name)
    OrganisationMember.objects.create(organisation=house, person=person)
    return house


def says(person: Person, assessment: Assessment, text: str, dimension: str = "") -> ConsultantComment:
    return comment_write(assessment=assessment, person=person, dimension=dimension, text=text, now=timezone.now())


@pytest.fixture
def done(firm: Firm, alice: Person, settings: Settings, tmp_path: Path) -> Assessment:
    settings.REPORTS_DIR = tmp_path
    return submitted(firm, alice)


@pytest.fixture
def lean(done: Assessment, charlie: Person) -> ConsultantComment:
    """Charlie's consultancy was let in, and commented."""
    let_in(done.firm, None, organisation=house_of(charlie, "精益顾问"))
    return says(charlie, done, LEAN, "RD")


@pytest.fixture
def rival(done: Assessment) -> Person:
    """Of another consultancy that was let in, and commented."""
    rival = person_named("Rival")
    let_in(done.firm, None, organisation=house_of(rival, "Clarity Ltd"))
    says(rival, done, CLARITY)
    return rival


def built(person: Person, assessment: Assessment, format: str = "json") -> bytes:
    report = report_request(assessment=assessment, language="en", person=person, now=NOW, format=format)
    report_build(report_id=report.pk)
    report.refresh_from_db()
    return report_path(report.file).read_bytes()


def told(person: Person, assessment: Assessment) -> list[str]:
    return [text for one in json.loads(built(person, assessment))["comments"] for text in one["paragraphs"]]


def page(client: Client, assessment: Assessment) -> str:
    return client.get(reverse("results", args=[assessment.pk])).content.decode()


def test_the_firm_reads_every_comment_and_who_wrote_it(
    lean: ConsultantComment, rival: Person, vera: Person, signed_in: SignIn
) -> None:
    shown = page(signed_in(vera), lean.assessment)
    assert ("精益顾问" in shown, "Clarity Ltd" in shown, CLARITY in shown) == (True, True, True)


def test_another_organisation_sees_no_comment_on_the_page(
    lean: ConsultantComment, rival: Person, signed_in: SignIn
) -> None:
    shown = page(signed_in(rival), lean.assessment)
    assert (CLARITY in shown, "精益顾问" in shown, "#strong" in shown) == (True, False, False)


def test_each_side_finds_its_own_comments_in_its_report_and_the_firm_all(
    lean: ConsultantComment, rival: Person, alice: Person, charlie: Person
) -> None:
    heard = [told(person, lean.assessment) for person in (alice, charlie, rival)]
    assert heard == [[LEAN, CLARITY], [LEAN], [CLARITY]]


def test_another_organisation_finds_no_comment_in_its_pdf(lean: ConsultantComment, rival: Person) -> None:
    text = pdf_text(built(rival, lean.assessment, "pdf"))
    assert (CLARITY in text, "精益顾问" in text, "#strong" in text) == (True, False, False)


@pytest.mark.parametrize(
    ("format", "read", "written"),
    [("pdf", pdf_text, LEAN), ("docx", docx_text, LEAN), ("xlsx", xlsx_text, f"'{LEAN}")],
)
def test_markup_and_formulas_stay_text(
    lean: ConsultantComment, alice: Person, format: str, read: Callable[[bytes], str], written: str
) -> None:
    text = " ".join(read(built(alice, lean.assessment, format)).split())
    assert (written in text, "not part of the self-assessment" in text) == (True, True)


def test_markup_stays_text_on_the_page(lean: ConsultantComment, alice: Person, signed_in: SignIn) -> None:
    assert "=1+1 &lt;b&gt;*精益*&lt;/b&gt; #strong" in page(signed_in(alice), lean.assessment)


def test_a_report_without_the_section_tells_no_comment(lean: ConsultantComment, alice: Person) -> None:
    report = report_request(
        assessment=lean.assessment, language="en", person=alice, now=NOW, format="json", sections=["summary"]
    )
    report_build(report_id=report.pk)
    report.refresh_from_db()
    assert "comments" not in json.loads(report_path(report.file).read_bytes())


def test_a_report_made_for_one_side_is_closed_to_the_other(
    lean: ConsultantComment, rival: Person, charlie: Person, signed_in: SignIn
) -> None:
    report = report_request(assessment=lean.assessment, language="en", person=charlie, now=NOW)
    seen = [signed_in(person).get(reverse("report", args=[report.pk])).status_code for person in (charlie, rival)]
    assert seen == [200, 404]


def test_the_firms_own_report_is_closed_to_consultants_once_it_holds_comments(
    done: Assessment, alice: Person, charlie: Person, signed_in: SignIn
) -> None:
    let_in(done.firm, charlie)
    address = reverse("report", args=[report_request(assessment=done, language="en", person=alice, now=NOW).pk])
    before = signed_in(charlie).get(address).status_code
    says(charlie, done, "5S")
    assert (before, signed_in(charlie).get(address).status_code) == (200, 404)


def test_whoever_was_let_in_by_name_has_a_report_and_comments_alone(
    lean: ConsultantComment, bob: Person, rival: Person
) -> None:
    named = person_named("Named")
    let_in(lean.assessment.firm, named)
    says(named, lean.assessment, "5S")
    assert [told(one, lean.assessment) for one in (named, rival, bob)] == [["5S"], [CLARITY], [LEAN, CLARITY, "5S"]]


def change(comment: ConsultantComment) -> None:
    assert comment.author
    comment_change(comment=comment, person=comment.author, dimension="", text="Anew", now=NOW)


def withdraw(comment: ConsultantComment) -> None:
    assert comment.author
    comment_withdraw(comment=comment, person=comment.author, now=NOW)


@pytest.mark.parametrize(("happens", "after"), [(change, ["Anew"]), (withdraw, [])])
def test_a_report_that_is_asked_for_again_tells_what_stands_now(
    lean: ConsultantComment, alice: Person, happens: Callable[[ConsultantComment], None], after: list[str]
) -> None:
    before = told(alice, lean.assessment)
    happens(lean)
    assert (before, told(alice, lean.assessment)) == ([LEAN], after)


def test_the_file_of_a_report_goes_once_a_comment_changed(
    lean: ConsultantComment, alice: Person, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    built(alice, lean.assessment)
    file = report_path(Report.objects.get().file)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        withdraw(lean)
    assert (file.exists(), Report.objects.get().state) == (False, Report.State.EXPIRED)


def test_a_build_that_runs_meanwhile_begins_anew(lean: ConsultantComment, alice: Person) -> None:
    report = report_request(assessment=lean.assessment, language="en", person=alice, now=NOW)
    report_claim(report_id=report.pk, now=NOW)
    withdraw(lean)
    report.refresh_from_db()
    assert (report.state, report.claim, report.sent_at) == (Report.State.QUEUED, None, None)


def test_a_consultant_writes_changes_and_withdraws_on_the_pages(
    lean: ConsultantComment, charlie: Person, signed_in: SignIn
) -> None:
    desk = signed_in(charlie)
    desk.post(reverse("consultant-comments", args=[lean.assessment_id]), {"dimension": "", "text": "Second"})
    desk.post(reverse("consultant-comment", args=[lean.pk]), {"dimension": "", "text": "First"})
    second = ConsultantComment.objects.get(text="Second")
    desk.post(reverse("consultant-comment-withdraw", args=[second.pk]))
    shown = desk.get(reverse("consultant-comments", args=[lean.assessment_id])).content.decode()
    assert ("First" in shown, "Second" in shown) == (True, False)


def test_a_colleague_of_the_organisation_may_change_what_it_wrote(lean: ConsultantComment, signed_in: SignIn) -> None:
    assert lean.organisation
    colleague = person_named("Colleague")
    OrganisationMember.objects.create(organisation=lean.organisation, person=colleague)
    signed_in(colleague).post(reverse("consultant-comment", args=[lean.pk]), {"text": "Better"})
    lean.refresh_from_db()
    assert (lean.text, lean.author) == ("Better", colleague)


PAGES = [("consultant-comments", "assessment_id"), ("consultant-comment", "pk")]


@pytest.mark.parametrize(("name", "of"), PAGES)
def test_with_the_consent_gone_the_pages_are_gone(
    lean: ConsultantComment, charlie: Person, signed_in: SignIn, name: str, of: str
) -> None:
    Grant.objects.update(revoked_at=timezone.now())
    assert signed_in(charlie).get(reverse(name, args=[getattr(lean, of)])).status_code == 404


def test_with_the_consent_gone_the_report_is_gone(lean: ConsultantComment, charlie: Person, signed_in: SignIn) -> None:
    report = report_request(assessment=lean.assessment, language="en", person=charlie, now=NOW)
    Grant.objects.update(revoked_at=timezone.now())
    assert signed_in(charlie).get(reverse("report", args=[report.pk])).status_code == 404


def test_what_was_written_stays_with_the_firm_when_consent_ends(
    lean: ConsultantComment, alice: Person, signed_in: SignIn
) -> None:
    Grant.objects.update(revoked_at=timezone.now())
    assert "精益顾问" in page(signed_in(alice), lean.assessment)


def test_neither_the_firm_nor_another_organisation_may_change_a_comment(
    lean: ConsultantComment, rival: Person, alice: Person, signed_in: SignIn
) -> None:
    address = reverse("consultant-comment", args=[lean.pk])
    assert [signed_in(one).post(address, {"text": "!"}).status_code for one in (rival, alice)] == [404, 404]


@pytest.mark.parametrize(
    ("text", "fault"), [("", "Write the comment first."), ("x" * 5001, "The comment is too long: at most 5000")]
)
def test_a_comment_of_no_or_too_many_words_is_sent_back(
    lean: ConsultantComment, charlie: Person, signed_in: SignIn, text: str, fault: str
) -> None:
    address = reverse("consultant-comments", args=[lean.assessment_id])
    response = signed_in(charlie).post(address, {"text": text}, headers={"accept-language": "en"})
    assert fault in response.content.decode()


def test_there_is_an_end_to_the_number_of_comments(
    lean: ConsultantComment, charlie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "MOST", 1)
    with pytest.raises(RefusalError, match="1"):
        says(charlie, lean.assessment, "One more")


def test_every_step_is_in_the_firms_log_without_the_words(lean: ConsultantComment) -> None:
    change(lean)
    withdraw(lean)
    entries = AuditEntry.objects.filter(chain=lean.assessment.firm_id, action__startswith="comment.")
    logged = [(entry.action, entry.after) for entry in entries.order_by("number")]
    assert logged == [
        ("comment.written", {"dimension": "RD"}),
        ("comment.changed", {"dimension": ""}),
        ("comment.withdrawn", {"dimension": ""}),
    ]


def test_an_empty_line_makes_no_paragraph() -> None:
    assert paragraphs("One\r\n\r\n Two \n") == ("One", "Two")
