"""An XLSForm made elsewhere: taken as far as it can be, and told line by line where it cannot."""

import pytest

from surveys.instruments import check_messages as say
from surveys.instruments.check_file import load_file
from surveys.instruments.faults import FileRefused
from surveys.instruments.workbook_file import write_workbook
from surveys.instruments.xlsform_foreign import dimension_code

HEADER = ["type", "name", "label::English (en)", "label::中文 (zh)", "hint::English (en)", "hint::中文 (zh)",
          "required", "relevant", "constraint", "calculation", "appearance", "choice_filter", "parameters"]  # fmt: skip
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::中文 (zh)"],
    ["yes_no", "yes", "Yes", "是"],
    ["yes_no", "no", "No", "否"],
    ["tools", "spc", "Control charts", "控制图"],
    ["tools", "fmea", "FMEA", "失效分析"],
    ["tools", "none", "None of these", "以上都没有"],
    ["freq", "never", "Never", "从不"],
    ["freq", "weekly", "Every week", "每周"],
    ["scale", 1, "Poor", "差"],
    ["scale", 2, "Fair", "一般"],
    ["scale", 3, "Good", "好"],
    ["scale", 4, "Very good", "很好"],
    ["scale", 5, "Excellent", "优秀"],
]
SETTINGS = [["form_title", "form_id", "version"], ["Plant survey 2023", "plant_survey", "2023051701"]]
PLAIN = [
    HEADER,
    ["start", "start"],
    ["begin_group", "company_profile", "Company", "企业概况"],
    ["note", "hello", "Please answer for your plant.", "请按本厂情况作答。"],
    ["select_one yes_no", "has_qc", "Is there a quality department?", "是否设有质量部门？", "", "", "yes"],
    ["integer", "staff", "How many people work in it?", "质量部门有多少人？", "Head count", "按人数", "yes",
     "${has_qc} = 'yes'", ". >= 0 and . <= 5000"],
    ["end_group"],
    ["begin_group", "control", "Process control", "过程控制", "", "", "", "${has_qc} = 'yes' and ${staff} > 3"],
    ["select_multiple tools", "tools", "Which tools are in use?", "使用哪些工具？"],
    ["select_one freq", "spc", "How often are charts reviewed?", "多久查看一次控制图？", "", "", "true",
     "selected(${tools}, 'spc')"],
    ["select_one scale", "rate", "How good is your control?", "过程控制得怎样？"],
    ["end_group"],
    ["calculate", "twice", "", "", "", "", "", "", "", "${staff} * 2"],
    ["range", "mood", "How content are your customers?", "顾客有多满意？", "", "", "", "", "", "", "", "",
     "start=0 end=10 step=1"],
    ["note", "bye", "Thank you.", "谢谢。"],
]  # fmt: skip


def form(survey: list[list[object]], choices: list[list[object]] = CHOICES) -> bytes:
    return write_workbook({"survey": survey, "choices": choices, "settings": SETTINGS})


def items(data: bytes, *, adopt: bool = False) -> dict[str, dict[str, object]]:
    dimensions = load_file(data, adopt=adopt).raw["dimensions"]
    return {item["code"]: item for dimension in dimensions for item in dimension["items"]}


FOUND = items(form(PLAIN))


def test_groups_become_dimensions_and_notes_their_introductions() -> None:
    raw = load_file(form(PLAIN)).raw
    assert [dimension["code"] for dimension in raw["dimensions"]] == ["CP", "CO", "QA"]
    assert raw["dimensions"][0]["intro"] == {"zh-hans": "请按本厂情况作答。", "en": "Please answer for your plant."}


def test_questions_become_items_of_the_kind_that_fits() -> None:
    kinds = {code: item["kind"] for code, item in FOUND.items()}
    assert kinds == {"CP-01": "yesno", "CP-02": "number", "CO-01": "multi", "CO-02": "choice", "CO-03": "level",
                     "QA-01": "number"}  # fmt: skip


def test_texts_hints_ranges_and_duty_are_taken() -> None:
    staff = FOUND["CP-02"]
    assert staff["stem"] == {"zh-hans": "质量部门有多少人？", "en": "How many people work in it?"}
    assert staff["help"] == {"zh-hans": "按人数", "en": "Head count"}
    assert staff["range"] == {"min": 0, "max": 5000}
    assert "required" not in staff or staff["required"] is True
    assert FOUND["CO-01"]["required"] is False
    assert FOUND["QA-01"]["range"] == {"min": 0, "max": 10}


def test_conditions_of_a_group_hold_for_each_of_its_questions() -> None:
    group = {"all": [{"item": "CP-01", "is": "yes"}, {"not": {"item": "CP-02", "at_most": 3}}]}
    assert FOUND["CO-01"]["ask_when"] == group
    assert FOUND["CO-02"]["ask_when"] == {"all": [group, {"item": "CO-01", "includes": "spc"}]}


def test_the_result_is_a_draft_without_levels() -> None:
    raw = load_file(form(PLAIN)).raw
    assert raw["status"] == "draft"
    assert raw["code"] == "plant-survey"
    assert "levels" not in raw["scoring"]


def test_what_holds_no_answer_is_left_out_and_told() -> None:
    notices = {(fault.message, fault.line) for fault in load_file(form(PLAIN)).notices}
    assert {(say.XLS_LEFT_OUT, 2), (say.XLS_LEFT_OUT, 13), (say.XLS_NOTE_LEFT_OUT, 15)} <= notices
    assert (say.XLS_RENAMED, 5) in notices


