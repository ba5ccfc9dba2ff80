"""``manage.py report``: the site's report from the command line."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from firms.models import Firm, Person
from tests.filling import started, submitted


def test_json_holds_the_figures_of_the_page(firm: Firm, alice: Person, tmp_path: Path) -> None:
    assessment = submitted(firm, alice)
    out = tmp_path / "report.json"
    call_command("report", str(assessment.pk), "--format", "json", "--lang", "en", "--out", str(out))
    told = json.loads(out.read_text())
    assert told["index"] == assessment.result.index
    assert [one["id"] for one in told["indicators"]] == list(assessment.result.figures["indicators"])


def test_pdf_is_a_whole_file(firm: Firm, alice: Person, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    call_command("report", str(submitted(firm, alice).pk), "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    assert out.read_bytes().rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("written", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_assessment_is_refused_and_nothing_is_written(db: None, tmp_path: Path, written: str) -> None:
    out = tmp_path / "report.pdf"
    with pytest.raises(CommandError, match=written):
        call_command("report", written, "--out", str(out))
    assert not out.exists()


def test_a_draft_has_no_report(firm: Firm, alice: Person, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("report", str(started(firm, alice).pk), "--out", str(tmp_path / "report.pdf"))
