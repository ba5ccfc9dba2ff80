"""Under every number its derivation; after every result the shortest way onwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from firms.models import Firm, Person
from reports.builders.charts.palette import dark_rules
from reports.derivations import explanation_page, next_page
from reports.selectors import report_facts, report_model
from reports.trend import index_top, may_be_compared
from surveys.library import instrument_get, instrument_list
from surveys.models import Assessment
from tests.filling import NOW, submitted

SignIn = Callable[[Person], Client]


def test_the_contributions_add_up_to_every_score(firm: Firm, alice: Person) -> None:
    page = explanation_page(report_facts(submitted(firm, alice, RD_02="NA", DG_01="35"), "en"))
    for node in page.nodes:
        assert sum(term.contribution or 0 for term in node.terms) == pytest.approx(node.score)
    assert [node.code for node in page.nodes] == ["index", "IM", "SC", "OR", "DG", "PR", "RD"]


def test_a_gate_says_what_it_asks_and_what_was_found(firm: Firm, alice: Person) -> None:
    with translation.override("en"):
        page = explanation_page(report_facts(submitted(firm, alice), "en"))
    first = page.gates[0]
    assert not first.met
    assert first.rows[0].text.endswith("at least 4 asked, found Level 3")


def test_every_way_leads_to_the_next_level(firm: Firm, alice: Person) -> None:
    page = next_page(report_facts(submitted(firm, alice), "en"))
    assert page.target == "Prevention"
    assert len(page.ways) >= 2
    assert {way.level for way in page.ways} == {"Prevention"}
    assert all(way.index >= 60 for way in page.ways)


def test_at_the_top_there_is_no_way_and_the_page_says_so(firm: Firm, alice: Person) -> None:
    best = {f"{part}_0{n}": "5" for part in ("RD", "PR", "OR", "SC", "IM", "DG") for n in range(1, 8)}
    codes = {item.code.replace("-", "_") for item in instrument_list()[0].items}
    answers = {code: written for code, written in best.items() if code in codes}
    answers |= {"DG_01": "100", "DG_02": "yes", "DG_03": "100"}
    page = next_page(report_facts(submitted(firm, alice, **answers), "en"))
    assert page.ways == ()
    assert page.reason


@pytest.mark.parametrize("name", ["results-explain", "results-next"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_for_those_who_may_see_results(
    firm: Firm, alice: Person, charlie: Person, signed_in: SignIn, name: str, language: str
) -> None:
    address = reverse(name, args=[submitted(firm, alice).pk])
    client = signed_in(alice)
    client.post(reverse("set_language"), {"language": language})
    assert client.get(address).status_code == 200
    assert signed_in(charlie).get(address).status_code == 404


def test_the_trend_begins_with_the_second_assessment(firm: Firm, alice: Person) -> None:
    first = submitted(firm, alice)
    second = submitted(firm, alice, RD_01="5")
    Assessment.objects.filter(pk=second.pk).update(submitted_at=NOW + timedelta(days=365))
    second.refresh_from_db()
    told = {one.pk: report_model(one, language="en", report_id=None, built_at=NOW).history for one in (first, second)}
    assert told[first.pk] == ()
    assert [moment.index for moment in told[second.pk]] == [first.result.index, second.result.index]


@pytest.mark.parametrize("instrument", instrument_list(), ids=lambda one: one.code)
def test_the_best_answers_reach_the_top_of_the_scale(instrument: object) -> None:
    assert index_top(instrument) >= instrument.levels[-1].start  # type: ignore[arg-type, attr-defined]


@pytest.mark.parametrize(
    ("crosswalk", "compared"),
    [
        ({}, False),
        ({"0.9.0": {}}, True),
        ({"0.9.0": {"RD-01": "adjusted"}}, True),
        ({"0.9.0": {"RD-01": "broken"}}, False),
        ({"0.8.0": {}}, False),
    ],
)
def test_a_trend_breaks_where_the_crosswalk_says_so(crosswalk: dict[str, dict[str, str]], compared: bool) -> None:
    instrument = replace(instrument_get("bluebook"), crosswalk=crosswalk)
    assert may_be_compared(instrument, "0.9.0") is compared
    assert may_be_compared(instrument, instrument.version)


def test_the_style_sheet_of_charts_is_what_the_palette_says() -> None:
    sheet = (Path(settings.BASE_DIR) / "static" / "css" / "charts.css").read_text()
    assert dark_rules() in sheet
