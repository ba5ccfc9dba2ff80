"""The report model as plain data and back: what is stored, sent as JSON, and set again years later.

Key names are the field names (``start`` of a level is written ``from``) and stay stable: scripts read them. Keys that
are unknown on reading are passed over, missing ones take their default, so that an older file still opens. A picture
is written in base64.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from reports.builders.model import ReportModel

FORMAT = 1


def to_dict(model: ReportModel) -> dict[str, Any]:
    """Nested dicts, lists, texts, numbers, booleans and None only, headed by the ``format`` number."""
    plain: dict[str, Any] = _plain(model)
    return {"format": FORMAT, **plain}


def to_json(model: ReportModel) -> str:
    """The same model gives the same text."""
    return json.dumps(to_dict(model), ensure_ascii=False, allow_nan=False)


def from_dict(data: Mapping[str, Any]) -> ReportModel:
    """The model that ``to_dict`` wrote.

    Raises:
        ValueError: another format number.
        TypeError: a required key is missing.
    """
    if data.get("format") != FORMAT:
        raise ValueError(f"report format {data.get('format')!r} is not known: this version reads format {FORMAT}")
    built: ReportModel = _build(ReportModel, data)
    return built


def from_json(text: str) -> ReportModel:
    return from_dict(json.loads(text))


def plain(value: Any) -> Any:
    """A part of a model, or what is stored for one, as plain data."""
    return _plain(value)


def built(kind: type[Any], data: Any) -> Any:
    """What ``plain`` wrote, as the dataclass that it was."""
    return _build(kind, data)


def _key(one: Field[Any]) -> str:
    return str(one.metadata.get("key", one.name))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {_key(one): _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, value: Any) -> Any:
    """``value`` as the annotated ``kind``: a dataclass, a tuple of one kind, one of these or None, or as it is."""
    if get_origin(kind) is UnionType and value is not None:
        kind = next(part for part in get_args(kind) if part is not type(None))
    if value is None:
        return None
    if kind is bytes:
        return b64decode(value)
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], part) for part in value)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        given = {one.name: value[_key(one)] for one in fields(kind) if _key(one) in value}
        return kind(**{name: _build(hints[name], part) for name, part in given.items()})  # type: ignore[operator]
    return value
