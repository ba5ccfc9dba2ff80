"""What one report has in common with the next is kept laid out; nothing of the one is ever seen in the other."""

from dataclasses import replace

import pytest

from reports.builders.model import ReportModel
from reports.typesetting import typeset
from tests.builders.pdf_reading import text_of
from tests.builders.sample import sample


def of_firm(name: str, number: str) -> ReportModel:
    model = sample("en")
    about = replace(model.provenance, report_id=number, recipient=name)
    return replace(model, firm=replace(model.firm, name=name), provenance=about)


@pytest.fixture(scope="module")
def in_a_row() -> list[bytes]:
    """The first firm's report, another firm's, and the first firm's again."""
    return [typeset(of_firm(name, number)) for name, number in (("Alpha", "N-1"), ("Beta", "N-2"), ("Alpha", "N-1"))]


def test_a_report_is_the_same_to_the_byte_whatever_was_set_before_it(in_a_row: list[bytes]) -> None:
    assert in_a_row[0] == in_a_row[2] != in_a_row[1]


def test_a_report_names_its_own_firm_and_number_on_every_page_and_no_other(in_a_row: list[bytes]) -> None:
    text = text_of(in_a_row[1])
    assert ("Beta" in text, "N-2" in text, "Alpha" in text, "N-1" in text) == (True, True, False, False)
    assert text.count("N-2") >= 5
