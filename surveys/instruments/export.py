"""An instrument's content as a file: YAML as people write it, JSON as programs read it."""

import json
import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from surveys.instruments.check_shape import ShapeCheck
from surveys.instruments.schema import INSTRUMENT, ListOf, MapOf, Record, Shape, Tagged

LINE = 120
# A mapping of plain values that fits on a line is easier to read there.
ONE_LINE = 90
# Words that some YAML reader takes for a truth value or a number.
AMBIGUOUS = re.compile(r"(?i)(yes|no|on|off|y|n|true|false|null|~|[-+.\d].*)")


def content_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The content alone: fields in the order of the format, keys as strings, defaults left out, texts trimmed.

    Two files say the same if and only if this is equal. Expects a file without faults.
    """
    found: dict[str, Any] = stripped(INSTRUMENT, ShapeCheck().part(INSTRUMENT, raw, ()))
    return found


def stripped(shape: Shape, part: Any) -> Any:
    match shape:
        case Record():
            fields = [field for field in shape.fields if field.name in part and part[field.name] != field.default]
            return {field.name: stripped(field.shape, part[field.name]) for field in fields}
        case Tagged():
            return stripped(shape.records[part["rule"]], part)
        case ListOf():
            return [stripped(shape.entry, entry) for entry in part]
        case MapOf():
            return {key: stripped(shape.entry, entry) for key, entry in part.items()}
        case _:
            return trimmed(part)


def trimmed(part: Any) -> Any:
    """A scalar, predicate or text as it is compared: outer spaces gone, 3.0 the same as 3."""
    if isinstance(part, str):
        return part.strip()
    if isinstance(part, float) and part.is_integer():
        return int(part)
    if isinstance(part, Mapping):
        return {key: trimmed(value) for key, value in part.items()}
    return [trimmed(one) for one in part] if isinstance(part, list) else part


def to_json(raw: Mapping[str, Any]) -> bytes:
    """The file's fields under the same names: every item is an object with ``code``, ``kind`` and ``options``."""
    return (json.dumps(raw, ensure_ascii=False, indent=2) + "\n").encode()


def to_yaml(raw: Mapping[str, Any]) -> bytes:
    """A YAML file with this content, in the order of the format and without comments."""
    yaml = YAML()
    yaml.width = LINE
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(laid_out(content_of(raw)), stream)
    return stream.getvalue().encode()


def one_line_yaml(raw: object) -> str:
    """A rule or predicate on one line, as it stands in a cell of a workbook."""
    yaml = YAML()
    yaml.width = 10**6
    stream = StringIO()
    yaml.dump(CommentedSeq([laid_out(raw, flow=True)]), stream)
    return stream.getvalue().strip().removeprefix("- ").removesuffix("\n...").strip()


def laid_out(part: Any, *, flow: bool = False) -> Any:
    """The same values with the marks that decide how they are written."""
    if isinstance(part, Mapping):
        entries = {integer_key(key): laid_out(value, flow=flow) for key, value in part.items()}
        table = CommentedMap(entries)
        return in_line(table) if flow or fits(part) else table
    if isinstance(part, list):
        found = CommentedSeq([laid_out(one, flow=flow) for one in part])
        return in_line(found) if flow or not any(isinstance(one, Mapping) for one in part) else found
    if isinstance(part, str) and AMBIGUOUS.fullmatch(part):
        return DoubleQuotedScalarString(part)
    return part


def in_line(found: Any) -> Any:
    found.fa.set_flow_style()
    return found


def fits(part: Mapping[str, Any]) -> bool:
    plain = not any(isinstance(value, Mapping | list) for value in part.values())
    return (
        plain and len(part) > 1 and sum(len(str(key)) + len(str(value)) + 4 for key, value in part.items()) < ONE_LINE
    )


def integer_key(key: object) -> object:
    """Level numbers are written as numbers: {1: 0, 2: 25}."""
    return int(key) if isinstance(key, str) and key.isascii() and key.isdigit() and str(int(key)) == key else key
