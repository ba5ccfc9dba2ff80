"""Addresses, names and files of strangers that would lead elsewhere: out of the site, its directories or its mails."""

import ast
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from firms.models import Firm, Person
from surveys.files import path_of
from surveys.filetypes import look_at
from surveys.instruments.check_file import load_file
from surveys.instruments.faults import FileRefused
from surveys.models import Evidence
from tests.access.test_matrix import close_files
from tests.cast import PASSWORD
from tests.filling import started

SignIn = Callable[[Person], Client]
REPOSITORY = Path(__file__).resolve().parents[2]
PRODUCT = ("firms", "surveys", "scoring", "reports", "qms_survey")
# What could ask another machine for something. Whoever needs one is named here, with what decides the address.
ASKING = {"requests", "httpx", "urllib.request", "aiohttp", "ftplib", "socket", "http.client", "urllib3"}
NAMED_BY_THE_OPERATOR = {"surveys/malware.py", "qms_survey/site_services.py", "qms_survey/management/commands/serve.py"}
ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example"]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000 01f15c4890000000d4944415478da63f8cfc0f01f0005050101"
    "a2b4f5ac0000000049454e44ae426082".replace(" ", "")
)


# --- SSRF ---


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (str(node.module), *(f"{node.module}.{name.name}" for name in node.names))


def test_nothing_in_the_product_asks_an_address_that_a_person_typed() -> None:
    """There is no such code: only what the operator names, a virus scanner or this very site, is ever connected to."""
    files = [path for app in PRODUCT for path in (REPOSITORY / app).rglob("*.py")]
    found = {path.relative_to(REPOSITORY).as_posix() for path in files if ASKING & set(imports_of(path))}
    assert found - NAMED_BY_THE_OPERATOR == set()
    assert len(files) > 300


# --- redirects ---


@pytest.mark.parametrize("to", ELSEWHERE)
def test_signing_in_leads_to_a_page_of_the_site(alice: Person, to: str) -> None:
    told = {"login": alice.email, "password": PASSWORD, "next": to}
    response = Client().post(f"{reverse('account_login')}?next={to}", told)
    assert response.headers["Location"] == reverse("home")


@pytest.mark.parametrize("to", ELSEWHERE)
def test_choosing_a_language_leads_to_a_page_of_the_site(db: None, to: str) -> None:
    response = Client().post(reverse("set_language"), {"language": "en", "next": to}, headers={"referer": to})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("to", ELSEWHERE)
def test_signing_out_leads_to_a_page_of_the_site(alice: Person, signed_in: SignIn, to: str) -> None:
    response = signed_in(alice).post(reverse("account_logout"), {"next": to})
    assert response.headers["Location"] == reverse("landing")


# --- mails ---


@pytest.mark.parametrize("address", ["a@example.com\nBcc: b@example.com", "a@example.com%0aBcc:b@example.com"])
def test_an_address_cannot_add_a_header_to_a_mail(db: None, address: str) -> None:
    Client().post(reverse("account_reset_password"), {"email": address})
    assert [letter for letter in mail.outbox if letter.bcc or "\n" in letter.subject or len(letter.to) > 1] == []


def test_a_forged_host_is_no_address_in_a_mail(alice: Person, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["quality.example.org"]
    address, told = reverse("account_reset_password"), {"email": alice.email}
    assert Client().post(address, told, headers={"host": "evil.example"}).status_code == 400
    Client().post(address, told, headers={"host": "quality.example.org", "x-forwarded-host": "evil.example"})
    assert len(mail.outbox) == 1
    assert "evil.example" not in str(mail.outbox[0].message())


# --- names ---


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\a.pdf", "/etc/passwd", "a\0.pdf", "C:\\a.pdf", "." * 300]
)
def test_a_file_name_leads_nowhere(
    firm: Firm, alice: Person, signed_in: SignIn, settings: Settings, tmp_path: Path, name: str
) -> None:
    settings.QMS_HOME = tmp_path / "home"
    upload = SimpleUploadedFile("a.png", PNG)
    upload._name = name  # type: ignore[attr-defined]  # past the cleaning of the class, as a raw request is
    signed_in(alice).post(reverse("evidence-new", args=[started(firm, alice).pk, "RD-01"]), {"file": upload})
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written == [path_of(row.pk) for row in Evidence.objects.all()]


