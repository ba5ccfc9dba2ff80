"""Every promise names tests that are there, and the page lists every promise."""

from pathlib import Path

import pytest

from tests.assurance.write import PAGE, REPOSITORY, Promise, counted, page, promises, run_of

LISTED = promises()
RESULTS = """<testsuites><testsuite timestamp="2026-11-24T11:00:00">
<testcase classname="tests.api.test_schema" name="a"/>
<testcase classname="tests.api.test_schema" name="b"><failure/></testcase>
<testcase classname="tests.apis.test_x" name="c"/>
</testsuite></testsuites>"""


@pytest.mark.parametrize("promise", LISTED, ids=lambda one: one.id)
def test_a_promise_names_tests_that_are_there(promise: Promise) -> None:
    places = [REPOSITORY / place for place in promise.tests]
    assert [place for place in places if not place.exists()] == []
    assert all(place.is_file() or list(place.glob("test_*.py")) for place in places)


def test_no_two_promises_share_a_name() -> None:
    assert len({one.id for one in LISTED}) == len(LISTED)


def test_the_page_lists_every_promise() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert [one.id for one in LISTED if f"| {one.id} | {one.promise} |" not in written] == []


@pytest.fixture
def results(tmp_path: Path) -> Path:
    file = tmp_path / "results.xml"
    file.write_text(RESULTS)
    return file


def test_a_failed_test_shows(results: Path) -> None:
    run = run_of(results)
    assert (counted("tests/api", run.passed), counted("tests/api", run.failed)) == (1, 1)
    assert "| X | all | `tests/api` | 1 | 1 |  |" in page(run, [Promise("X", "all", ("tests/api",), "")])


def test_the_page_says_when_and_how_many(results: Path) -> None:
    assert "test run of 2026-11-24: 3 tests, 1 failed." in page(run_of(results), [])
