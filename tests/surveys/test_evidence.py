"""Files behind an answer: what is taken, where it lies, who gets it."""

import io
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import Settings

from firms.models import Firm, Person
from firms.refusal import RefusalError
from surveys.files import path_of
from surveys.filetypes import look_at
from surveys.forms.together import MOST_AT_ONCE
from surveys.models import Assessment, Evidence
from surveys.services import assessment_discard
from surveys.services.evidence import MOST_FILES_AN_ITEM, clean_name, evidence_add
from tests.filling import NOW, started

SignIn = Callable[[Person], Client]
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(buffer, kind)
    return buffer.getvalue()


def package(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.QMS_HOME = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (picture("PNG"), "png"),
        (picture("JPEG"), "jpg"),
        (picture("WEBP"), "webp"),
        (DOCX, "docx"),
        (package("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        ("控制图，第 3 车间\n".encode(), "txt"),
        ("控制图".encode("gb18030"), "txt"),
        (b"\xff\xfe" + "控制图\r\n".encode("utf-16-le"), "txt"),
        (b"\xfe\xff" + "控制图\r\n".encode("utf-16-be"), "txt"),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: str) -> None:
    assert look_at(content).kind == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        (b"%PDF-1.7 cut off", "damaged"),
        (PDF.replace(b"<<>>", b"<< /OpenAction << /S /JavaScript >> >>", 1), "active"),
        (package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "active"),
        (package("evil.exe"), "active"),
        (package("readme.txt"), "unknown"),
        (b"MZ\x90\x00\x03", "unknown"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "unknown"),
        ("控制图".encode("utf-16-le"), "unknown"),
        (b"\x7fELF\x02\x01\x01\x00", "unknown"),
        (picture("PNG")[:-14], "damaged"),
    ],
)
def test_what_is_not_taken_has_a_reason(content: bytes, reason: str) -> None:
    assert (look_at(content).kind, look_at(content).reason) == (None, reason)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "etc_passwd.pdf"),
        ("报告 2026.PDF", "报告 2026.pdf"),
        ('a"; filename="b.html', "a_ filename=_b.pdf"),
        ("gpj.exe\u202efdp", "gpj.pdf"),
        ("...", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_for_people_only(name: str, clean: str) -> None:
    assert clean_name(name, "pdf").replace("文件", "file") == clean


def add(assessment: Assessment, person: Person, content: bytes = PDF) -> Evidence:
    return evidence_add(assessment=assessment, item="RD-01", name="a.pdf", content=content, person=person, now=NOW)


def test_the_file_lies_under_the_home_and_not_under_its_name(home: Path, firm: Firm, alice: Person) -> None:
    made = add(started(firm, alice), alice)
    assert path_of(made.pk).read_bytes() == PDF
    assert [path.name for path in home.rglob("*") if path.is_file()] == [made.pk.hex]


def test_one_file_too_many_on_an_item_is_refused(home: Path, firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    for _ in range(MOST_FILES_AN_ITEM):
        add(assessment, alice)
    with pytest.raises(RefusalError, match=str(MOST_FILES_AN_ITEM)):
        add(assessment, alice)
    assert Evidence.objects.count() == MOST_FILES_AN_ITEM


@pytest.mark.django_db(transaction=True)
def test_discarding_the_draft_removes_its_files(home: Path, firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    made = add(assessment, alice)
    assessment_discard(assessment=assessment, person=alice)
    assert not path_of(made.pk).exists()


def test_a_download_is_never_shown_as_a_page(home: Path, firm: Firm, alice: Person, signed_in: SignIn) -> None:
    made = add(started(firm, alice), alice)
    response = signed_in(alice).get(reverse("evidence-file", args=[made.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].endswith("; sandbox")
    assert response.headers["Cache-Control"] == "no-store, private"


def test_a_stranger_gets_the_same_404_as_for_no_file(
    home: Path, firm: Firm, alice: Person, charlie: Person, signed_in: SignIn
) -> None:
    made = add(started(firm, alice), alice)
    assert signed_in(charlie).get(reverse("evidence-file", args=[made.pk])).status_code == 404


def test_an_upload_comes_back_to_the_item_with_its_file(
    home: Path, firm: Firm, alice: Person, signed_in: SignIn
) -> None:
    assessment = started(firm, alice)
    file = SimpleUploadedFile("控制图.pdf", PDF, content_type="text/html")
    address = reverse("evidence-new", args=[assessment.pk, "RD-01"])
    response = signed_in(alice).post(address, {"file": file}, follow=True)
    assert "控制图.pdf" in response.text
    assert Evidence.objects.get().kind == "pdf"


def test_of_many_files_each_tells_its_own_fate(home: Path, firm: Firm, alice: Person, signed_in: SignIn) -> None:
    address = reverse("evidence-new", args=[started(firm, alice).pk, "RD-01"])
    contents = {"a.pdf": PDF, "b.exe": b"MZ\x90\x00\x03", "c.txt": b"", "d.csv": b"x\n1\n"}
    sent = [SimpleUploadedFile(name, content) for name, content in contents.items()]
    answer = signed_in(alice).post(address, {"file": sent}, follow=True)
    assert [(one.level_tag, str(one)[:5]) for one in answer.context["messages"]] == [
        ("success", "a.pdf"),
        ("error", "b.exe"),
        ("error", "c.txt"),
        ("success", "d.csv"),
    ]
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize("count", [0, MOST_AT_ONCE + 1])
def test_no_file_and_too_many_at_once_are_sent_back(
    home: Path, firm: Firm, alice: Person, signed_in: SignIn, count: int
) -> None:
    address = reverse("evidence-new", args=[started(firm, alice).pk, "RD-01"])
    sent = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(count)]
    assert signed_in(alice).post(address, {"file": sent}).status_code == 422
    assert not Evidence.objects.exists()


@contextmanager
def clamd(verdict: bytes) -> Iterator[str]:
    """A scanner that reads a whole stream and always says the same."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer_once, args=(server, verdict), daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def answer_once(server: socket.socket, verdict: bytes) -> None:
    client, _address = server.accept()
    with client:
        heard = b""
        while not heard.endswith(b"\0\0\0\0"):
            heard += client.recv(65536)
        client.sendall(verdict)


def test_a_clean_file_is_marked_as_scanned(home: Path, firm: Firm, alice: Person, settings: Settings) -> None:
    with clamd(b"stream: OK\0") as settings.CLAMD_URL:
        assert add(started(firm, alice), alice).scanned


@pytest.mark.parametrize(
    "verdict", [b"stream: Eicar-Test-Signature FOUND\0", b"INSTREAM size limit exceeded. ERROR\0", b""]
)
def test_without_a_clean_verdict_nothing_is_stored(
    home: Path, firm: Firm, alice: Person, settings: Settings, verdict: bytes
) -> None:
    with clamd(verdict) as settings.CLAMD_URL, pytest.raises(RefusalError):
        add(started(firm, alice), alice)
    assert not Evidence.objects.exists()


def test_a_scanner_that_is_down_keeps_files_out(home: Path, firm: Firm, alice: Person, settings: Settings) -> None:
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    with pytest.raises(RefusalError):
        add(started(firm, alice), alice)
    assert not Evidence.objects.exists()
