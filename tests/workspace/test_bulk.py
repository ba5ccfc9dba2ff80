"""Reports of many clients in one file: only firms whose consent is in force go in, and out of the house."""

import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import AuditEntry, Firm, Grant, Person
from reports.expiry import files_tidy
from reports.models import BulkItem, BulkJob, Report
from reports.services import report_path
from reports.tasks import bulk_build_task
from reports.workspace.bulk import bulk_build, bulk_claim, bulk_expire, bulk_overdue, bulk_request
from reports.workspace.bundling import Part, entry_names, safe
from reports.workspace.selectors import clients_of
from tests.workspace.test_clients import client_firm

SignIn = Callable[[Person], Client]
State = BulkJob.State
TWINS = ("甲厂", "甲厂")


@pytest.fixture(autouse=True)
def cabinet(settings: object, tmp_path: Path) -> Path:
    settings.REPORTS_DIR = tmp_path / "reports"  # type: ignore[attr-defined]
    return tmp_path / "reports"


@pytest.fixture
def pair(alice: Person, charlie: Person) -> list[Firm]:
    return [client_firm(alice, charlie, name) for name in TWINS]


@pytest.fixture
def desk(signed_in: SignIn, charlie: Person) -> Client:
    """Charlie reads the pages in English."""
    browser = signed_in(charlie)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def ordered(person: Person, form: str = "zip") -> BulkJob:
    return bulk_request(person=person, firms=clients_of(person), language="en", form=form, now=timezone.now())


def finish_reports(pages: int = 2) -> None:
    """Every report that was ordered is there, as a small PDF file."""
    for report in Report.objects.all():
        name = f"{report.pk}.pdf"
        report_path(name).parent.mkdir(parents=True, exist_ok=True)
        with pikepdf.Pdf.new() as made:
            [made.add_blank_page() for _ in range(pages)]
            made.save(report_path(name))
        Report.objects.filter(pk=report.pk).update(state=Report.State.READY, file=name)


def built(person: Person, form: str = "zip") -> BulkJob:
    job = ordered(person, form)
    finish_reports()
    bulk_build(job_id=job.pk)
    job.refresh_from_db()
    return job


def revoke(firm: Firm) -> None:
    Grant.objects.filter(firm=firm).update(revoked_at=timezone.now())


def entries(job: BulkJob) -> list[str]:
    with zipfile.ZipFile(report_path(job.file)) as packed:
        return sorted(packed.namelist())


@dataclass(frozen=True)
class Taken:
    status: int
    where: str
    body: bytes


def take(desk: Client, job: BulkJob) -> Taken:
    answer = desk.get(reverse("clients-bulk-file", args=[job.pk]))
    return Taken(answer.status_code, answer.headers.get("Location", ""), answer.getvalue())


def parts(*names: str) -> list[Part]:
    return [Part(name, date(2026, 3, 2), "en", Path()) for name in names]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("苏州精密机械有限公司", "苏州精密机械有限公司"),
        ("../../etc/passwd", "etc passwd"),
        ("..\\C:\\x", "C x"),
        (" . ", "report"),
        ("a\x00b\nc", "a b c"),
        ("\u202efdp.exe", "fdp.exe"),
        ("Zu\u0308rich", "Zürich"),
        ("厂" * 200, "厂" * 50),
    ],
)
def test_a_firm_name_becomes_a_safe_file_name(name: str, expected: str) -> None:
    assert safe(name) == expected


def test_names_that_differ_in_case_alone_are_numbered() -> None:
    assert entry_names(parts("Acme", "ACME", "acme")) == [
        "Acme 2026-03-02 en.pdf",
        "ACME 2026-03-02 en (2).pdf",
        "acme 2026-03-02 en (3).pdf",
    ]


def test_firms_of_the_same_name_both_stand_in_the_zip(pair: list[Firm], charlie: Person) -> None:
    assert entries(built(charlie)) == ["甲厂 2026-03-02 en (2).pdf", "甲厂 2026-03-02 en.pdf"]


def test_the_pdf_has_an_outline_entry_a_firm_and_all_pages(pair: list[Firm], charlie: Person) -> None:
    with pikepdf.open(report_path(built(charlie, "pdf").file)) as book, book.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        targets = [pikepdf.Page(entry.destination[0]).index for entry in outline.root]  # type: ignore[index]
        assert (titles, targets, len(book.pages)) == (list(TWINS), [0, 2], 4)


