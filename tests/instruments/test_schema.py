"""The JSON Schema: kept in step with the code, met by every bundled file, told field by field in the documentation."""

import json
import re

import jsonschema
import pytest

from surveys.instruments.check_source import read_source
from surveys.instruments.schema import INSTRUMENT, Either, ListOf, MapOf, Record, Shape, Tagged
from surveys.instruments.schema_benchmark import BENCHMARK
from surveys.instruments.schema_json import json_schema, schema_text
from tests.instruments.bundled import BENCHMARK_FILES, INSTRUMENT_FILES, ROOT
from tests.instruments.rich import RICH, edited

NAMES = ["instrument", "benchmark"]
FILES = [("instrument", path) for path in INSTRUMENT_FILES] + [("benchmark", path) for path in BENCHMARK_FILES]


def errors(text: str, name: str = "instrument") -> list[str]:
    as_json = json.loads(json.dumps(read_source(text).raw))
    return [error.message for error in jsonschema.Draft202012Validator(json_schema(name)).iter_errors(as_json)]


@pytest.mark.parametrize("name", NAMES)
def test_the_bundled_schema_is_the_one_that_the_code_gives(name: str) -> None:
    assert (ROOT / f"surveys/data/schema/{name}-1.schema.json").read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_itself_valid(name: str) -> None:
    assert jsonschema.Draft202012Validator.check_schema(json_schema(name)) is None


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda value: getattr(value, "name", value))
def test_every_bundled_file_meets_its_schema(name: str, path) -> None:
    assert errors(path.read_text(encoding="utf-8"), name) == []


def test_a_file_with_every_rule_meets_the_schema() -> None:
    assert errors(RICH) == []


@pytest.mark.parametrize(
    ("passage", "instead"),
    [
        ("kind: number", "kind: numbers"),
        ("minutes: 3", "minuets: 3"),
        ("rule: min,", "rule: least,"),
        ("pass_at: 0.8", "pass_at: 8"),
        ("{item: PR-01, at_most: 2}", "{item: PR-01, below: 2}"),
        ("{zh-hans: 自拟。, en: Our own.}", "{zh-hans: 自拟。}"),
        ("{value: fmea, label", "{value: DK, label"),
    ],
)
def test_a_wrong_form_does_not_meet_the_schema(passage: str, instead: str) -> None:
    assert errors(edited(passage, instead))


# --- The documentation names every field, and no other ------------------------------------------------------------

FIELD = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)
# Fields of small parts that the row of the field around them describes.
INLINE = {"option", "evidence", "range", "band", "scoring", "percent_band bands", "staircase levels",
          "all_pass targets", "points of"}  # fmt: skip
# Every node has these two; they are told once, above the rules.
COMMON = {"id", "rule"}


def records(shape: Shape) -> list[Record]:
    match shape:
        case Record():
            return [shape, *(found for field in shape.fields for found in records(field.shape))]
        case Tagged():
            return [found for record in shape.records.values() for found in records(record)]
        case ListOf() | MapOf():
            return records(shape.entry)
        case Either():
            return [*records(shape.form), *records(shape.string)]
        case _:
            return []


def sections(text: str) -> dict[str, str]:
    """Headings, and the bold names of rules, to what stands under them until the next one."""
    parts = re.split(r"^(?:#+ |\*\*(?=`))([^\n*]+)(?:\*\*.*)?$", text, flags=re.MULTILINE)
    return {title.replace("`", ""): body for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def documented(name: str) -> dict[str, set[str]]:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return {title: set(FIELD.findall(body)) for title, body in sections(text).items()}


def table_of(root: Shape) -> list[tuple[str, set[str]]]:
    own = [record for record in records(root) if record.section not in INLINE]
    return [(record.section, {field.name for field in record.fields}) for record in own]


CASES = [
    *(("instruments.md", *case) for case in table_of(INSTRUMENT)),
    *(("benchmark-files.md", *case) for case in table_of(BENCHMARK)),
]


@pytest.mark.parametrize(
    ("page", "section", "fields"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_documentation_has_each_field_and_no_other(page: str, section: str, fields: set[str]) -> None:
    described = documented(page)[section]
    assert described | COMMON == fields | COMMON


def inline_fields(root: Shape) -> list[str]:
    return [field.name for record in records(root) if record.section in INLINE for field in record.fields]


def test_the_documentation_names_the_fields_of_the_small_parts_too() -> None:
    text = (ROOT / "docs/instruments.md").read_text(encoding="utf-8")
    assert [name for name in inline_fields(INSTRUMENT) if not re.search(rf"\b{name}\b", text)] == []


def test_the_small_file_of_the_documentation_has_no_fault() -> None:
    text = (ROOT / "docs/instruments.md").read_text(encoding="utf-8")
    first = re.search(r"```yaml\n(format: 1\n.*?)```", text, re.DOTALL)
    assert errors(first[1]) == []
