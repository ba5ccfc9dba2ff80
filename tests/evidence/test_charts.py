"""Charts of measured data: in reports for whoever may see the data, of bounded size, the same after years."""

import json
import re
import zipfile
from io import BytesIO
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pikepdf
import pytest
from django.urls import reverse

from firms.models import AuditEntry, Grant, Person
from firms.services.consent import Recipient, grant_give
from reports.builders.charts.control import SPOKEN, Plotted, points_note, thinned
from reports.builders.charts.probability import scored, scores_note
from reports.builders.document import document
from reports.builders.measured import Drawn
from reports.builders.serial import built, from_dict, plain, to_dict
from reports.evidence.pictures import drawn_rows, to_keep
from reports.issuing import issued_models
from reports.measurements.drawing import drawn_of
from reports.services import report_request
from reports.workspace.comments_selectors import reports_readable
from reports.writing import write_report
from scoring.evidence.computing import compute
from scoring.evidence.mapping import CountsMapping, GaugeMapping, StudyMapping
from scoring.evidence.sources import opened
from scoring.models import MeasuredEvidence
from scoring.services import assessment_score
from surveys.library import instrument_get
from surveys.models import Evidence
from surveys.services import assessment_submit
from tests.builders.pdf_reading import embedded_fonts, tags
from tests.evidence.world import counts_table, gauge_table, kept, table
from tests.filling import NOW, answered

pytestmark = pytest.mark.django_db
STUDY = StudyMapping(columns=("Diameter",), lsl=9.97, usl=10.03, time="Time")
COUNTS = CountsMapping(kind="p", counts="Nonconforming", sizes="Inspected", time="Date")
GAUGE = GaugeMapping(values="Value", part="Part", appraiser="Operator")
FILES = {"PR-01": (counts_table([3, 4, 2, 3] * 6), COUNTS), "PR-02": (table(), STUDY), "PR-03": (gauge_table(), GAUGE)}
HOW = {"language": "en", "now": NOW}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.QMS_HOME = tmp_path


@pytest.fixture
def done(firm, alice):
    """Submitted with data behind three answers, kept as the pages keep them."""
    draft = answered(firm, alice, PR_01="4", PR_02="4", PR_03="3")
    for item, (content, mapping) in FILES.items():
        row = kept(draft, alice, item, content, mapping)
        MeasuredEvidence.objects.filter(pk=row.pk).update(summary=to_keep(compute(opened([content]), mapping)))
    submitted = assessment_submit(assessment=draft, person=alice, now=NOW)
    assessment_score(assessment=submitted, now=NOW)
    return submitted


def let_in(firm, alice, scope):
    person = Person.objects.create(email=f"{scope}@example.com", name=scope)
    grant_give(firm=firm, giver=alice, recipient=Recipient(person=person), scope=scope, days=30)
    return person


def charts_in(model):
    return [name for name in document(model)["figures"] if name.startswith("measured.")]


def test_a_firms_report_draws_the_data_behind_each_answer(done, alice):
    (model,) = issued_models(report_request(assessment=done, person=alice, **HOW), built_at=NOW)
    study = [f"measured.PR-02.{name}" for name in ("histogram", "location", "spread", "probability")]
    assert charts_in(model) == ["measured.PR-01.location", *study, "measured.PR-03.gauge"]


@pytest.mark.parametrize(("language", "word"), [("en", "Gauge study of 10 parts"), ("zh-hans", "量具研究：10 个零件")])
def test_each_chart_has_its_figures_in_words(done, alice, language, word):
    order = report_request(assessment=done, person=alice, language=language, now=NOW)
    (model,) = issued_models(order, built_at=NOW)
    figures = document(model)["figures"]
    assert word in figures["measured.PR-03.gauge"]["alt"]
    assert all(figures[name]["alt"] for name in charts_in(model))


def test_a_report_may_be_ordered_without_the_charts(done, alice):
    order = report_request(assessment=done, person=alice, sections=("evidence",), **HOW)
    assert issued_models(order, built_at=NOW)[0].measured == ()