def test_the_order_asks_for_reports_one_of_many(pair: list[Firm], desk: Client) -> None:
    asked = {"firm": [str(firm.pk) for firm in pair], "language": "en", "form": "zip"}
    answer = desk.post(reverse("clients-bulk"), asked)
    job = BulkJob.objects.get()
    assert answer.headers["Location"] == reverse("clients-bulk-job", args=[job.pk])
    assert list(Report.objects.values_list("batch", "language")) == [(True, "en")] * 2


def test_a_firm_that_is_not_open_cannot_be_ordered(pair: list[Firm], desk: Client) -> None:
    revoke(pair[0])
    asked = {"firm": [*(str(firm.pk) for firm in pair), "no id"], "language": "en", "form": "zip"}
    desk.post(reverse("clients-bulk"), asked)
    assert [item.assessment.firm for item in BulkItem.objects.all()] == pair[1:]  # type: ignore[union-attr]


def test_an_unknown_form_orders_nothing(pair: list[Firm], desk: Client) -> None:
    answer = desk.post(reverse("clients-bulk"), {"firm": str(pair[0].pk), "language": "en", "form": "rar"})
    assert (answer.status_code, BulkJob.objects.count(), "form" in answer.context["form"].errors) == (200, 0, True)


def test_the_whole_list_can_be_ordered_as_it_is_narrowed(pair: list[Firm], desk: Client) -> None:
    Firm.objects.filter(pk=pair[0].pk).update(name="乙厂")
    answer = desk.get(reverse("clients-bulk"), {"all": "1", "q": "甲"})
    assert list(answer.context["firms"]) == pair[1:]