def with_row(*row: object) -> list[list[object]]:
    """The plain form with one more row, the last, which stands in line 16."""
    return [*PLAIN, list(row)]


LOST = [
    (["text", "name", "Name of the firm", "企业名称"], say.XLS_TYPE, 16, "type"),
    (["date", "when", "When?", "何时？"], say.XLS_TYPE, 16, "type"),
    (["geopoint", "where", "Where?", "何处？"], say.XLS_TYPE, 16, "type"),
    (["image", "photo", "A photo", "照片"], say.XLS_TYPE, 16, "type"),
    (["select_one yes_no or_other", "q", "Any?", "有吗？"], say.XLS_OTHER, 16, "type"),
    (["integer", "q", "How many?", "多少？", "", "", "", "${staff} != ''"], say.X_EMPTY, 16, "relevant"),
    (["integer", "q", "How many?", "多少？", "", "", "", "count-selected(${tools}) > 1"], say.X_NOT_READ, 16,
     "relevant"),
    (["integer", "q", "How many?", "多少？", "", "", "", "${twice} > 1"], say.X_NO_QUESTION, 16, "relevant"),
    (["integer", "q", "How many?", "多少？", "", "", "", "", ". mod 2 = 0"], say.XLS_CONSTRAINT, 16, "constraint"),
    (["integer", "q", "Of ${staff}?", "${staff}中？"], say.XLS_PIPING, 16, "label"),
    (["integer", "q", "How many?", ""], say.XLS_NO_LABEL, 16, "label::中文 (zh)"),
    (["select_one yes_no", "q", "Any?", "有吗？", "", "", "", "", "", "", "", "true()"], say.XLS_FILTER, 16,
     "choice_filter"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "message", "line", "column"), LOST, ids=lambda value: str(value)[:30])
def test_what_cannot_be_taken_is_told_by_its_cell(row: list[object], message: str, line: int, column: str) -> None:
    with pytest.raises(FileRefused) as refused:
        load_file(form(with_row(*row)))
    found = [(fault.message, fault.sheet, fault.line, fault.column) for fault in refused.value.faults]
    assert found == [(message, "survey", line, column)]


@pytest.mark.parametrize(("row", "message", "line", "column"), LOST, ids=lambda value: str(value)[:30])
def test_adopting_takes_the_rest_and_tells_the_same(row: list[object], message: str, line: int, column: str) -> None:
    loaded = load_file(form(with_row(*row)), adopt=True)
    assert (message, line, column) in {(fault.message, fault.line, fault.column) for fault in loaded.notices}


def test_every_question_of_a_repeat_is_told() -> None:
    rows = [["begin_repeat", "lines", "Lines", "产线"], ["integer", "speed", "Speed", "速度"], ["end_repeat"]]
    with pytest.raises(FileRefused) as refused:
        load_file(form([*PLAIN, *rows]))
    found = [(fault.message, fault.line) for fault in refused.value.faults]
    assert found == [(say.XLS_REPEAT, 16), (say.XLS_INSIDE_REPEAT, 17)]


ENGLISH = [
    ["type", "name", "label"],
    ["select_one yes_no", "q1", "Is there a system?"],
    ["integer", "q2", "How old is it?"],
]
ENGLISH_CHOICES = [["list_name", "name", "label"], ["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]]


def test_a_form_in_one_language_lacks_the_other_once() -> None:
    with pytest.raises(FileRefused) as refused:
        load_file(form(ENGLISH, ENGLISH_CHOICES))
    assert [(fault.message, fault.column) for fault in refused.value.faults] == [
        (say.XLS_NO_LANGUAGE, "label::中文 (zh)")
    ]


def test_an_adopted_form_in_one_language_has_its_texts_in_both() -> None:
    found = items(form(ENGLISH, ENGLISH_CHOICES), adopt=True)
    assert found["QA-01"]["stem"] == {"zh-hans": "Is there a system?", "en": "Is there a system?"}


def test_a_form_in_another_language_can_be_adopted() -> None:
    french = [["type", "name", "label::Français (fr)"], ["integer", "q", "Combien de lignes ?"]]
    assert items(form(french), adopt=True)["QA-01"]["stem"]["en"] == "Combien de lignes ?"


def test_a_form_without_a_question_to_take_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        load_file(form([["type", "name", "label"], ["text", "q", "Your name?"]]), adopt=True)
    assert say.XLS_NO_QUESTION in [fault.message for fault in refused.value.faults]


def test_a_form_that_pyxform_refuses_is_told_with_its_row() -> None:
    with pytest.raises(FileRefused) as refused:
        load_file(form([*PLAIN, ["begin_group", "open", "Never closed", "没有结束"]]))
    assert [fault.message for fault in refused.value.faults] == [say.XLS_CONVENTION]


@pytest.mark.parametrize(
    ("name", "code"), [("RD", "RD"), ("quality_control", "QC"), ("profile", "PR"), ("质量", "QA"), ("x", "QA")]
)
def test_a_group_gets_a_dimensions_code(name: str, code: str) -> None:
    assert dimension_code(name, []) == code


def test_a_taken_code_is_not_given_again() -> None:
    assert dimension_code("profile", ["PR"]) == "PRO"
    assert dimension_code("", ["QA"]) == "QB"
