"""An instrument as an XLSForm, the convention of ODK and KoboToolbox.

The sheets ``survey``, ``choices`` and ``settings`` make a form that those tools can use. What the convention lacks
(weights, scoring, advice, evidence) stands in columns and sheets that begin with ``qms_``, which they pass over.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.instruments.export import content_of, one_line_yaml
from surveys.instruments.text import Text
from surveys.instruments.workbook_file import write_workbook
from surveys.instruments.workbook_tables import (
    ABOUT,
    ADVICE,
    CHECKS,
    GATES,
    LEVELS,
    NODES,
    SCALES,
    Cell,
    Column,
    Table,
    column,
    inside,
    rows_of,
    words,
    written_cell,
)
from surveys.instruments.xlsform_logic import Answers, NotRead, Questions, expression_of, predicate_of

Raw = Mapping[str, Any]
PREFIX = "qms_"
OWN_SHEETS = (ABOUT, ADVICE, SCALES, NODES, LEVELS, GATES, CHECKS)
HEADS = {"zh-hans": "中文 (zh)", "en": "English (en)"}
STATES = {
    "NA": Text("不适用", "Not applicable"),
    "DK": Text("不知道", "Don't know"),
    "DECLINE": Text("不愿回答", "Prefer not to answer"),
}
SELECTS = {"level": "select_one", "choice": "select_one", "yesno": "select_one", "multi": "select_multiple"}
NOTE_SUFFIX = "_intro"
NONE = "none"
ALONE = Text("“以上都没有”“不知道”等选项不能与其他选项同时选择。", "This answer cannot be combined with others.")
IN_RANGE = Text("数值超出范围。", "The number is out of range.")

DIMENSION_EXTRA = (column("weight"),)
# What an item has beyond the convention; label, hint, required and relevant are the convention's own.
ITEM_EXTRA: tuple[Column, ...] = (
    column("kind"),
    column("weight"),
    column("required", "flag"),
    *words("title"),
    *words("na"),
    Column("min", ("range", "min")),
    Column("max", ("range", "max")),
    column("ask_when", "yaml"),
    column("score", "yaml"),
    *words("evidence", "sufficient"),
    *words("evidence", "insufficient"),
)
EXTRA = Table("survey", ITEM_EXTRA)


def translated(name: str) -> list[str]:
    return [f"{name}::{head}" for head in HEADS.values()]


def extra_header(name: str) -> str:
    """A colon would make a tool take the rest for a language."""
    return PREFIX + name.replace(":", "_").replace("-", "_")


SURVEY_HEADER = [
    "type",
    "name",
    *translated("label"),
    *translated("hint"),
    "required",
    "relevant",
    "constraint",
    *translated("constraint_message"),
    *(extra_header(one.name) for one in ITEM_EXTRA),
]
CHOICES_HEADER = ["list_name", "name", *translated("label")]


def to_xlsform(raw: Raw) -> bytes:
    """The XLSForm of an instrument, from the plain values of a file without faults."""
    content = content_of(raw)
    rows = rows_of(content)
    own: dict[str, Sequence[Sequence[Cell]]] = {
        PREFIX + table.sheet: [table.header, *rows[table.sheet]] for table in OWN_SHEETS
    }
    return write_workbook(
        {
            "survey": [SURVEY_HEADER, *survey_rows(content)],
            "choices": [CHOICES_HEADER, *choice_rows(content)],
            "settings": settings_rows(content),
            **own,
        }
    )


def settings_rows(content: Raw) -> list[list[Cell]]:
    header: list[Cell] = ["form_title", "form_id", "version", "default_language"]
    return [header, [content["title"]["zh-hans"], content["code"], content["version"], HEADS["zh-hans"]]]


def survey_rows(content: Raw) -> list[list[Cell]]:
    questions = questions_of(content)
    rows: list[dict[str, Cell]] = []
    for dimension in content["dimensions"]:
        code = dimension["code"]
        begin = {"type": "begin_group", "name": code, **texts("label", dimension["title"])}
        weight = {extra_header("weight"): dimension.get("weight")}
        rows.append({**begin, **weight})
        if "intro" in dimension:
            rows.append({"type": "note", "name": code + NOTE_SUFFIX, **texts("label", dimension["intro"])})
        rows += [item_row(item, questions) for item in dimension["items"]]
        rows.append({"type": "end_group"})
    return [[row.get(name) for name in SURVEY_HEADER] for row in rows]


def texts(name: str, text: Raw | None) -> dict[str, Cell]:
    return {f"{name}::{head}": text[language] for language, head in HEADS.items()} if text else {}


def item_row(item: Raw, questions: Questions) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "type": f"{SELECTS[item['kind']]} {item['code']}" if item["kind"] in SELECTS else "decimal",
        "name": item["code"],
        **texts("label", item["stem"]),
        **texts("hint", item.get("help")),
        # A number has no option "don't know", so an empty field must be able to say it.
        "required": "yes" if item["kind"] in SELECTS and item.get("required", True) else None,
        **constraint(item),
        **{extra_header(one.name): written_cell(EXTRA, one, item) for one in ITEM_EXTRA},
    }
    condition = item.get("ask_when")
    row[extra_header("ask_when")] = None
    if condition:
        row["relevant"] = expression_of(condition, questions)
        if not comes_back(condition, row["relevant"], questions):
            row[extra_header("ask_when")] = one_line_yaml(condition)
    return row


def comes_back(condition: Raw, expression: Cell, questions: Questions) -> bool:
    """Whether reading the expression gives exactly the predicate; where not, the predicate itself travels along."""
    try:
        return predicate_of(str(expression), questions) == condition
    except NotRead:
        return False


def questions_of(content: Raw) -> dict[str, Answers]:
    """What each item can be answered, as ``predicate_of`` wants to know it."""
    items = [item for dimension in content["dimensions"] for item in dimension["items"]]
    return {
        item["code"]: Answers(
            [option["value"] for option in item["options"]] if "options" in item else None, item["kind"] == "multi"
        )
        for item in items
    }


def constraint(item: Raw) -> dict[str, Cell]:
    if item["kind"] == "multi":
        alone = [name for name in (NONE, *STATES) if name != NONE or has_option(item, NONE)]
        alone = [name for name in alone if name != "NA" or "na" in item]
        tests = " or ".join(f"selected(., '{name}')" for name in alone)
        return {
            "constraint": f"not(({tests}) and count-selected(.) > 1)",
            **texts("constraint_message", ALONE.to_dict()),
        }
    if item["kind"] in SELECTS:
        return {}
    low, high = (
        (0, 100) if item["kind"] == "share" else (inside(item, ["range", "min"]), inside(item, ["range", "max"]))
    )
    tests = " and ".join(f". {sign} {end}" for sign, end in ((">=", low), ("<=", high)) if end is not None)
    return {"constraint": tests, **texts("constraint_message", IN_RANGE.to_dict())} if tests else {}


def has_option(item: Raw, value: str) -> bool:
    return any(option["value"] == value for option in item.get("options", ()))


def choice_rows(content: Raw) -> list[list[Cell]]:
    items = [item for dimension in content["dimensions"] for item in dimension["items"] if "options" in item]
    return [row for item in items for row in item_choices(item)]


def item_choices(item: Raw) -> list[list[Cell]]:
    """The options and, as options of their own, the ways to give no answer."""
    states = [(name, text.to_dict()) for name, text in STATES.items() if name != "NA" or "na" in item]
    options: Sequence[tuple[Cell, Raw]] = [(option["value"], option["label"]) for option in item["options"]]
    return [[item["code"], value, *(label[language] for language in HEADS)] for value, label in [*options, *states]]
