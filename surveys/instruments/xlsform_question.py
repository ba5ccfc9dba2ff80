"""The parts of one question of a foreign form: texts, options, range, condition."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from surveys.instruments import check_messages as say
from surveys.instruments.check_shape import LANGUAGE_NAMES
from surveys.instruments.workbook_assembly import Part, plain
from surveys.instruments.workbook_tables import Row
from surveys.instruments.xlsform import HEADS, STATES
from surveys.instruments.xlsform_form import Form
from surveys.instruments.xlsform_logic import NotRead, predicate_of
from surveys.instruments.xlsform_texts import PIPING, both

RANGE = re.compile(r"\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)(?:\s+and\s+\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?))?")
PARAMETER = re.compile(r"(start|end)\s*=\s*(-?\d+(?:\.\d+)?)")


def text_of(form: Form, row: Row, name: str, *, needed: bool) -> dict[str, str]:
    """The text in both languages; {} if there is none at all. A language that the whole form lacks was told once."""
    found = form.columns.text(row, name)
    for language in HEADS:
        if language not in found and (found or needed) and language in form.columns.columns.get(name, {}):
            column = form.columns.column(name, language)
            form.lose(row, column, say.XLS_NO_LABEL, language=LANGUAGE_NAMES[language], column=column)
    piped = PIPING.search(" ".join(found.values()))
    if piped:
        form.lose(row, name, say.XLS_PIPING, value=piped[0])
    return both(found) if found else {}


def options_of(form: Form, row: Row, kind: str, rest: str) -> Part | None:
    """Kind and options of a select question, or None where they cannot be taken."""
    list_name, _space, other = rest.partition(" ")
    if other.strip().lower().replace(" ", "_") == "or_other":
        form.lose(row, "type", say.XLS_OTHER)
    if row.cells.get("choice_filter"):
        form.lose(row, "choice_filter", say.XLS_FILTER)
    choices = form.choices.get(list_name, [])
    if not choices:
        form.lose(row, "type", say.XLS_NO_LIST, name=list_name)
        return None
    options = [option_of(form, choice) for choice in choices if choice.cells.get("name") not in STATES]
    values = values_of(options)
    item: Part = {
        "kind": "multi" if kind == "select_multiple" else kind_of(values),
        "options": [{**option, "value": value} for option, value in zip(options, values, strict=True)],
    }
    na = next((choice for choice in choices if choice.cells.get("name") == "NA"), None)
    return {**item, "na": both(form.choice_columns.text(na, "label"))} if na else item


def option_of(form: Form, choice: Row) -> Part:
    found = form.choice_columns.text(choice, "label")
    for language in HEADS:
        column = form.choice_columns.column("label", language)
        if language not in found and language in form.columns.columns.get("label", {}):
            name = LANGUAGE_NAMES[language]
            form.lose(choice, column, say.XLS_NO_LABEL, language=name, column=column)
    return {"value": plain(choice.cells.get("name")), "label": both(found)}


def values_of(options: Sequence[Part]) -> list[int | str]:
    """Whole numbers where all are and they rise, so that thresholds work; words otherwise."""
    written = [str(option["value"]) for option in options]
    numbers = [int(one) for one in written if re.fullmatch(r"-?\d{1,9}", one)]
    return list(numbers) if len(numbers) == len(written) and numbers == sorted(set(numbers)) else list(written)


def kind_of(values: Sequence[int | str]) -> str:
    if list(values) == [1, 2, 3, 4, 5]:
        return "level"
    return "yesno" if sorted(map(str, values)) == ["no", "yes"] else "choice"


def number_of(form: Form, row: Row) -> Part:
    """A number with the range that its constraint or its parameters give."""
    found = PARAMETER.findall(str(row.cells.get("parameters") or ""))
    limits = {("min" if end == "start" else "max"): plain(float(value)) for end, value in found}
    constraint = str(row.cells.get("constraint") or "").strip()
    match = RANGE.fullmatch(constraint)
    if match:
        pairs = [(match[1], match[2]), (match[3], match[4])]
        limits |= {("min" if sign == ">=" else "max"): plain(float(end)) for sign, end in pairs if sign}
    elif constraint:
        form.lose(row, "constraint", say.XLS_CONSTRAINT, value=constraint[:60])
    return {"kind": "number", "range": limits} if limits else {"kind": "number"}


def condition_of(form: Form, row: Row) -> Part | None:
    """What the row's own relevant and those of the groups around it come to."""
    own = row.cells.get("relevant")
    written = [relevant for _kind, relevant in form.open if relevant]
    parts = []
    for expression in [*written, *([str(own)] if own is not None else [])]:
        try:
            parts.append(with_codes(predicate_of(expression, form.questions), form.codes))
        except NotRead as error:
            form.lose(row, "relevant", error.message, **error.detail)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"all": parts}


def with_codes(predicate: Any, codes: Mapping[str, str]) -> Any:
    """The predicate with our item codes in place of the form's names."""
    if isinstance(predicate, list):
        return [with_codes(part, codes) for part in predicate]
    if isinstance(predicate, dict):
        renamed = {key: with_codes(part, codes) for key, part in predicate.items() if key != "item"}
        return {"item": codes[predicate["item"]], **renamed} if "item" in predicate else renamed
    return predicate
