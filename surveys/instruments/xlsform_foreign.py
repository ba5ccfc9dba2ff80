"""Reads an XLSForm that was made elsewhere, or says line by line what of it cannot be taken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.instruments import check_messages as say
from surveys.instruments.check import raw_faults
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.schema import CODE, DIMENSION_CODE, ITEM_CODE, LONGEST_CODE, VERSION
from surveys.instruments.workbook_assembly import Origin, Part, Reading
from surveys.instruments.workbook_file import Sheets, body_of, header_of
from surveys.instruments.workbook_tables import Row
from surveys.instruments.xlsform import HEADS
from surveys.instruments.xlsform_form import Form, name_of
from surveys.instruments.xlsform_logic import Answers
from surveys.instruments.xlsform_question import condition_of, number_of, options_of, text_of
from surveys.instruments.xlsform_texts import language_faults, shortened, text_columns

SELECTS = ("select_one", "select_multiple")
NUMBERS = ("integer", "decimal", "range", "int")
# What a form notes by itself: nobody is asked.
PERSONAL = ("deviceid", "username", "phonenumber", "email", "simserial", "subscriberid")
SILENT = (*PERSONAL, "start", "end", "today", "audit", "start-geopoint", "background-audio")
COMPUTED = ("calculate", "hidden", "csv-external", "xml-external")
ALIASES = {
    "select one": "select_one",
    "select multiple": "select_multiple",
    "select all that apply": "select_multiple",
    "add select one prompt using": "select_one",
}
TAKEN = ("type", "name", "required", "relevant", "constraint", "parameters", "choice_filter", "calculation")
YES = ("yes", "true", "true()", "1")
LEVEL_SCALE = {"rule": "map", "table": {"1": 0, "2": 25, "3": 50, "4": 75, "5": 100}}
GENERAL = {"zh-hans": "一般问题", "en": "General questions"}
MOST_ITEMS = 99


@dataclass(frozen=True, slots=True)
class Import:
    """An instrument's plain values, and what was left out or changed on the way."""

    raw: Part
    notices: tuple[Fault, ...]


def from_foreign_xlsform(sheets: Sheets, *, adopt: bool = False) -> Import:
    """The instrument in a form. FileRefused with everything that cannot be taken, by sheet, row and column.

    With ``adopt`` that is left out instead and told in the notices; a text in one language then stands for both.
    """
    survey = body_of(sheets["survey"])
    choices = [replace(row, sheet="choices") for row in body_of(sheets.get("choices", []))]
    form = Form(
        text_columns(header_of(sheets["survey"]), survey),
        text_columns(header_of(sheets.get("choices", [])), choices),
        by_list(choices),
        adopt,
    )
    form.losses += language_faults(form.columns, "survey")
    mention_columns(form, header_of(sheets["survey"]))
    for row in survey:
        read_row(form, row)
    raw = instrument_of(form, sheets)
    refuse_or_leave_out(form, raw)
    return Import(raw, tuple(sorted(form.notices, key=lambda fault: fault.line or 0)))


def refuse_or_leave_out(form: Form, raw: Part) -> None:
    faults = list(map(form.assembly.locate, raw_faults(raw))) if form.questions else []
    if not form.questions:
        form.losses.append(Fault((), say.XLS_NO_QUESTION, sheet="survey"))
    if faults or not form.questions or (form.losses and not form.adopt):
        raise FileRefused(sorted([*form.losses, *faults], key=lambda fault: (fault.sheet != "survey", fault.line or 0)))
    form.notices += form.losses


def by_list(choices: Sequence[Row]) -> dict[str, list[Row]]:
    lists: dict[str, list[Row]] = {}
    for row in choices:
        name = row.cells.get("list_name", row.cells.get("list name"))
        lists.setdefault(str(name).strip(), []).append(row)
    return lists


def mention_columns(form: Form, header: Sequence[str]) -> None:
    for head in header:
        bare = head.lower().partition(":")[0]
        if head and bare not in (*TAKEN, "label", "hint"):
            form.notices.append(Fault((), say.XLS_COLUMN_LEFT_OUT, 1, {"column": head}, "survey", head))


# --- Rows ---------------------------------------------------------------------------------------------------------


def read_row(form: Form, row: Row) -> None:
    words = " ".join(str(row.cells.get("type") or "").split())
    kind, _space, rest = words.replace("begin ", "begin_").replace("end ", "end_").partition(" ")
    for alias, name in ALIASES.items():
        if words.lower().startswith(alias + " "):
            kind, rest = name, words[len(alias) + 1 :]
    if kind in ("begin_group", "begin_repeat"):
        begin(form, row, kind.removeprefix("begin_"))
    elif kind in ("end_group", "end_repeat"):
        end(form, row)
    elif kind and form.in_repeat:
        form.lose(row, "name", say.XLS_INSIDE_REPEAT, name=name_of(row))
    elif kind in SELECTS or kind in NUMBERS:
        read_question(form, row, kind, rest)
    elif kind == "note":
        read_note(form, row)
    elif kind in SILENT or kind in COMPUTED:
        form.mention(row, "type", say.XLS_LEFT_OUT, value=f"{kind} {name_of(row)}".strip())
    elif kind:
        form.lose(row, "type", say.XLS_TYPE, value=words)


def begin(form: Form, row: Row, kind: str) -> None:
    if kind == "repeat":
        form.lose(row, "type", say.XLS_REPEAT)
    elif not form.open:
        start_dimension(form, row)
    relevant = row.cells.get("relevant")
    form.open.append((kind, str(relevant) if relevant is not None else None))


