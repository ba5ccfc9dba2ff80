"""Exports hold what is protected and nothing else, in every format the same; answers only of firms that agreed."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import AuditEntry, Organisation, OrganisationMember, Person
from reports.builders.exports.table import codebook
from reports.exports.selectors import firms_export, release_export
from reports.exports.writing import CONTENT_TYPES, as_csv, write_table
from reports.population import Written
from scoring.models import Release
from scoring.releases.selectors import figures_of
from surveys.models import Campaign, Snapshot, Target
from tests.releases.country import made, peopled

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> Written:
    return peopled(firms=120, campaign_share=1.0)


@pytest.fixture
def release(written: Written) -> Release:
    return made(written.association, campaign=written.campaign)


@pytest.fixture
def staff(written: Written) -> Person:
    person = Person.objects.create_user("staff@example.org", "x-long-enough", name="Staff")
    role = OrganisationMember.Role.MANAGER
    OrganisationMember.objects.create(organisation=written.association, person=person, role=role)
    return person


@pytest.fixture
def agreed(written: Written) -> list[Target]:
    """Three firms agreed; the campaign asked."""
    Campaign.objects.update(asks_microdata=True)
    chosen = list(Target.objects.filter(assessment__isnull=False)[:3])
    Target.objects.filter(pk__in=[one.pk for one in chosen]).update(microdata_agreed_at=timezone.now())
    return chosen


def frame_of(data: bytes, format: str, tmp_path: Path) -> "pd.DataFrame":
    """The table as it is read back, with words in place of codes."""
    if format == "csv":
        return pd.read_csv(io.BytesIO(data))
    if format == "xlsx":
        return pd.read_excel(io.BytesIO(data), sheet_name="data", engine="openpyxl")
    if format == "parquet":
        return pq.read_table(io.BytesIO(data)).to_pandas()
    (tmp_path / "t.sav").write_bytes(data)
    return pyreadstat.read_sav(tmp_path / "t.sav", apply_value_formats=True)[0]


@pytest.mark.parametrize("format", CONTENT_TYPES)
def test_every_format_holds_the_same_figures(release: Release, tmp_path: Path, format: str) -> None:
    table = release_export(release, "en")
    found = frame_of(write_table(table, format), format, tmp_path)
    assert len(found) == len(table.frame) > 100
    assert found["value"].sum() == pytest.approx(table.frame["value"].sum())
    assert set(found["figure"]) == set(table.labelled()["figure"])


def test_the_table_holds_the_groups_that_are_shown_and_no_other(release: Release) -> None:
    assert set(release_export(release, "en").frame["group"]) == set(figures_of(release).groups)


def test_no_share_is_0_or_100_per_cent(release: Release) -> None:
    frame = release_export(release, "en").labelled()
    shares = frame[frame["figure"].str.startswith("Share")]
    assert shares["value"].between(0.05, 0.95).all()
    assert {"about", "at most"} <= set(shares["shown"])


def test_a_sav_file_opens_with_its_labels(release: Release, tmp_path: Path) -> None:
    (tmp_path / "t.sav").write_bytes(write_table(release_export(release, "zh-hans"), "sav"))
    _, about = pyreadstat.read_sav(tmp_path / "t.sav")
    assert about.column_names_to_labels["size"] == "规模"
    assert about.variable_value_labels["size"] == {1.0: "微型", 2.0: "小型", 3.0: "中型", 4.0: "大型"}


def test_a_parquet_file_carries_its_codebook(release: Release) -> None:
    table = release_export(release, "en")
    told = pq.read_schema(io.BytesIO(write_table(table, "parquet"))).metadata
    assert json.loads(told[b"codebook"]) == json.loads(json.dumps(codebook(table)))


def test_a_workbook_says_what_it_is_and_has_its_codebook(release: Release) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_table(release_export(release, "en"), "xlsx")))
    assert book.sheetnames == ["about", "data", "codebook"]
    assert release.content_hash in " ".join(str(cell.value) for cell in book["about"]["A"])


def test_the_page_hands_the_files_out(release: Release, staff: Person, signed_in: SignIn) -> None:
    browser = signed_in(staff)
    page = browser.get(reverse("release-exports", args=[release.pk]))
    files = [
        browser.get(reverse("release-export-file", args=[release.pk, one])) for one in (*CONTENT_TYPES, "codebook")
    ]
    assert [page.status_code, *(file.status_code for file in files)] == [200] * 6
    assert browser.get(reverse("release-export-file", args=[release.pk, "exe"])).status_code == 404


def test_another_association_gets_nothing(release: Release, charlie: Person, signed_in: SignIn) -> None:
    other = Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, name="其他协会")
    OrganisationMember.objects.create(organisation=other, person=charlie, role=OrganisationMember.Role.MANAGER)
    address = reverse("release-export-file", args=[release.pk, "csv"])
    assert signed_in(charlie).get(address).status_code == 404


def test_answers_are_of_the_firms_that_agreed(agreed: list[Target], written: Written, staff: Person) -> None:
    table = firms_export(Campaign.objects.get(), staff, "en")
    assert set(table.frame["credit_code"]) == {target.credit_code for target in agreed}


def test_each_firm_finds_the_look_in_its_log(agreed: list[Target], staff: Person) -> None:
    firms_export(Campaign.objects.get(), staff, "en")
    looks = AuditEntry.objects.filter(action="access.answers", chain__in=[target.firm_id for target in agreed])
    assert looks.count() == 3


def test_answers_have_codes_with_labels_and_no_answer_is_missing(
    agreed: list[Target], staff: Person, tmp_path: Path
) -> None:
    snapshot = Snapshot.objects.get(assessment=agreed[0].assessment)
    Snapshot.objects.filter(pk=snapshot.pk).update(answers=snapshot.answers | {"RD-01": "4", "RD-02": "DK"})
    (tmp_path / "t.sav").write_bytes(write_table(firms_export(Campaign.objects.get(), staff, "en"), "sav"))
    found, about = pyreadstat.read_sav(tmp_path / "t.sav", user_missing=True)
    row = found[found["credit_code"] == agreed[0].credit_code].iloc[0]
    assert (row["RD_01"], row["RD_02"]) == (4.0, 98.0)
    assert about.variable_value_labels["RD_02"][98.0] == "Don't know"
    assert about.missing_ranges["RD_02"]


def test_scores_are_those_that_were_stored(agreed: list[Target], staff: Person) -> None:
    frame = firms_export(Campaign.objects.get(), staff, "en").frame.set_index("credit_code")
    stored = {target.credit_code: target.assessment.result.index for target in agreed}  # type: ignore[union-attr]
    assert {code: frame.loc[code, "index"] for code in stored} == pytest.approx(stored)


def test_a_formula_in_a_firms_name_stays_text(agreed: list[Target], staff: Person) -> None:
    Snapshot.objects.filter(assessment=agreed[0].assessment).update(firm_name="=1+1")
    table = firms_export(Campaign.objects.get(), staff, "en")
    assert "'=1+1" in as_csv(table).decode()
    book = openpyxl.load_workbook(io.BytesIO(write_table(table, "xlsx")))
    assert {cell.data_type for row in book["data"].iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}


def test_a_campaign_that_did_not_ask_has_no_such_page(written: Written, staff: Person, signed_in: SignIn) -> None:
    address = reverse("campaign-answers-file", args=[Campaign.objects.get().pk, "csv"])
    assert signed_in(staff).get(address).status_code == 404


def test_the_page_gives_the_answers_and_notes_it(agreed: list[Target], staff: Person, signed_in: SignIn) -> None:
    browser, campaign = signed_in(staff), Campaign.objects.get()
    assert "3" in browser.get(reverse("campaign-answers", args=[campaign.pk])).content.decode()
    assert browser.get(reverse("campaign-answers-file", args=[campaign.pk, "xlsx"])).status_code == 200
    assert AuditEntry.objects.filter(action="campaign.answers_downloaded").count() == 1


@pytest.mark.parametrize("format", CONTENT_TYPES)
def test_the_command_writes_what_the_page_gives(release: Release, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"x.{format}"
    call_command("export", str(Campaign.objects.get().pk), "--format", format, "--out", str(out), "--lang", "en")
    assert len(frame_of(out.read_bytes(), format, tmp_path)) == len(release_export(release, "en").frame)


@pytest.mark.parametrize("asking", [None, "nobody@example.org", "charlie@example.com"])
def test_the_command_gives_answers_to_the_association_only(
    agreed: list[Target], charlie: Person, tmp_path: Path, asking: str | None
) -> None:
    who = ["--as", asking] if asking else []
    with pytest.raises(CommandError):
        call_command("export", str(Campaign.objects.get().pk), "--answers", *who, "--out", str(tmp_path / "x"))
    assert not (tmp_path / "x").exists()


def test_the_command_gives_answers_to_its_staff(agreed: list[Target], staff: Person, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    call_command("export", str(Campaign.objects.get().pk), "--answers", "--as", staff.email, "--out", str(out))
    assert len(pd.read_csv(out)) == 3


def test_the_answers_file_is_scored_to_the_stored_index(agreed: list[Target], staff: Person, tmp_path: Path) -> None:
    campaign, out = Campaign.objects.get(), tmp_path / "answers.csv"
    options = ["--answers", "--format", "score", "--as", staff.email, "--out", str(out)]
    call_command("export", str(campaign.pk), *options)
    instrument = f"{campaign.instrument_code}@{campaign.instrument_version}"
    call_command("score", str(out), "--instrument", instrument, "--out", str(tmp_path / "results.csv"))
    found = pd.read_csv(tmp_path / "results.csv").set_index("firm")["index"].to_dict()
    stored = {one.credit_code: one.assessment.result.index for one in agreed}  # type: ignore[union-attr]
    assert found == pytest.approx(stored)


def test_the_page_gives_the_answers_file_and_each_firm_finds_it(
    agreed: list[Target], staff: Person, signed_in: SignIn
) -> None:
    address = reverse("campaign-answers-file", args=[Campaign.objects.get().pk, "score"])
    assert signed_in(staff).get(address).content.decode("utf-8-sig").startswith("firm,size,industry,region,RD-01")
    assert AuditEntry.objects.filter(action="access.answers").count() == 3


def test_a_withdrawn_agreement_ends_the_export(agreed: list[Target], staff: Person) -> None:
    Target.objects.filter(pk=agreed[0].pk).update(microdata_agreed_at=None)
    table = firms_export(Campaign.objects.get(), staff, "en")
    assert set(table.frame["credit_code"]) == {target.credit_code for target in agreed[1:]}


def test_the_score_format_is_for_answers(release: Release, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--answers") as refused:
        call_command("export", str(Campaign.objects.get().pk), "--format", "score", "--out", str(tmp_path / "x"))
    assert refused.value.returncode == 2


def test_a_release_too_long_for_excel_is_told_on_the_page(
    release: Release, staff: Person, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.exports.views.WORKBOOK_ROWS", 10)
    answer = signed_in(staff).get(reverse("release-export-file", args=[release.pk, "xlsx"]), follow=True)
    assert answer.redirect_chain == [(reverse("release-exports", args=[release.pk]), 302)]
    assert "CSV" in str(next(iter(answer.context["messages"])))


def test_every_variable_of_a_release_has_a_term(release: Release) -> None:
    table = release_export(release, "en")
    told = {term.code for term in table.terms if term.variable == "variable"}
    assert set(table.frame["variable"]) <= told


def test_the_codebook_says_thresholds_noise_and_source(release: Release) -> None:
    facts = {row[3]: row[4] for row in codebook(release_export(release, "en")) if row[2] == "fact"}
    figures = figures_of(release)
    assert facts["content_hash"] == release.content_hash
    assert (facts["share_threshold"], facts["noise_reach"]) == (str(figures.share_threshold), str(figures.noise_reach))
    assert facts["instrument"] == f"bluebook {release.instrument_version}"


@pytest.mark.parametrize("campaign", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_campaign_is_told(db: None, tmp_path: Path, campaign: str) -> None:
    with pytest.raises(CommandError, match=campaign):
        call_command("export", campaign, "--out", str(tmp_path / "x"))


def test_a_campaign_without_a_release_is_told(written: Written, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("export", str(Campaign.objects.get().pk), "--out", str(tmp_path / "x"))
