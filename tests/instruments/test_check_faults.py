"""Each fault that an author can make: found at its line, with the sentence that says how to mend it."""

import re

import pytest

from surveys.instruments import check_messages as say
from surveys.instruments.check import check_instrument
from tests.instruments.rich import RICH, edited, line_of

# What stands in the sample, what the author wrote instead, the sentence, and the line where it is found.
FORM = [
    ("code: rich", "code: Rich File", say.WRONG_FORM, "code: Rich"),
    ('version: "1.0.0"', "version: 1.0", say.NEEDS_WORD, "version:"),
    ('version: "1.0.0"', 'version: "1.0"', say.WRONG_FORM, "version:"),
    ("status: published", "status: publishd", say.NEEDS_ONE_OF_NEAR, "status:"),
    ("minutes: 3", "minutes: many", say.NEEDS_NUMBER, "minutes:"),
    ("minutes: 3", "minuets: 3", say.UNKNOWN_KEY_NEAR, "minuets:"),
    ("minutes: 3", "colour: blue", say.UNKNOWN_KEY, "colour:"),
    ("{zh-hans: 自拟。, en: Our own.}", "{zh-hans: 自拟。}", say.NO_TRANSLATION, "source:"),
    ("{zh-hans: 自拟。, en: Our own.}", '{zh-hans: " ", en: Our own.}', say.NO_TRANSLATION, "source:"),
    ("{zh-hans: 自拟。, en: Our own.}", "Our own.", say.NEEDS_TEXT, "source:"),
    ("{zh-hans: 自拟。, en: Our own.}", "{zh-hans: 自拟。, en: 7}", say.NEEDS_WORD, "source:"),
    ("{zh-hans: 自拟。, en: Our own.}", '{zh-hans: 自拟。, en: "a\\x07"}', say.CONTROL_CHARACTER, "source:"),
    ("en: Monitoring", f"en: {'Monitoring ' * 5}", say.TEXT_TOO_LONG, "zh-hans: 监控, en"),
    ("zh-hans: 过程, en: Process", "zh-hans: 一二三四五六七八九, en: Process", say.TEXT_TOO_LONG, "一二三四"),
    ("weight: 2", "weight: -2", say.NEEDS_NUMBER, "weight: -2"),
    ("weight: 2", "weight: .inf", say.NEEDS_NUMBER, "weight: .inf"),
    ("required: false", "required: 0", say.NEEDS_FLAG, "required:"),
    ("kind: number", "kind: numbers", say.NEEDS_ONE_OF_NEAR, "kind: numbers"),
    ("value: spc, label", "value: [spc], label", say.NEEDS_OPTION_VALUE, "value: [spc]"),
    ("{item: PR-04, is: yes}", "{item: PR-04, are: yes}", say.NEEDS_PREDICATE, "are: yes"),
    ("points: [[0, 0], [50, 60], [100, 100]]", "points: [[0, 0]]", say.NEEDS_ANCHORS, "points: [[0, 0]]}"),
    ("of: [credited, PR]", "of: everything", say.NEEDS_CHILDREN, "of: everything"),
    ("rule: min", "rule: minimum", say.NEEDS_ONE_OF, "rule: minimum"),
    ("min_rated: 1", "min_rated: 1.5", say.NEEDS_WHOLE, "min_rated: 1.5"),
    ("of: [ST-01-LEVEL, ST-02]", "of: []", say.NEEDS_LIST, "of: []"),
    ("code: PR-06", "code: PR-6", say.WRONG_FORM, "code: PR-6"),
]
NAMES = [
    ("code: PR-06", "code: PR-05", say.REPEATED, "code: PR-05\n        kind: number"),
    ("id: credited,", "id: PR,", say.REPEATED, "rule: cap"),
    ("code: PR-06", "code: ST-06", say.ITEM_OUTSIDE_DIMENSION, "code: ST-06"),
    ("id: sum", "id: ST-02", say.NODE_IS_ITEM, "id: ST-02"),
    ("item: PR-03, includes: spc}, {item: PR-01, at_most: 2", "item: PR-33, includes: spc}, {item: PR-01, at_most: 2",
     say.UNKNOWN_ITEM_NEAR, "item: PR-33"),
    ("{node: ST, at_least: 60}", "{node: STT, at_least: 60}", say.UNKNOWN_NODE_NEAR, "node: STT"),
    ("node: index", "node: indx", say.UNKNOWN_NODE_NEAR, "node: indx"),
    ("of: PR, by: ST", "of: PR, by: XY-99", say.UNKNOWN_NAME, "XY-99"),
    ("downgrade_to: low", "downgrade_to: lowest", say.UNKNOWN_LEVEL, "downgrade_to"),
    ("[{level: middle, require", "[{level: centre, require", say.UNKNOWN_LEVEL, "level: centre"),
    ("of: PR, by: ST", "of: PR, by: index", say.NODE_TOO_LATE, "by: index"),
    ("of: PR, by: ST", "of: PR, by: credited", say.NODE_ITSELF, "by: credited"),
    ("of: [ST-01-LEVEL, ST-02]", "of: [ST-01-LEVEL, ST-02, ST-02]", say.CHILD_TWICE, "ST-02, ST-02"),
    ("weights: {credited: 3, PR: 1}", "weights: {credited: 3, ST: 1}", say.NOT_A_CHILD, "weights:"),
    ("{id: sum, rule: level_sum, of: [PR, ST], pass_at: 0.8, require_lower: true}",
     "{id: sum, rule: wmean, of: items}", say.NOT_A_DIMENSION, "id: sum"),
]  # fmt: skip
BRANCHING = [
    ("{item: PR-04, is: yes}", "{item: PR-05, at_least: 50}", say.CIRCULAR, "ask_when: {item: PR-05"),
    ("{item: PR-04, is: yes}", "{item: ST-02, at_least: 50}", say.ASKED_LATER, "item: ST-02, at_least"),
    ("{item: PR-04, is: yes}", "{node: PR, at_least: 50}", say.BRANCH_ON_NODE, "node: PR, at_least"),
    ("{item: PR-04, is: yes}", "{all: [{item: PR-01, at_least: 4}, {item: PR-01, at_most: 3}]}", say.NEVER_ASKED,
     "ask_when: {all"),
    ("{item: PR-04, is: yes}", "{item: PR-01, at_least: 1}", say.ALWAYS_ASKED, "ask_when: {item: PR-01"),
]  # fmt: skip
ITEMS = [
    ("- {value: 5, label: {zh-hans: 持续缩小波动, en: Variation falls}}", "- {value: 6, label: {zh-hans: 六, en: Six}}",
     say.LEVEL_OPTIONS, "options:\n          - {value: 1, label: {zh-hans: 不监控"),
    ('{value: "no", label', "{value: never, label", say.YESNO_OPTIONS, 'options:\n          - {value: "yes"'),
    ("range: {min: 0, max: 5}", "range: {min: 0, max: 0}", say.RANGE_FALLS, "range:"),
    ("{value: fmea, label", "{value: NA, label", say.RESERVED_VALUE, "value: NA"),
    ("{value: fmea, label", "{value: a;b, label", say.OPTION_VALUE_FORM, "a;b"),
    ("          4: {zh-hans: 画控制图。", "          6: {zh-hans: 画控制图。", say.ADVICE_NOT_AN_ANSWER, "  6: {"),
    ("          4: {zh-hans: 画控制图。", "          1: {zh-hans: 画控制图。", say.ADVICE_LOWEST, "  1: {"),
    ("{item: PR-01, at_most: 3}", "{item: PR-01, includes: 3}", say.OPERATOR_UNFIT, "includes: 3"),
    ("{item: PR-02, is: none}", "{item: PR-02, at_least: 1}", say.OPERATOR_NEEDS_NUMBERS, "PR-02, at_least"),
    ("{item: PR-02, is: none}", "{item: PR-02, is: most}", say.VALUE_NOT_AN_ANSWER, "is: most"),
    ("{item: PR-02, is: none}", "{item: PR-05, at_least: 101}", say.VALUE_OUT_OF_RANGE, "at_least: 101"),
]  # fmt: skip
RULES = [
    ("{none: 0, part: 50, full: 100}", "{none: 0, full: 100}", say.TABLE_LACKS, "{none: 0, full"),
    ("{none: 0, part: 50, full: 100}", "{none: 0, part: 50, full: 100, most: 80}", say.TABLE_UNKNOWN, "most: 80"),
    ("{none: 0, part: 50, full: 100}", "{none: 0, part: 50, full: 110}", say.NEEDS_NUMBER, "full: 110"),
    ("{spc: 60, fmea: 40, none: 0}", "{spc: 60, fmea: 50, none: 0}", say.POINTS_OVER_100, "fmea: 50"),
    ("[[0, 0], [50, 60], [100, 100]]", "[[0, 0], [50, 60], [50, 100]]", say.ANCHORS_FALL, "[50, 60], [50"),
    ("[[0, 0], [50, 60], [100, 100]]", "[[0, 0], [50, 60], [100, 50]]", say.ANCHOR_POINTS_FALL, "[50, 60], [100, 50"),
    ("[[0, 0], [50, 60], [100, 100]]", "[[0, 0], [50, 60], [120, 100]]", say.ANCHOR_OUTSIDE, "[120"),
    ("[[0, 0], [50, 60], [100, 100]]", "[[0, 0], [50, 60], [100, 120]]", say.ANCHOR_POINTS_OUTSIDE, "[100, 120"),
    ("rule: piecewise, points: [[0, 0], [1.33, 80], [2, 100]]", "rule: map, table: {1: 5}", say.RULE_UNFIT, "{1: 5}"),
    ("- {from: 10, to: 100,", "- {from: 5, to: 100,", say.BANDS_FALL, "from: 5"),
    ("- {from: 10, to: 100,", "- {from: 11, to: 100,", say.BAND_OFF_STEP, "from: 11"),
    ("weights: {credited: 3, PR: 1}", "weights: {credited: 0, PR: 0}", say.WEIGHTS_ZERO, "weights:"),
    ("[{node: PR, points: 600}, {node: ST, points: 400}]", "[{node: PR, points: 0}, {node: ST, points: 0}]",
     say.POINTS_ZERO, "points: 0"),
    ("min_rated: 1", "min_rated: 3", say.MIN_RATED_TOO_HIGH, "min_rated: 3"),
    ("pass_at: 0.8", "pass_at: 0", say.PASS_AT_ZERO, "pass_at: 0"),
    ("{level: 2, value: 100, met", "{level: 1, value: 100, met", say.STAIRS_FALL, "{level: 1, value: 100"),
    ("{level: 2, value: 100, met", "{level: 2, value: 50, met", say.STAIR_VALUES_FALL, "{level: 2, value: 50"),
    ("{level: 2, value: 100, met", "{level: 2, value: 120, met", say.SCORE_OUTSIDE, "id: ST,"),
]  # fmt: skip
LEVELS = [
    ("code: low, from: 0", "code: low, from: 5", say.FIRST_LEVEL_START, "from: 5"),
    ("code: high, from: 70", "code: high, from: 40", say.LEVELS_FALL, "code: high"),
    ("code: high, from: 70", "code: high, from: 100.5", say.LEVEL_UNREACHABLE, "code: high"),
    ("{node: ST, at_least: 60}", "{node: ST, at_least: 101}", say.GATE_ALWAYS_FIRES, "require: {all: [{item: PR-01"),
    ("require: {all: [{item: PR-01, at_least: 4}, {node: ST, at_least: 60}]}", "require: {node: index, at_least: 70}",
     say.GATE_NEVER_FIRES, "require: {node"),
    ("require: {all: [{item: PR-01, at_least: 4}, {node: ST, at_least: 60}]}", "require: {item: PR-01, at_least: 1}",
     say.GATE_NEVER_FIRES, "require: {item"),
    ("      level: high\n      downgrade_to: low", "      level: low", say.GATE_ON_LOWEST, "level: low\n"),
    ("downgrade_to: low", "downgrade_to: high", say.DOWNGRADE_NOT_LOWER, "downgrade_to"),
    ("{item: PR-01, at_most: 2}", "{item: PR-03, includes: none}, {not: {item: PR-03, includes: none}}",
     say.NEVER_HOLDS, "when: {all"),
    ("[{item: ST-01, includes: 2a}]", "[{item: ST-01, includes: 2a}, {not: {item: ST-01, includes: 2a}}]",
     say.STEP_UNREACHABLE, "level: 2, value"),
]  # fmt: skip