def written(done, alice, format):
    order = {"assessment": done, "person": alice, "format": format, "sections": ("charts",)}
    return write_report(issued_models(report_request(language="both", now=NOW, **order), built_at=NOW), format)


def test_a_pdf_with_charts_is_tagged_and_has_its_fonts_and_a_text_for_each_drawing_in_both_languages(done, alice):
    pdf = written(done, alice, "pdf")
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_metadata() as about:
        assert [about[key] for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")] == ["1", "2", "A"]
    told = [given.get("/Alt", "") for role, given in tags(pdf) if role == "/Figure"]
    assert [sum(words in text for text in told) for words in ("Gauge study of 10", "量具研究：10 个零件")] == [1, 1]
    assert all(told)
    assert all(embedded_fonts(pdf).values())


def test_a_word_file_has_each_drawing_twice_with_its_text(done, alice):
    with zipfile.ZipFile(BytesIO(written(done, alice, "docx"))) as package:
        told = re.findall(r'name="(measured\.[^"]+)" descr="([^"]+)"', package.read("word/document.xml").decode())
    assert len({name for name, _text in told}) == 12


@pytest.mark.parametrize(("scope", "drawn"), [("report", 0), ("answers", 0), ("evidence", 3)])
def test_an_outsiders_report_draws_data_only_with_consent_to_evidence(done, firm, alice, scope, drawn):
    order = report_request(assessment=done, person=let_in(firm, alice, scope), **HOW)
    (model,) = issued_models(order, built_at=NOW)
    assert (len(model.measured), len(model.evidence)) == (drawn, 3)


@pytest.mark.parametrize(("scope", "open_to"), [("report", False), ("answers", False), ("evidence", True)])
def test_the_firms_own_report_with_charts_is_for_those_who_may_see_evidence(done, firm, alice, scope, open_to):
    order = report_request(assessment=done, person=alice, **HOW)
    reader = let_in(firm, alice, scope)
    assert reports_readable(reader).filter(pk=order.pk).exists() is open_to


def test_the_firms_own_report_without_charts_stays_open(done, firm, alice):
    order = report_request(assessment=done, person=alice, sections=("summary",), **HOW)
    assert reports_readable(let_in(firm, alice, "report")).filter(pk=order.pk).exists()


def test_charts_asked_for_without_consent_never_become_the_whole_report(done, firm, alice):
    order = report_request(assessment=done, person=let_in(firm, alice, "report"), sections=("charts",), **HOW)
    assert "charts" not in order.chosen
    assert order.chosen


def test_a_report_with_charts_closes_with_the_consent_that_opened_it(done, firm, alice):
    reader = let_in(firm, alice, "evidence")
    order = report_request(assessment=done, person=reader, **HOW)
    Grant.objects.filter(person=reader).update(scope="report")
    assert not reports_readable(reader).filter(pk=order.pk).exists()
    assert issued_models(order, built_at=NOW)[0].measured == ()


@pytest.mark.parametrize(("scope", "figures"), [("report", 0), ("evidence", 6)])
def test_the_results_page_draws_them_for_the_same_people(client, done, firm, alice, scope, figures):
    client.force_login(let_in(firm, alice, scope))
    assert client.get(reverse("results", args=[done.pk])).content.decode().count("<figure") == figures


def test_an_outsiders_look_at_charts_on_the_results_page_is_noted(client, done, firm, alice):
    client.force_login(let_in(firm, alice, "evidence"))
    client.get(reverse("results", args=[done.pk]))
    assert AuditEntry.objects.filter(chain=firm.pk, action="access.evidence").exists()


def test_the_evidence_page_draws_them(client, done, alice):
    client.force_login(alice)
    page = client.get(reverse("measured-list", args=[done.pk])).content.decode()
    assert (page.count("<figure"), page.count('class="chart-narrow"')) == (6, 6)


def test_every_drawing_survives_being_stored(done):
    drawn = [one.drawn for one in drawn_rows(done, instrument_get("bluebook"))]
    assert [built(Drawn, json.loads(json.dumps(plain(one), allow_nan=False))) for one in drawn] == drawn


def test_figures_kept_before_charts_were_are_drawn_from_their_files(done):
    before = drawn_rows(done, instrument_get("bluebook"))
    for row in MeasuredEvidence.objects.all():
        row.summary.pop("charts")
        row.save()
    assert [one.drawn for one in drawn_rows(done, instrument_get("bluebook"))] == [one.drawn for one in before]


def test_nothing_is_drawn_of_a_file_that_was_removed(done):
    Evidence.objects.filter(item="PR-02").delete()
    assert [one.row.item for one in drawn_rows(done, instrument_get("bluebook"))] == ["PR-01", "PR-03"]


def test_a_report_stored_before_charts_were_still_opens(done, alice):
    (model,) = issued_models(report_request(assessment=done, person=alice, **HOW), built_at=NOW)
    stored = to_dict(model)
    del stored["measured"]
    assert from_dict(stored).measured == ()
    assert from_dict(to_dict(model)) == model


def test_charts_are_no_part_of_the_hash(done, alice):
    orders = [report_request(assessment=done, person=alice, sections=chosen, **HOW) for chosen in ((), ("evidence",))]
    hashes = {issued_models(order, built_at=NOW)[0].provenance.figures_hash for order in orders}
    assert len(hashes) == 1


def test_kept_figures_with_charts_are_still_found_the_same(client, done, alice):
    client.force_login(alice)
    row = MeasuredEvidence.objects.get(item="PR-02")
    assert client.get(reverse("measured", args=[row.pk])).context["again"].same is True


MILLION = 1_000_000


@pytest.fixture(scope="module")
def many():
    """A million points with one far up, and a signal on every hundredth."""
    points = np.sin(np.arange(MILLION))
    points[765_432] = 9.0
    flat = [np.full(MILLION, level) for level in (0.0, -3.0, 3.0)]
    return Plotted(np.arange(1, MILLION + 1), points, *flat, dict.fromkeys(range(100, MILLION, 100), ("WE1",)))


def test_a_million_points_are_drawn_as_a_few_hundred_with_their_extremes(many):
    drawn = thinned(many, "i")
    assert len(drawn.numbers) <= 452
    assert (drawn.numbers[0], drawn.numbers[-1], max(drawn.points)) == (1, MILLION, 9.0)
    assert all(one < other for one, other in pairwise(drawn.numbers))


def test_counts_of_points_and_signals_are_of_all_points(many):
    drawn = thinned(many, "i")
    assert (drawn.count, drawn.flagged) == (MILLION, 9999)
    assert [flag.number for flag in drawn.flags[:SPOKEN]] == list(range(100, 2001, 100))


def test_what_is_left_out_is_said(many):
    drawn = thinned(many, "i")
    assert f"Of 1,000,000 points {len(drawn.numbers)} are drawn" in points_note(drawn, "en")
    assert "1,000,000 个测量值" in scores_note(scored(many.points), "zh-hans")


def test_nothing_is_said_where_all_is_drawn():
    few = Plotted((1, 2, 3), (1.0, 2.0, 3.0), [2.0] * 3, [0.0] * 3, [4.0] * 3)
    assert (points_note(thinned(few), "en"), scores_note(scored((1.0, 2.0, 3.0)), "en")) == ("", "")


def test_the_farthest_value_is_told_of_all_values_not_of_those_drawn():
    values = np.sort(np.append(np.linspace(-1, 1, 5000), [0.9] * 3000))
    scores = [NormalDist().inv_cdf((place + 0.7) / 8000.4) for place in range(8000)]
    assert scored(values).far == pytest.approx(np.abs((values - values.mean()) / values.std(ddof=1) - scores).max())


def test_a_density_without_bound_has_no_height():
    values = np.concatenate([[0.0], np.linspace(0.001, 1, 400) ** 3])
    content = ("V\n" + "".join(f"{value:.6f}\n" for value in values)).encode()
    drawn = drawn_of(compute(opened([content]), StudyMapping(columns=("V",), usl=2.0)))
    assert "Infinity" not in json.dumps(plain(drawn))
