"""Population files: what they must state, and the one that comes with the product."""

from pathlib import Path

import pytest

import scoring
from scoring.engine.release.populations import parse_population
from surveys.instruments.faults import FileRefused

BUNDLED = sorted((Path(scoring.__file__).parent / "data" / "populations").glob("*.yaml"))
HEAD = """
format: 1
code: c
version: "1"
title: {zh-hans: 字, en: words}
status: primary
source: {id: s, title: {zh-hans: 字, en: words}}
cells:
"""


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_a_bundled_population_is_sound_and_named_after_itself(path: Path) -> None:
    found = parse_population(path.read_text(encoding="utf-8"))
    assert path.stem == f"{found.code}-{found.version}"
    assert found.source.title.en


def test_the_example_says_that_it_is_one() -> None:
    found = parse_population(BUNDLED[0].read_text(encoding="utf-8"))
    assert found.status == "to_confirm"
    assert found.cell_of({"size": "micro"}) == found.cell_of({"size": "small"}) == 2
    assert found.cell_of({"size": ""}) is None


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("  - {codes: {size: large}, share: 0.5}", "add up to 1"),
        ("  - {codes: {size: large}, share: 20}", "fraction of one"),
        ("  - {codes: {size: []}, share: 1}", "at least one code"),
        ("  - {codes: {size: a}, share: 0.5}\n  - {codes: {industry: b}, share: 0.5}", "same dimensions"),
        ("  - {codes: {size: [a, b]}, share: 0.5}\n  - {codes: {size: b}, share: 0.5}", "an earlier cell"),
    ],
)
def test_a_faulty_population_is_refused_with_the_place(cells: str, fault: str) -> None:
    with pytest.raises(FileRefused, match=fault):
        parse_population(HEAD + cells)


def test_a_population_without_status_or_source_is_refused() -> None:
    text = HEAD.replace("status: primary", "").replace("source: {id: s, title: {zh-hans: 字, en: words}}", "")
    with pytest.raises(FileRefused) as refused:
        parse_population(text + "  - {codes: {size: large}, share: 1}")
    assert {"status", "source"} <= {fault.place for fault in refused.value.faults}