def rows(table: list[tuple[str, str, str, str]]) -> list[object]:
    return [pytest.param(*row, id=f"{row[1][:40]!r}") for row in table]


@pytest.mark.parametrize(
    ("passage", "instead", "message", "place"), rows([*FORM, *NAMES, *BRANCHING, *ITEMS, *RULES, *LEVELS])
)
def test_a_fault_is_found_at_its_line(passage: str, instead: str, message: str, place: str) -> None:
    text = edited(passage.replace("is: yes", 'is: "yes"'), instead.replace("are: yes", 'are: "yes"'))
    found = [(fault.message, fault.line) for fault in check_instrument(text)]
    assert (message, line_of(text, place.replace("are: yes", 'are: "yes"'))) in found
    # What only follows from a fault is mostly left unsaid.
    assert len(found) <= 4


def test_every_message_says_how_to_mend() -> None:
    messages = [text for name, text in vars(say).items() if name.isupper()]
    assert [text for text in messages if not text.endswith((".", "%(problem)s", "?"))] == []


def test_every_message_can_be_filled_in() -> None:
    messages = [text for name, text in vars(say).items() if name.isupper()]
    filled = [text % dict.fromkeys(re.findall(r"%\((\w+)\)s", text), "x") for text in messages]
    assert [text for text in filled if "%" in text] == []


def test_a_crosswalk_that_names_an_unknown_item_is_found() -> None:
    faults = check_instrument(RICH + '\ncrosswalk: {"0.9.0": {ZZ-99: broken}}\n')
    assert [fault.path for fault in faults] == [("crosswalk", "0.9.0", "ZZ-99")]


def test_a_crosswalk_says_identical_adjusted_or_broken() -> None:
    assert check_instrument(RICH + '\ncrosswalk: {"0.9.0": {PR-01: adjusted, PR-02: broken}}\n') == []
    assert check_instrument(RICH + '\ncrosswalk: {"0.9.0": {PR-01: much}}\n')
