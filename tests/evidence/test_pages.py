"""The pages about measured data: sending, confirming, looking, removing; who sees what; what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firms.models import Person
from firms.services.consent import Recipient, grant_give
from reports.measurements import limiting
from scoring.evidence.mapping import GaugeMapping, StudyMapping
from scoring.measurements import delimited
from scoring.models import MeasuredEvidence
from scoring.services import assessment_score
from surveys.models import Evidence
from surveys.services import assessment_submit
from tests.evidence.world import VALUES, counts_table, gauge_table, kept, table
from tests.filling import NOW, answered
from tests.qif.build import Char, Res, Row, document, shaft, study_results

pytestmark = pytest.mark.django_db
POOR = StudyMapping(columns=("Diameter",), lsl=9.97, usl=10.03, time="Time")
ROW = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
ROW |= {"form-0-name": "Diameter", "form-0-way": "automatic", "form-0-count": "10", "form-0-period": "day"}
ROW |= {"form-1-name": "Look", "form-1-way": "paper", "form-1-count": "220", "form-1-period": "month"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.QMS_HOME = tmp_path


@pytest.fixture
def draft(firm, alice):
    return answered(firm, alice, PR_01="4", PR_02="4", PR_03="4", DG_01="50")


@pytest.fixture
def browser(signed_in, alice):
    return signed_in(alice)


def send(browser, draft, item, *contents):
    files = [SimpleUploadedFile(f"file{number}.csv", content) for number, content in enumerate(contents)]
    return browser.post(reverse("measured-new", args=[draft.pk, item]), {"file": files})


def confirm(browser, draft, item, *contents, **fields):
    """Sends the files, takes the proposal with the changes named, and gives the page of the figures."""
    columns = send(browser, draft, item, *contents)["Location"]
    form = browser.get(columns).context["form"]
    proposed = {name: value for name, value in form.initial.items() if name in form.fields and value}
    return browser.post(columns, {**proposed, **fields}, follow=True)


def english(answer):
    answer.client.cookies["django_language"] = "en"
    return answer.client.get(answer.request["PATH_INFO"]).content.decode()


def test_a_file_its_proposal_and_limits_give_a_verdict_with_charts(browser, draft):
    page = confirm(browser, draft, "PR-02", table(), lsl="9.9", usl="10.1")
    assert page.context["verdict"].outcome == "supported"
    assert page.content.decode().count('<svg xmlns="http://www.w3.org/2000/svg"') == 8


def test_the_same_figures_come_out_when_the_page_is_looked_at(browser, draft):
    page = confirm(browser, draft, "PR-02", table(), lsl="9.9", usl="10.1")
    assert page.context["again"].same is True


def test_kept_figures_that_differ_from_the_files_are_told(browser, draft, alice):
    row = kept(draft, alice, "PR-02", table(), POOR)
    MeasuredEvidence.objects.filter(pk=row.pk).update(summary={**row.summary, "blank": 7})
    assert browser.get(reverse("measured", args=[row.pk])).context["again"].same is False


def test_times_and_reactions_are_proposed_from_the_headers(browser, draft):
    columns = send(browser, draft, "PR-01", table(header="时间,外径,处置", note=lambda at: ","))["Location"]
    initial = browser.get(columns).context["form"].initial
    assert (initial["time"], initial["columns"], initial["reaction"]) == ("A", ["B"], "C")


def test_counts_are_charted_for_the_spc_answer(browser, draft):
    page = confirm(browser, draft, "PR-01", counts_table([3, 4, 2, 3] * 6))
    assert page.context["row"].method == "counts"
    assert page.context["verdict"].outcome == "supported"


def test_a_gauge_study_is_computed_for_the_measurement_system_answer(browser, draft):
    page = confirm(browser, draft, "PR-03", gauge_table(0.3), tolerance="1")
    assert page.context["verdict"].outcome == "contradicted"
    assert len(page.context["again"].page.components) == 6


def test_several_qif_files_are_kept_and_joined(browser, draft):
    halves = [qif_of(part) for part in (VALUES[:30], VALUES[30:])]
    page = confirm(browser, draft, "PR-02", *halves, in_order="on")
    assert (page.context["row"].summary["study"]["n"], Evidence.objects.count()) == (60, 2)


def test_a_study_that_qif_only_declares_decides_nothing(browser, draft):
    content = shaft(statistics=study_results("3.0", kind="GageRandR", figures={"GageRandR": "12.5"}))
    page = confirm(browser, draft, "PR-03", content)
    assert (page.context["verdict"].outcome, page.context["row"].reason) == ("not_decidable", "study_declared_only")


def qif_of(values):
    rows = tuple(Res(100 + n, (Row(200 + n, 1, f"{value - 8:.4f}"),)) for n, value in enumerate(values))
    return document(chars=(Char(1, name="Bore"),), results=rows)


def test_a_file_that_is_there_already_may_be_used(browser, draft, alice):
    file = kept(draft, alice, "PR-02", table(), POOR).files.get()
    page = browser.get(reverse("measured-columns", args=[draft.pk, "PR-02"]), {"file": file.pk})
    assert page.context["names"] == ("data.txt",)


def test_the_index_that_a_report_states_is_held_against_the_data(browser, draft):
    page = confirm(browser, draft, "PR-02", table(), lsl="9.9", usl="10.1", stated_cpk="2.5")
    assert "✗ not supported by the data" in english(page)


def test_the_list_of_data_gives_the_share_and_its_verdict(browser, draft):
    answer = browser.post(reverse("measured-new", args=[draft.pk, "DG-01"]), {**ROW, "complete": "on"}, follow=True)
    assert (answer.context["row"].summary["share"], answer.context["verdict"].outcome) == (50.0, "supported")


def test_an_open_list_decides_nothing(browser, draft):
    answer = browser.post(reverse("measured-new", args=[draft.pk, "DG-01"]), ROW, follow=True)
    assert answer.context["verdict"].outcome == "not_decidable"


def test_devices_of_qif_files_stand_beside_the_list(browser, draft):
    file = SimpleUploadedFile("cmm.qif", qif_of(VALUES))
    sent = {**ROW, "complete": "on", "file": [file]}
    answer = browser.post(reverse("measured-new", args=[draft.pk, "DG-01"]), sent, follow=True)
    assert answer.context["row"].summary["devices"]["unknown"] == 60


def test_the_list_begins_from_the_one_kept_last(browser, draft):
    browser.post(reverse("measured-new", args=[draft.pk, "DG-01"]), ROW)
    rows = browser.get(reverse("measured-new", args=[draft.pk, "DG-01"])).context["rows"]
    assert [row.initial.get("name") for row in rows][:3] == ["Diameter", "Look", None]


def test_more_rows_keep_what_was_written(browser, draft):
    answer = browser.post(reverse("measured-new", args=[draft.pk, "DG-01"]), {**ROW, "more": "1"})
    rows = answer.context["rows"]
    assert (len(rows.forms), rows.forms[1].initial["name"]) == (7, "Look")
    assert not MeasuredEvidence.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"form-0-count": ""}, "count"), ({"form-0-name": ""}, "name"), ({"form-0-count": "many"}, "count")],
)
def test_a_row_that_is_not_whole_is_sent_back(browser, draft, changes, field):
    answer = browser.post(reverse("measured-new", args=[draft.pk, "DG-01"]), {**ROW, **changes})
    assert (answer.status_code, list(answer.context["rows"].forms[0].errors)) == (422, [field])


def test_an_empty_list_is_refused_in_words(browser, draft):
    empty = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    answer = browser.post(reverse("measured-new", args=[draft.pk, "DG-01"]), empty)
    assert (answer.status_code, len(answer.context["faults"])) == (422, 1)


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>'


@pytest.mark.parametrize(
    "content",
    [b"", BOMB, b"PK\x03\x04broken", b"%PDF-1.7\n%%EOF", b"\xd0\xcf\x11\xe0old excel", b"<html></html>", b"MZ\x90\x00"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason_and_not_kept(browser, draft, content):
    answer = send(browser, draft, "PR-02", content)
    told = [*answer.context.get("faults", ()), *answer.context["form"].errors.get("file", ())]
    assert (answer.status_code, len(told) > 0, Evidence.objects.count()) == (422, True, 0)


def test_of_several_files_all_are_kept_or_none(browser, draft):
    answer = send(browser, draft, "PR-02", qif_of(VALUES), BOMB)
    assert (answer.status_code, Evidence.objects.count()) == (422, 0)


def test_of_several_files_that_cannot_be_taken_together_each_tells_its_own_fate(browser, draft):
    browser.cookies["django_language"] = "en"
    faults = send(browser, draft, "PR-02", qif_of(VALUES), BOMB, qif_of(VALUES), b"<html></html>").context["faults"]
    assert [fault.split(":")[0] for fault in faults] == ["file0.csv", "file1.csv", "file2.csv", "file3.csv"]
    assert "in order, but not taken" in faults[0]


def test_how_far_a_file_has_been_read_is_told_by_the_number_of_its_request(browser, draft, monkeypatch):
    monkeypatch.setattr(delimited, "CHUNK", 20)
    number = "0123456789abcdef" * 2
    file = SimpleUploadedFile("d.csv", table())
    browser.post(reverse("measured-new", args=[draft.pk, "PR-02"]), {"file": file, "progress": number})
    assert browser.get(reverse("spc-progress", args=[number])).json() == {"rows": 60, "computing": False}


@pytest.mark.parametrize("number", ["0" * 32, "x", "a" * 300])
def test_a_number_that_nobody_gave_has_read_nothing(browser, number):
    assert browser.get(reverse("spc-progress", args=[number])).json() == {"rows": 0, "computing": False}


def test_a_cell_that_is_no_number_is_named(browser, draft):
    columns = send(browser, draft, "PR-02", table([*VALUES[:-1], "n/a"]))["Location"]
    answer = browser.post(columns, {"columns": ["B"], "lsl": "9.9", "usl": "10.1"})
    assert answer.status_code == 422
    assert "n/a" in answer.context["faults"][0]


def test_no_file_chosen_is_said(browser, draft):
    answer = browser.get(reverse("measured-columns", args=[draft.pk, "PR-02"]))
    assert (answer.status_code, len(answer.context["faults"])) == (422, 1)


def test_files_of_another_item_cannot_be_named(browser, draft, alice):
    file = kept(draft, alice, "PR-01", table(), POOR).files.get()
    address = reverse("measured-columns", args=[draft.pk, "PR-02"])
    assert browser.get(address, {"file": file.pk}).status_code == 404


@pytest.mark.parametrize("item", ["RD-01", "XX-99"])
def test_items_that_data_cannot_speak_to_have_no_such_page(browser, draft, item):
    assert browser.get(reverse("measured-new", args=[draft.pk, item])).status_code == 404


def test_one_address_may_not_compute_without_end(browser, draft, monkeypatch):
    monkeypatch.setattr(limiting, "MOST_REQUESTS", 0)
    assert send(browser, draft, "PR-02", table()).status_code == 429


def test_figures_are_removed_by_who_may_edit(browser, draft, alice):
    row = kept(draft, alice, "PR-02", table(), POOR)
    browser.post(reverse("measured-remove", args=[row.pk]))
    assert not MeasuredEvidence.objects.exists()


def submit(draft, alice):
    done = assessment_submit(assessment=draft, person=alice, now=NOW)
    assessment_score(assessment=done, now=NOW)
    return done


def test_a_submitted_assessment_takes_no_more_data(browser, draft, alice):
    row = kept(draft, alice, "PR-02", table(), POOR)
    submit(draft, alice)
    browser.post(reverse("measured-remove", args=[row.pk]))
    assert send(browser, draft, "PR-02", table())["Location"] == reverse("results", args=[draft.pk])
    assert MeasuredEvidence.objects.count() == 1


def test_results_tell_the_verdict_and_warn_of_a_contradiction(browser, draft, alice):
    kept(draft, alice, "PR-02", table(), POOR)
    model = browser.get(reverse("results", args=[submit(draft, alice).pk])).context["model"]
    assert [(one.code, one.outcome) for one in model.evidence] == [("PR-02", "contradicted")]
    assert any("PR-02" in warning and model.evidence[0].reason in warning for warning in model.warnings)


def consultant(firm, alice, scope):
    person = Person.objects.create(email=f"{scope}@example.com", name=scope)
    grant_give(firm=firm, giver=alice, recipient=Recipient(person=person), scope=scope, days=30)
    return person


@pytest.mark.parametrize(
    ("scope", "data", "link"), [("report", 404, False), ("answers", 404, False), ("evidence", 200, True)]
)
def test_only_consent_to_evidence_shows_data_and_charts(client, firm, alice, draft, scope, data, link):
    row = kept(draft, alice, "PR-02", table(), POOR)
    submit(draft, alice)
    client.force_login(consultant(firm, alice, scope))
    results = client.get(reverse("results", args=[draft.pk]))
    assert results.context["model"].evidence[0].outcome == "contradicted"
    assert (reverse("measured-list", args=[draft.pk]) in results.content.decode()) is link
    assert client.get(reverse("measured", args=[row.pk])).status_code == data


@pytest.mark.parametrize("name", ["measured-list", "measured"])
def test_verdicts_about_answers_in_work_are_for_the_firms_own_people(client, firm, alice, draft, name):
    row = kept(draft, alice, "PR-02", table(), POOR)
    client.force_login(consultant(firm, alice, "evidence"))
    place = {"measured-list": draft.pk, "measured": row.pk}[name]
    assert client.get(reverse(name, args=[place])).status_code == 404


def test_hostile_headers_come_out_as_text(browser, draft):
    content = table(header="Time,<script>alert(1)</script>")
    assert "<script>alert" not in confirm(browser, draft, "PR-02", content, usl="11").content.decode()


def test_the_item_page_leads_to_measured_data(browser, draft):
    shown = [browser.get(reverse("item", args=[draft.pk, item])).content.decode() for item in ("PR-02", "RD-01")]
    assert [f"items/{item}/measured/" in text for item, text in zip(("PR-02", "RD-01"), shown, strict=True)] == [
        True,
        False,
    ]


def test_a_gauge_study_that_is_judged_on_its_variation_says_so(browser, draft, alice):
    row = kept(draft, alice, "PR-03", gauge_table(), GaugeMapping(values="Value", part="Part", appraiser="Operator"))
    assert "of_study_variation" in [code for code, _params in row.caveats]
