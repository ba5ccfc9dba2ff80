"""Published figures: each names its source, repeats its print, and falls on a boundary of the instrument's items."""

import pytest

from surveys.instruments import check_messages as say
from surveys.instruments.check_benchmark import check_benchmark, is_benchmark
from surveys.instruments.check_source import read_source
from tests.instruments.rich import RICH, edited

FIGURES = """\
format: 1
code: figures
version: "1.0.0"
instrument: rich
title: {zh-hans: 数据, en: Figures}
indicators:
  - id: A-1
    title: {zh-hans: 控制图, en: Charts}
    statement: {zh-hans: 使用控制图, en: Uses charts}
    published: {value: 0.3, op: "=", rounding: 0.005, as_printed: "30%"}
    predicate: {item: PR-01, at_least: 3}
    population: {label: {zh-hans: 企业, en: Firms}, n: null, year: 2018}
    source: book
    status: secondary
  - id: A-2
    title: {zh-hans: 缩小波动, en: Variation falls}
    statement: {zh-hans: 波动缩小, en: Variation keeps falling}
    published: {value: 0.16, op: "=", rounding: 0.005, as_printed: "84%", complement: true}
    predicate: {item: PR-01, at_least: 5}
    population: {label: {zh-hans: 企业, en: Firms}}
    source: book
    status: primary
  - id: A-3
    title: {zh-hans: 覆盖一半, en: Half covered}
    statement: {zh-hans: 覆盖一半, en: Half is covered}
    published: {value: 0.5, op: "<", rounding: 0, as_printed: "<50%"}
    predicate: {item: PR-05, at_least: 50}
    applies_to: {sizes: [micro, small], when: {item: PR-04, is: "yes"}}
    population: {label: {zh-hans: 企业, en: Firms}}
    source: book
    status: to_confirm
distributions:
  - id: D-1
    title: {zh-hans: 分布, en: Distribution}
    steps: [{title: {zh-hans: 低, en: Low}, share: 0.7}, {title: {zh-hans: 高, en: High}, share: 0.3}]
    population: {label: {zh-hans: 企业, en: Firms}}
    source: book
    status: secondary
statistics:
  - {id: S-1, title: {zh-hans: 损失, en: Loss}, value: "> 95", unit: "%", source: book, status: secondary,
     population: {label: {zh-hans: 企业, en: Firms}}}
sources:
  book: {title: {zh-hans: 书, en: Book}, year: 2018, via: {zh-hans: 转引, en: Quoted}, reference: "[26]"}
"""

FAULTS = [
    ("{item: PR-01, at_least: 3}", "{item: PR-01, at_least: 3.5}", say.NOT_A_BOUNDARY, 11),
    ("{item: PR-05, at_least: 50}", "{item: PR-05, at_least: 51}", say.NOT_A_BOUNDARY, 27),
    ("{item: PR-01, at_least: 3}", "{item: PR-11, at_least: 3}", say.UNKNOWN_ITEM_NEAR, 11),
    ("{item: PR-01, at_least: 3}", "{item: PR-01, at_least: 1}", say.WHOLE_SCALE, 11),
    ("{item: PR-01, at_least: 3}", "{item: PR-03, at_least: 3}", say.OPERATOR_UNFIT, 11),
    ('when: {item: PR-04, is: "yes"}', "when: {item: PR-04, is: maybe}", say.VALUE_NOT_AN_ANSWER, 28),
    ("value: 0.3,", "value: 0.31,", say.SHARE_AND_PRINT, 10),
    ("value: 0.16,", "value: 0.84,", say.SHARE_AND_PRINT, 18),
    ('value: 0.3, op: "=", rounding: 0.005, as_printed: "30%"',
     'value: 0.1, op: "=", rounding: 0.005, as_printed: "10%"', say.SHARE_RISES, 18),
    ("share: 0.7}", "share: 0.6}", say.SHARES_SUM, 35),
    ("instrument: rich", "instrument: poor", say.UNKNOWN_INSTRUMENT, 4),
    ("source: book\n    status: primary", "source: boook\n    status: primary", say.UNKNOWN_SOURCE, 21),
    ("status: to_confirm", "status: confirmed", say.NEEDS_ONE_OF_NEAR, 31),
    ("id: A-2", "id: A-1", say.REPEATED, 15),
    ("sizes: [micro, small]", "sizes: [tiny]", say.NEEDS_ONE_OF, 28),
]  # fmt: skip


def found_in(text: str) -> list[tuple[str, int | None]]:
    instruments = {"rich": read_source(RICH).raw}
    return [(fault.message, fault.line) for fault in check_benchmark(text, instruments.get, ["rich"])]


@pytest.mark.parametrize(("passage", "instead", "message", "line"), FAULTS)
def test_a_fault_in_the_figures_is_found_at_its_line(passage: str, instead: str, message: str, line: int) -> None:
    assert (message, line) in found_in(edited(passage, instead, FIGURES))


def test_figures_that_fit_have_no_fault() -> None:
    assert found_in(FIGURES) == []


def test_figures_are_told_from_an_instrument() -> None:
    assert is_benchmark(read_source(FIGURES).raw)
    assert not is_benchmark(read_source(RICH).raw)
