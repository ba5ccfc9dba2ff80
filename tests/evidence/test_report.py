"""Declared against evidenced in reports: one line for each item, and nothing of the data."""

import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.builders.serial import from_dict, to_dict
from reports.selectors import report_model
from reports.typesetting import typeset
from scoring.evidence.mapping import GaugeMapping, StudyMapping
from scoring.services import assessment_score
from surveys.services import assessment_submit
from tests.evidence.world import gauge_table, kept, table
from tests.filling import NOW, answered, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(firm, alice, settings, tmp_path):
    settings.QMS_HOME = tmp_path
    draft = answered(firm, alice, PR_02="4", PR_03="3")
    limits = {"lsl": 9.97, "usl": 10.03, "stated_cpk": 2.5}
    kept(draft, alice, "PR-03", gauge_table(), GaugeMapping(values="Value", part="Part", appraiser="Operator"))
    kept(draft, alice, "PR-02", table(), StudyMapping(columns=("Diameter",), time="Time", **limits))
    done = assessment_submit(assessment=draft, person=alice, now=NOW)
    assessment_score(assessment=done, now=NOW)
    return report_model(done, language="en", report_id=None, built_at=NOW)


def test_items_stand_in_the_order_of_the_questionnaire(told):
    assert [(one.code, one.outcome) for one in told.evidence] == [("PR-02", "contradicted"), ("PR-03", "supported")]


def test_a_declared_index_that_the_data_do_not_give_is_told(told):
    assert any("declared Cpk of 2.5" in caveat for caveat in told.evidence[0].caveats)


def test_only_contradicted_answers_are_warned_of(told):
    assert [warning.split()[0] for warning in told.warnings if "measured data" in warning] == ["PR-02"]


def test_json_tells_the_lines_and_reads_them_again(told):
    data = json.loads(json.dumps(to_dict(told)))
    assert from_dict(data).evidence == told.evidence


def test_a_report_tells_one_line_and_no_data(told):
    keys = {"code", "title", "declared_text", "outcome", "outcome_text", "reason", "source", "count", "caveats"}
    assert set(to_dict(told)["evidence"][0]) == keys


def test_the_pdf_has_the_chapter(told):
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(typeset(told))).pages)
    assert "Declared against evidenced" in text
    assert "contradicted by the data" in text


def test_a_report_without_data_has_no_such_chapter(firm, alice):
    model = report_model(submitted(firm, alice), language="en", report_id=None, built_at=NOW)
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(typeset(model))).pages)
    assert "Declared against evidenced" not in text