def end(form: Form, row: Row) -> None:
    if not form.open:
        form.lose(row, "type", say.XLS_GROUP_END)
        return
    form.open.pop()


def start_dimension(form: Form, row: Row | None) -> None:
    """A group at the top becomes a dimension; questions outside any group share one of their own."""
    title = text_of(form, row, "label", needed=False) if row else {}
    name = name_of(row) if row else ""
    code = dimension_code(name, [str(dimension["code"]) for dimension in form.dimensions])
    title = title or ({language: name.replace("_", " ") for language in HEADS} if name else GENERAL)
    form.dimensions.append({"code": code, "title": shortened(title, (8, 28)), "items": []})
    if row:
        origin = Origin("survey", row.number, "name")
        form.assembly.settle(("dimensions", len(form.dimensions) - 1), Reading({}, {(): origin}))


def dimension_code(name: str, taken: Sequence[str]) -> str:
    """Two to four capitals out of a group's name, unlike those that are taken."""
    if re.fullmatch(DIMENSION_CODE, name) and name not in taken:
        return name
    words = re.findall(r"[A-Za-z]+", name)
    initials = "".join(word[0] for word in words).upper()[:4]
    wishes = [initials, *("".join(words).upper()[:length] for length in (2, 3, 4))]
    spare = (first + second for first in "QRSTUVWXYZABCDEFGHIJKLMNOP" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return next(code for code in (*wishes, *spare) if len(code) >= 2 and code not in taken)


def current(form: Form) -> Part:
    """The dimension that a question at this row belongs to."""
    if not form.open and not (form.dimensions and form.dimensions[-1].get("general")):
        start_dimension(form, None)
        form.dimensions[-1]["general"] = True
    elif not form.dimensions:
        start_dimension(form, None)
    return form.dimensions[-1]


def read_note(form: Form, row: Row) -> None:
    dimension: Part = form.dimensions[-1] if form.dimensions and form.open else {"items": [None]}
    text = text_of(form, row, "label", needed=False)
    if text and not dimension["items"] and "intro" not in dimension:
        dimension["intro"] = text
    else:
        form.mention(row, "type", say.XLS_NOTE_LEFT_OUT)


def read_question(form: Form, row: Row, kind: str, rest: str) -> None:
    item = options_of(form, row, kind, rest) if kind in SELECTS else number_of(form, row)
    stem = text_of(form, row, "label", needed=True)
    condition = condition_of(form, row)
    if item is None or not stem:
        return
    dimension = current(form)
    if len(dimension["items"]) >= MOST_ITEMS:
        form.lose(row, "name", say.XLS_TOO_MANY)
        return
    code = item_code(form, row, dimension)
    help_text = text_of(form, row, "hint", needed=False)
    required = str(row.cells.get("required") or "").strip().lower() in YES
    extra = {"help": help_text or None, "ask_when": condition, "required": required}
    found = {"code": code, "title": shortened(stem, (14, 40)), "stem": stem, **item, **extra}
    path = ("dimensions", len(form.dimensions) - 1, "items", len(dimension["items"]))
    form.assembly.settle(path, Reading({}, {(): Origin("survey", row.number, "name")}))
    dimension["items"].append({key: value for key, value in found.items() if value is not None})
    values = [option["value"] for option in item["options"]] if "options" in item else None
    form.questions[name_of(row)] = Answers(values, kind == "select_multiple")


def item_code(form: Form, row: Row, dimension: Part) -> str:
    name, taken = name_of(row), set(form.codes.values())
    code = f"{dimension['code']}-{len(dimension['items']) + 1:02d}"
    if re.fullmatch(ITEM_CODE, name) and name.partition("-")[0] == dimension["code"] and name not in taken:
        code = name
    if code != name:
        form.mention(row, "name", say.XLS_RENAMED, name=name, code=code)
    form.codes[name] = code
    return code


# --- The whole ----------------------------------------------------------------------------------------------------


def instrument_of(form: Form, sheets: Sheets) -> Part:
    settings = body_of(sheets.get("settings", []))
    first = settings[0].cells if settings else {}
    title = str(first.get("form_title") or first.get("title") or first.get("form_id") or "XLSForm").strip()
    version = str(first.get("version") or "").strip()
    form.notices.append(Fault((), say.XLS_ONE_TITLE, 2, {}, "settings", "form_title"))
    dimensions = [{key: value for key, value in one.items() if key != "general"} for one in form.dimensions]
    dimensions = [one for one in dimensions if one["items"]]
    levels = any(item["kind"] == "level" for one in dimensions for item in one["items"])
    return {
        "format": 1,
        "code": code_from(str(first.get("form_id") or title)),
        "version": version if re.fullmatch(VERSION, version) else "1.0.0",
        "status": "draft",
        "title": dict.fromkeys(HEADS, title),
        "summary": {
            "zh-hans": f"由 XLSForm 问卷“{title}”导入的草稿。",
            "en": f"A draft, imported from the XLSForm “{title}”.",
        },
        "dimensions": dimensions,
        "scoring": {
            **({"item_scales": {"level": LEVEL_SCALE}} if levels else {}),
            "nodes": [
                *({"id": one["code"], "rule": "wmean", "of": "items"} for one in dimensions),
                {"id": "index", "rule": "wmean", "of": "dimensions"},
            ],
        },
    }


def code_from(written: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-")[:LONGEST_CODE].strip("-")
    return slug if re.fullmatch(CODE, slug) else f"form-{slug}".strip("-")[:LONGEST_CODE]