# --- files that are two things at once ---


def archive(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/"), text)
    return packed.getvalue()


POLYGLOTS = {
    "a picture that is a page": (PNG + b"<script>alert(1)</script>", {"png", None}),
    "a picture that is an archive": (PNG + archive(a="b"), {"png", None}),
    "a PDF that is a page": (b"<html><script>alert(1)</script>%PDF-1.7\n%%EOF", {None, "txt"}),
    "a PDF with a script": (b"%PDF-1.7 /JavaScript (app.alert(1)) %%EOF", {None}),
    "an archive that names itself a workbook": (archive(a="b"), {None}),
    "a page": (b"<html><script>alert(1)</script></html>", {None, "txt"}),
    "a drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", {None, "txt"}),
    "GIF and JavaScript": (b"GIF89a/*\x00*/=1;alert(1)", {None}),
    "a program": (b"MZ\x90\x00\x03", {None}),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", {None, "txt"}),
}


@pytest.mark.parametrize(("content", "kinds"), POLYGLOTS.values(), ids=POLYGLOTS)
def test_what_is_two_things_at_once_is_kept_as_the_harmless_one_or_not_at_all(
    content: bytes, kinds: set[str | None]
) -> None:
    assert look_at(content).kind in kinds


@pytest.mark.parametrize(("content", "kinds"), POLYGLOTS.values(), ids=POLYGLOTS)
def test_what_was_kept_comes_back_as_a_download_of_its_kind(
    firm: Firm, alice: Person, signed_in: SignIn, settings: Settings, tmp_path: Path, content: bytes, kinds: set[str]
) -> None:
    settings.QMS_HOME = tmp_path
    browser = signed_in(alice)
    form = {"file": SimpleUploadedFile("x.html", content, "text/html")}
    browser.post(reverse("evidence-new", args=[started(firm, alice).pk, "RD-01"]), form)
    answers = [browser.get(reverse("evidence-file", args=[row.pk])) for row in Evidence.objects.all()]
    told = [answer.headers for answer in answers]
    for answer in answers:
        close_files(answer)
    assert all("attachment" in headers["Content-Disposition"] for headers in told)
    assert all(headers["X-Content-Type-Options"] == "nosniff" for headers in told)
    assert not any("html" in headers["Content-Type"] or ".html" in headers["Content-Disposition"] for headers in told)


# --- YAML ---

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
HOSTILE_YAML = {
    "a billion laughs": LAUGHS,
    "an alias of itself": "a: &a [*a]\n",
    "a Python object": "a: !!python/object/apply:os.system ['true']\n",
    "a merge of itself": "a: &a\n  <<: *a\n",
    "deep": "[" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE_YAML.values(), ids=HOSTILE_YAML)
def test_yaml_that_unfolds_or_runs_is_refused_in_words(text: str) -> None:
    with pytest.raises(FileRefused) as refused:
        load_file(text.encode())
    assert str(refused.value)


# --- names that look like others ---


def test_a_name_that_only_looks_like_anothers_opens_nothing(
    firm: Firm, alice: Person, charlie: Person, signed_in: SignIn
) -> None:
    """Names are no keys here: a firm is told by its credit code, and what is asked for by its number."""
    twin = {"name": firm.name.replace("司", "\u53f8\u200b"), "industry": "C34", "region": "32", "employees": "5"}
    signed_in(charlie).post(reverse("firm-new"), twin | {"revenue": "1"})
    assert Firm.objects.get(memberships__person=charlie).pk != firm.pk
    assert signed_in(charlie).get(reverse("firm-profile", args=[firm.pk])).status_code == 404


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\u200f"])
def test_a_sign_that_nobody_sees_does_not_stay_in_a_firms_name(charlie: Person, signed_in: SignIn, sign: str) -> None:
    told = {"name": f"A{sign}厂", "name_en": f"A{sign}B", "industry": "C34", "region": "32", "employees": "5"}
    signed_in(charlie).post(reverse("firm-new"), told | {"revenue": "1"})
    firm = Firm.objects.get(memberships__person=charlie)
    assert (firm.name, firm.name_en) == ("A厂", "AB")
