"""Associations write questionnaires: every fault is told, a draft is theirs alone, what is published stays."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from firms.audit import AuditEntry
from firms.models import Firm, Organisation, OrganisationMember, Person
from surveys.instruments.check_source import read_source
from surveys.instruments.export import to_json
from surveys.instruments.model import Item
from surveys.instruments.workbook import to_workbook
from surveys.instruments.workbook_file import write_workbook
from surveys.instruments.xlsform import to_xlsform
from surveys.library import instrument_get, instrument_list, instrument_text
from surveys.models import Assessment, InstrumentDraft, InstrumentOwner
from surveys.services import NewAnswer, answer_save
from tests.cast import person_named
from tests.filling import NOW
from tests.instruments.rich import RICH, edited

SignIn = Callable[[Person], Client]
RAW = read_source(RICH).raw
OTHER = edited("minutes: 3", "minutes: 4")


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.QMS_HOME = tmp_path
    return tmp_path


def association_of(name: str, role: str = "manager") -> tuple[Organisation, Person]:
    made = Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, name=f"{name}协会")
    person = person_named(name)
    OrganisationMember.objects.create(organisation=made, person=person, role=role)
    return made, person


@pytest.fixture
def ours(db: None) -> Organisation:
    return association_of("Mia")[0]


@pytest.fixture
def mia(ours: Organisation, signed_in: SignIn) -> Client:
    """A browser in which the manager of the association has signed in."""
    client = signed_in(Person.objects.get(name="Mia"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def colleague(ours: Organisation, signed_in: SignIn) -> Client:
    """A browser in which a member of the association has signed in, who does not manage it."""
    person = person_named("Max")
    OrganisationMember.objects.create(organisation=ours, person=person, role="member")
    return signed_in(person)


def upload(client: Client, association: Organisation, data: bytes | str, **more: str) -> HttpResponse:
    content = data.encode() if isinstance(data, str) else data
    file = SimpleUploadedFile("questionnaire.bin", content)
    return client.post(reverse("association-instruments", args=[association.pk]), {"file": file, **more})


def first_answer(item: Item) -> str:
    return str(item.options[0].value) if item.options else "5"


def address(name: str, association: Organisation, version: str = "1.0.0", *more: str) -> str:
    return reverse(name, args=[association.pk, "rich", version, *more])


def publish(client: Client, association: Organisation, version: str = "1.0.0") -> HttpResponse:
    seen = InstrumentDraft.objects.get(version=version).content_hash
    return client.post(address("association-publish", association, version), {"seen": seen})


@pytest.mark.parametrize(
    "data",
    [RICH.encode(), b"\xef\xbb\xbf" + RICH.encode(), to_json(RAW), to_workbook(RAW), to_xlsform(RAW)],
    ids=["yaml", "yaml with a mark", "json", "workbook", "xlsform"],
)
def test_a_file_without_faults_becomes_a_draft_and_is_shown(mia: Client, ours: Organisation, data: bytes) -> None:
    response = upload(mia, ours, data)
    assert response.headers["Location"] == address("association-draft", ours)
    page = mia.get(response.headers["Location"]).text
    assert InstrumentDraft.objects.get().content_hash in page
    assert "How is it watched?" in page


def test_the_preview_is_in_both_languages(mia: Client, ours: Organisation) -> None:
    upload(mia, ours, RICH)
    mia.cookies["django_language"] = "zh-hans"
    assert "怎样监控？" in mia.get(address("association-draft", ours)).text


def test_every_fault_of_a_text_file_is_told_with_its_line_and_nothing_is_stored(
    mia: Client, ours: Organisation
) -> None:
    response = upload(mia, ours, edited("minutes: 3", "minutes: -3").replace("format: 1", "format: 2"))
    assert response.status_code == 422
    assert "line 1, format" in response.text
    assert "line 8, minutes" in response.text
    assert InstrumentOwner.objects.count() == 0


def test_every_fault_of_a_workbook_is_told_with_sheet_and_row(mia: Client, ours: Organisation) -> None:
    book = load_workbook(io.BytesIO(to_workbook(RAW)))
    book["dimensions"]["A3"], book["items"]["B2"] = "lower", "levle"
    stream = io.BytesIO()
    book.save(stream)
    response = upload(mia, ours, stream.getvalue())
    assert response.status_code == 422
    assert "sheet dimensions, row 3" in response.text
    assert "sheet items, row 2" in response.text
    assert InstrumentDraft.objects.count() == 0


def bomb() -> bytes:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(["a0: &a0 [x, x, x]", *levels]).encode()


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (bomb(), "line 1"),
        (b"!!python/object/apply:os.system ['true']\n", "line 1"),
        (b"[" * 5000, "line 1"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", "line 2"),
        (zip_bomb(), "50 MB"),
        (b"PK\x03\x04" + b"\x00" * 100, "line 1"),
        (b"code: x\x00", "line 1"),
        (b'title: "\\ud800"\n', "line 1"),
        (b"just a sentence\n", "line 1"),
        (b"", "empty"),
        (b"#" * (2 * 1024 * 1024 + 1), "Up to 2 MB"),
        (b"#" * 1_900_000, "line 1"),
    ],
    ids=["bomb", "code", "deep", "pdf", "zip bomb", "broken zip", "nul", "surrogate", "text", "empty", "huge", "long"],
)
def test_a_hostile_file_is_refused_in_words(mia: Client, ours: Organisation, data: bytes, told: str) -> None:
    response = upload(mia, ours, data)
    assert response.status_code == 422
    assert told in response.text
    assert InstrumentOwner.objects.count() == 0


def test_of_endless_faults_the_first_are_shown_and_the_rest_are_counted(mia: Client, ours: Organisation) -> None:
    response = upload(mia, ours, RICH + "".join(f"field-{number}: 1\n" for number in range(300)))
    assert "The file has 300 faults" in response.text
    assert "Only the first 200 are shown." in response.text


def test_a_fault_cannot_smuggle_a_script_into_the_page(mia: Client, ours: Organisation) -> None:
    response = upload(mia, ours, RICH + '"<script>alert(1)</script>": 1\n')
    assert response.status_code == 422
    assert "<script>alert(1)" not in response.text


def test_a_draft_is_replaced(mia: Client, ours: Organisation) -> None:
    upload(mia, ours, RICH)
    upload(mia, ours, OTHER)
    assert "minutes: 4" in InstrumentDraft.objects.get().text


def test_an_upload_is_a_draft_whatever_the_file_says(mia: Client, ours: Organisation, home: Path) -> None:
    upload(mia, ours, RICH)
    assert "\nstatus: draft\n" in mia.get(address("association-file", ours, "1.0.0", "yaml")).text
    assert "rich" not in [one.code for one in instrument_list(drafts=True)]


def test_a_draft_is_not_offered_to_firms(mia: Client, ours: Organisation, firm: Firm, alice: Person) -> None:
    upload(mia, ours, RICH)
    mia.force_login(alice)
    assert "rich" not in mia.get(reverse("instruments")).text
    assert mia.get(reverse("instrument-preview", args=["rich"])).status_code == 404
    assert mia.post(f"{reverse('assessment-new', args=[firm.pk])}?instrument=rich").status_code == 404


def test_publishing_freezes_what_was_shown(mia: Client, ours: Organisation) -> None:
    upload(mia, ours, edited("status: published\n", "# Ours.\n"))
    shown = InstrumentDraft.objects.get().content_hash
    publish(mia, ours)
    assert instrument_get("rich").content_hash == shown
    assert "# Ours.\n" in instrument_text("rich")
    assert "\nstatus: published\n" in instrument_text("rich")
    assert InstrumentDraft.objects.count() == 0


def test_a_draft_that_changed_since_it_was_shown_is_not_published(mia: Client, ours: Organisation) -> None:
    upload(mia, ours, RICH)
    seen = InstrumentDraft.objects.get().content_hash
    upload(mia, ours, OTHER)
    page = mia.post(address("association-publish", ours), {"seen": seen}, follow=True).text
    assert "has changed since you looked" in page
    assert "rich" not in [one.code for one in instrument_list()]


@pytest.mark.parametrize(
    ("text", "told"),
    [(OTHER, "a published version never changes"), (RICH + "# a remark\n", "published already")],
)
def test_a_published_version_never_changes(mia: Client, ours: Organisation, text: str, told: str) -> None:
    upload(mia, ours, RICH)
    publish(mia, ours)
    response = upload(mia, ours, text)
    assert response.status_code == 422
    assert told in response.text
    assert instrument_text("rich") == RICH


def test_a_new_version_stands_beside_the_old_one(mia: Client, ours: Organisation) -> None:
    for version in ("1.0.0", "1.1.0"):
        upload(mia, ours, edited('version: "1.0.0"', f'version: "{version}"'))
        publish(mia, ours, version)
    page = mia.get(reverse("association-instruments", args=[ours.pk])).text
    assert "rich@1.0.0" in page
    assert "rich@1.1.0" in page


def test_a_bundled_code_is_not_taken_over(mia: Client, ours: Organisation) -> None:
    text = edited("code: rich\n", "code: bluebook\n").replace('version: "1.0.0"', 'version: "9.0.0"')
    response = upload(mia, ours, text)
    assert "comes with the product" in response.text
    assert InstrumentOwner.objects.count() == 0


def test_a_code_that_the_operator_imported_is_not_taken_over(mia: Client, ours: Organisation, home: Path) -> None:
    (home / "instruments").mkdir()
    (home / "instruments" / "rich-0.9.0.yaml").write_text(edited('version: "1.0.0"', 'version: "0.9.0"'))
    assert "in use for somebody else" in upload(mia, ours, RICH).text
    assert InstrumentOwner.objects.count() == 0


def test_another_association_neither_sees_nor_overwrites_it(mia: Client, ours: Organisation) -> None:
    upload(mia, ours, RICH)
    others, olga = association_of("Olga")
    mia.force_login(olga)
    assert "in use for somebody else" in upload(mia, others, OTHER).text
    assert "minutes: 3" in InstrumentDraft.objects.get().text
    for theirs in (ours, others):
        assert mia.get(address("association-draft", theirs)).status_code == 404
        assert mia.get(address("association-file", theirs, "1.0.0", "yaml")).status_code == 404
        assert mia.post(address("association-publish", theirs), {"seen": ""}).status_code == 404


def test_a_consultancy_has_no_such_page(ours: Organisation, mia: Client) -> None:
    Organisation.objects.filter(pk=ours.pk).update(kind=Organisation.Kind.CONSULTANCY)
    assert mia.get(reverse("association-instruments", args=[ours.pk])).status_code == 404


def test_a_member_uploads_and_looks_but_does_not_publish(colleague: Client, ours: Organisation) -> None:
    upload(colleague, ours, RICH)
    page = colleague.get(address("association-draft", ours)).text
    assert address("association-publish", ours) not in page
    assert publish(colleague, ours).status_code == 404
    assert InstrumentDraft.objects.count() == 1


def test_uploading_and_publishing_stand_in_the_trail(mia: Client, ours: Organisation) -> None:
    upload(mia, ours, RICH)
    shown = InstrumentDraft.objects.get().content_hash
    publish(mia, ours)
    entries = AuditEntry.objects.filter(action__startswith="instrument.").order_by("number")
    after = {"instrument": "rich@1.0.0", "content_hash": shown}
    assert [(one.action, one.after) for one in entries] == [
        ("instrument.uploaded", after),
        ("instrument.published", after),
    ]


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx", "xlsform"])
def test_a_template_comes_back_as_a_questionnaire_of_ones_own(mia: Client, ours: Organisation, form: str) -> None:
    upload(mia, ours, RICH)
    file = mia.get(address("association-file", ours, "1.0.0", form)).content
    InstrumentDraft.objects.all().delete()
    upload(mia, ours, file)
    assert InstrumentDraft.objects.get().version == "1.0.0"


@pytest.mark.parametrize(("form", "status"), [("md", 200), ("yaml", 200), ("exe", 404)])
def test_a_bundled_questionnaire_is_a_template(mia: Client, ours: Organisation, form: str, status: int) -> None:
    args = [ours.pk, "zed-2022", "1.0.0", form]
    assert mia.get(reverse("association-file", args=args)).status_code == status


def foreign_form() -> bytes:
    """A form of another tool: one question that can be taken, one free text that cannot."""
    survey = [
        ["type", "name", "label"],
        ["begin_group", "process", "Process"],
        ["select_one yn", "watched", "Is the process watched?"],
        ["text", "remark", "Anything else?"],
        ["end_group", "", ""],
    ]
    choices = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
    settings = [["form_title", "form_id"], ["Foreign", "foreign"]]
    return write_workbook({"survey": survey, "choices": choices, "settings": settings})


def test_a_foreign_form_is_refused_as_a_whole(mia: Client, ours: Organisation) -> None:
    response = upload(mia, ours, foreign_form())
    assert response.status_code == 422
    assert "sheet survey, row 4" in response.text


def test_of_a_foreign_form_what_can_be_taken_is_taken_and_the_rest_is_told(mia: Client, ours: Organisation) -> None:
    page = upload(mia, ours, foreign_form(), adopt="on").text
    assert "sheet survey, row 4" in page
    assert InstrumentDraft.objects.get().owner.code == "foreign"


def test_a_published_one_is_listed_for_everybody(mia: Client, ours: Organisation, firm: Firm, alice: Person) -> None:
    upload(mia, ours, RICH)
    publish(mia, ours)
    mia.force_login(alice)
    page = mia.get(reverse("instruments")).text
    assert "published by Mia协会" in page
    assert f"{reverse('assessment-new', args=[firm.pk])}?instrument=rich" in page


def test_a_firm_answers_the_published_one_and_has_a_result(
    mia: Client, ours: Organisation, firm: Firm, alice: Person
) -> None:
    upload(mia, ours, RICH)
    publish(mia, ours)
    mia.force_login(alice)
    mia.post(f"{reverse('assessment-new', args=[firm.pk])}?instrument=rich")
    assessment = Assessment.objects.get(instrument_code="rich")
    for item in instrument_get("rich").items:
        answer_save(assessment=assessment, item=item, answer=NewAnswer(first_answer(item)), person=alice, now=NOW)
    mia.post(reverse("assessment-submit", args=[assessment.pk]))
    page = mia.get(reverse("results", args=[assessment.pk]))
    assert page.status_code == 200
    assert "Every rule" in page.text


def test_the_page_of_the_association_leads_there(mia: Client, ours: Organisation) -> None:
    page = mia.get(reverse("organisation", args=[ours.pk])).text
    assert reverse("association-instruments", args=[ours.pk]) in page