def test_the_page_counts_the_reports_that_are_there(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = ordered(charlie)
    first = job.items.order_by("pk")[0].report_id
    Report.objects.filter(pk=first).update(state=Report.State.READY)
    page = desk.get(reverse("clients-bulk-job", args=[job.pk]))
    assert (page.context["done"], page.context["total"]) == (1, 2)


def test_nothing_is_built_while_a_report_is_open(pair: list[Firm], charlie: Person) -> None:
    job = ordered(charlie)
    assert (bulk_overdue(now=timezone.now()), bulk_claim(job_id=job.pk, now=timezone.now())) == ([], None)


def test_a_job_whose_reports_are_there_is_due(pair: list[Firm], charlie: Person) -> None:
    job = ordered(charlie)
    finish_reports()
    assert bulk_overdue(now=timezone.now()) == [job.pk]


def test_a_job_runs_once_however_often_it_is_asked(pair: list[Firm], charlie: Person, cabinet: Path) -> None:
    job = built(charlie)
    bulk_build(job_id=job.pk)
    assert BulkJob.objects.get(pk=job.pk).claim == job.claim
    assert [path.name for path in cabinet.glob("bulk-*")] == [job.file]


def test_a_job_lost_with_its_worker_is_claimed_again(pair: list[Firm], charlie: Person) -> None:
    job = ordered(charlie)
    finish_reports()
    lost = bulk_claim(job_id=job.pk, now=timezone.now())
    again = bulk_claim(job_id=job.pk, now=timezone.now() + timedelta(hours=1))
    assert lost and again and lost.claim != again.claim


def test_a_build_that_breaks_waits_and_leaves_no_file(pair: list[Firm], charlie: Person, cabinet: Path) -> None:
    job = ordered(charlie, "pdf")
    finish_reports()
    report_path(Report.objects.all()[0].file).write_bytes(b"no PDF")
    with pytest.raises(pikepdf.PdfError):
        bulk_build(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.error[:8], list(cabinet.glob("bulk-*"))) == (State.WAITING, "PdfError", [])


def test_a_firm_that_took_consent_back_before_the_build_is_left_out(pair: list[Firm], charlie: Person) -> None:
    job = ordered(charlie)
    finish_reports()
    revoke(pair[0])
    bulk_build(job_id=job.pk)
    job.refresh_from_db()
    assert entries(job) == ["甲厂 2026-03-02 en.pdf"]
    assert sorted(job.items.values_list("left_out", flat=True)) == ["", "closed"]


def test_a_report_that_failed_is_left_out(pair: list[Firm], charlie: Person) -> None:
    job = ordered(charlie)
    finish_reports()
    Report.objects.filter(pk=Report.objects.all()[0].pk).update(state=Report.State.FAILED)
    bulk_build(job_id=job.pk)
    assert sorted(job.items.values_list("left_out", flat=True)) == ["", "notbuilt"]


def test_a_report_whose_file_went_meanwhile_is_ordered_anew(pair: list[Firm], charlie: Person) -> None:
    job = ordered(charlie)
    finish_reports()
    Report.objects.update(state=Report.State.EXPIRED, file="")
    bulk_build(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.WAITING, 0)
    assert set(Report.objects.values_list("state", "batch")) == {(Report.State.QUEUED, True)}


def test_without_any_firm_left_there_is_no_file(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = ordered(charlie)
    finish_reports()
    Grant.objects.update(revoked_at=timezone.now())
    bulk_build(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.file) == (State.FAILED, "")
    assert "No report is left" in desk.get(reverse("clients-bulk-job", args=[job.pk])).content.decode()


def test_the_file_is_handed_out_whole(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = built(charlie)
    assert take(desk, job).body == report_path(job.file).read_bytes()


def test_each_firm_finds_the_download_in_its_log(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = built(charlie)
    before = list(AuditEntry.objects.values_list("pk", flat=True))
    take(desk, job)
    seen = {(entry.chain, entry.action) for entry in AuditEntry.objects.exclude(pk__in=before)}
    assert seen == {(firm.pk, action) for firm in pair for action in ("access.report", "report.downloaded")}


def test_consent_taken_back_after_the_build_refuses_the_file(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = built(charlie)
    revoke(pair[0])
    answer = take(desk, job)
    assert (answer.status, b"no longer open to you" in answer.body) == (409, True)
    assert (BulkJob.objects.get().state, report_path(job.file).exists()) == (State.WAITING, False)


def test_a_refused_download_is_in_nobodys_log(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = built(charlie)
    revoke(pair[0])
    before = AuditEntry.objects.count()
    take(desk, job)
    assert AuditEntry.objects.count() == before


def test_a_refused_file_is_built_anew_without_the_firm(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = built(charlie)
    revoke(pair[0])
    take(desk, job)
    bulk_build(job_id=job.pk)
    job.refresh_from_db()
    assert (entries(job), take(desk, job).status) == (["甲厂 2026-03-02 en.pdf"], 200)


def test_a_firm_that_closed_itself_tells_no_new_name(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = ordered(charlie)
    finish_reports()
    revoke(pair[0])
    Firm.objects.filter(pk=pair[0].pk).update(name="新名")
    bulk_build(job_id=job.pk)
    page = desk.get(reverse("clients-bulk-job", args=[job.pk])).content.decode()
    assert ("甲厂: no longer open to you" in page, "新名" in page) == (True, False)


def test_a_file_with_a_firm_that_ended_is_withdrawn(pair: list[Firm], charlie: Person) -> None:
    job = built(charlie)
    pair[0].assessments.all().delete()
    assert bulk_overdue(now=timezone.now()) == [job.pk]
    assert not report_path(job.file).exists()


def test_strangers_find_no_download(pair: list[Firm], charlie: Person, alice: Person, signed_in: SignIn) -> None:
    job = built(charlie)
    browser = signed_in(alice)
    asked = [browser.get(reverse(name, args=[job.pk])) for name in ("clients-bulk-job", "clients-bulk-file")]
    assert [answer.status_code for answer in asked] == [404, 404]


def test_an_old_file_goes_with_the_names_in_it(pair: list[Firm], charlie: Person) -> None:
    job = built(charlie)
    assert bulk_expire(now=job.expires_at) == 1
    assert (BulkJob.objects.get().state, BulkItem.objects.count()) == (State.EXPIRED, 0)
    assert not report_path(job.file).exists()


def test_a_file_is_kept_for_seven_days(pair: list[Firm], charlie: Person) -> None:
    job = built(charlie)
    assert bulk_expire(now=timezone.now() + timedelta(days=6, hours=23)) == 0
    assert report_path(job.file).exists()


def test_an_old_file_is_not_handed_out_before_it_is_removed(pair: list[Firm], charlie: Person, desk: Client) -> None:
    job = built(charlie)
    BulkJob.objects.update(expires_at=timezone.now())
    assert take(desk, job).where == reverse("clients-bulk-job", args=[job.pk])


def test_tidying_up_leaves_a_living_file(pair: list[Firm], charlie: Person, cabinet: Path) -> None:
    job = built(charlie)
    for path in [cabinet / "bulk-stray.zip", *cabinet.iterdir()]:
        path.touch()
        os.utime(path, (0, 0))
    files_tidy(now=timezone.now())
    assert [path.name for path in cabinet.glob("bulk-*")] == [job.file]


def test_the_workers_task_is_harmless_the_second_time(pair: list[Firm], charlie: Person) -> None:
    job = ordered(charlie)
    finish_reports()
    [bulk_build_task(str(job.pk)) for _ in range(2)]
    assert BulkJob.objects.filter(state=State.READY, attempts=1).count() == 1
