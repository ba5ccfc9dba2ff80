"""The firm's place among its peers explains itself, on the page, in the report and as data."""

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Person
from reports.builders import serial
from reports.builders.document import document
from reports.builders.language import LANGUAGES
from reports.builders.peers import peers_told, percent_text
from reports.builders.release.material import Facts, group_words
from reports.selectors import report_model
from scoring.engine.release.peers import place_among_peers
from scoring.services import assessment_score
from tests.dashboard.build import NAMES, released
from tests.dashboard.rows import released_row
from tests.filling import NOW, submitted

FACTS = Facts("2026-11", "2026-11-24", None, "abc")


def told(profile, language="en"):
    place = place_among_peers(released(), profile, "index", 10, counted=False)
    return peers_told(place, FACTS, language, lambda group: group_words(NAMES, language, group), released())


def test_a_firm_of_a_shown_group_stands_in_it():
    found = told({"size": "small", "industry": "C99", "region": "31"})
    assert found.group == "Small"
    assert found.sentence.endswith("of the other firms in “Small” (ties count half).")


def test_every_narrower_group_says_why_it_was_not_taken():
    found = told({"size": "small", "industry": "C99", "region": None})
    assert [(rung.title, rung.chosen, rung.reason) for rung in found.rungs] == [
        ("same industry, size and region", False, "your firm's profile does not say enough"),
        ("same industry and size", False, "this release holds too few firms"),
        ("same industry", False, "this release holds too few firms"),
        ("same size", True, "this group is used"),
        ("all firms", False, "not needed: a closer group was found"),
    ]


@pytest.mark.parametrize(
    ("percentile", "n", "text"),
    [
        (0.5, 400, "about 50%"),
        (0.283, 400, "about 28%"),
        (0.283, 40, "about 30%"),
        (0.0, 400, "at most 5%"),
        (1.0, 40, "at least 95%"),
    ],
)
def test_a_place_is_told_no_finer_than_the_group_allows(percentile, n, text):
    assert percent_text(percentile, n, "en") == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_release_is_named_in_either_language(language):
    assert "2026-11" in told({"size": "small"}, language).source


@pytest.fixture
def standing(db: None, firm: Firm, alice: Person):
    released_row(None)
    done = submitted(firm, alice)
    assessment_score(assessment=done, now=NOW)
    return done


def model(assessment, language="en"):
    return report_model(assessment, language=language, report_id=None, built_at=NOW)


def test_the_report_carries_the_release_that_it_compares_with(standing):
    found = model(standing).peers
    assert (found.release, len(found.hash), found.rungs[-1].chosen or found.group != "") == ("2026-11-0", 64, True)


def test_the_place_survives_being_stored(standing):
    before = model(standing)
    assert serial.from_json(serial.to_json(before)).peers == before.peers


def test_the_chapter_tells_every_rung(standing):
    assert len(document(model(standing))["peers"]["rungs"]) == 5


def test_without_a_release_there_is_no_place(firm, alice):
    done = submitted(firm, alice)
    assessment_score(assessment=done, now=NOW)
    assert model(done).peers is None


def test_the_results_page_shows_the_place(standing, alice):
    client = Client(headers={"accept-language": "en"})
    client.force_login(alice)
    page = client.get(reverse("results", args=[standing.pk]))
    assert model(standing).peers.sentence in page.content.decode()
