"""Every code that the code uses has its sentence, and every sentence can be filled in."""

import re
from pathlib import Path

import pytest

from scoring.engine.spc import messages as spc
from scoring.measurements import table_messages as tables

ROOT = Path(__file__).parents[2] / "scoring"
SPC_SOURCE = "".join(path.read_text() for path in (ROOT / "engine" / "spc").glob("*.py"))
TABLE_SOURCE = "".join(path.read_text() for path in (ROOT / "measurements").glob("*.py") if "qif" not in path.name)
PLACES = {"row": 2, "column": "B (D)", "shown": "abc"}
SENTENCES = [*spc.REFUSALS.items(), *spc.REMARKS.items(), *tables.FAULTS.items()]


@pytest.mark.parametrize(
    ("pattern", "source", "known"),
    [
        (r'SpcError\(\s*"(\w+)"', SPC_SOURCE + TABLE_SOURCE, spc.REFUSALS),
        (r'_refuse_first\([^"]*"(\w+)"', SPC_SOURCE, spc.REFUSALS),
        (r'Remark\(\s*"(\w+)"', SPC_SOURCE + TABLE_SOURCE, spc.REMARKS),
        (r'refused\(\s*"(\w+)"', TABLE_SOURCE, tables.FAULTS),
        (r'NotNumeral\(\s*"(\w+)"', TABLE_SOURCE, tables.FAULTS),
        (r'(?<!re)Fault\(\s*"(\w+)"', TABLE_SOURCE, tables.FAULTS),
    ],
)
def test_every_code_has_its_sentence(pattern, source, known):
    codes = set(re.findall(pattern, source))
    assert codes
    assert codes <= known.keys()


@pytest.mark.parametrize(("code", "sentence"), SENTENCES)
def test_a_sentence_uses_named_parameters_only(code, sentence):
    names = set(re.findall(r"%\((\w+)\)s", sentence))
    assert "%" not in sentence % dict.fromkeys(names, "x")
    assert sentence[0].isupper() or sentence.startswith(("“", "%("))
    assert sentence.endswith(".")


def test_floats_are_shown_with_six_digits():
    assert spc.SpcError("limits_reversed", lsl=1.23456789, usl=1.0).message.startswith("The lower limit 1.23457 is")


def test_a_fault_tells_place_and_content():
    fault = tables.Fault("text", 2, "B (D)", "abc")
    assert fault.message.startswith("Row 2, column B (D): “abc” is text")


def test_long_cells_are_shortened():
    assert tables.shortened("a\nb " + "x" * 100) == "a b " + "x" * 35 + "…"
