"""The format of an instrument file as JSON Schema (draft 2020-12), for editors and other programs."""

import json
from typing import Any

from surveys.instruments.check_shape import OPTION_WORD, RESERVED
from surveys.instruments.predicates import ITEM_OPERATORS, NODE_OPERATORS
from surveys.instruments.schema import (
    INSTRUMENT,
    NODE_ID,
    Anchors,
    AnyPredicate,
    Children,
    Either,
    Field,
    Flag,
    ListOf,
    MapOf,
    Number,
    OneOf,
    OptionValue,
    Record,
    Shape,
    Tagged,
    Word,
    Words,
)
from surveys.instruments.schema_benchmark import BENCHMARK
from surveys.instruments.text import LANGUAGES

Json = dict[str, Any]


SCHEMAS = {"instrument": INSTRUMENT, "benchmark": BENCHMARK}


def json_schema(name: str = "instrument") -> Json:
    """The schema of instrument or benchmark files. It knows forms only; references, order and reach are the business
    of ``instrument check``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:qms-survey:{name}:1",
        "title": f"{name.capitalize()} file, format 1",
        **schema_of(SCHEMAS[name]),
        "$defs": {"predicate": predicate_schema(), "optionValue": option_value_schema()},
    }


def schema_text(name: str = "instrument") -> str:
    """The schema as the bundled file has it."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def schema_of(shape: Shape) -> Json:
    match shape:
        case Record():
            return record_schema(shape)
        case Tagged():
            return {"oneOf": [record_schema(record) for record in shape.records.values()]}
        case ListOf():
            return {"type": "array", "minItems": 1, "items": schema_of(shape.entry)}
        case MapOf():
            return map_schema(shape)
        case Either():
            return {"oneOf": [schema_of(shape.form), schema_of(shape.string)]}
        case Words():
            return words_schema(shape)
        case _:
            return scalar_schema(shape)


def scalar_schema(shape: Shape) -> Json:
    match shape:
        case Word():
            return {"type": "string", "pattern": f"^(?:{shape.pattern})$", "maxLength": shape.longest}
        case Number():
            kind = "integer" if shape.whole else "number"
            return {"type": kind, "minimum": shape.low, "maximum": shape.high}
        case Flag():
            return {"type": "boolean"}
        case OneOf():
            return {"enum": list(shape.values)}
        case OptionValue():
            return {"$ref": "#/$defs/optionValue"}
        case AnyPredicate():
            return {"$ref": "#/$defs/predicate"}
        case Anchors():
            pair = {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}}
            return {"type": "array", "minItems": 2, "items": pair}
        case Children():
            names = {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": f"^(?:{NODE_ID})$"}}
            return {"oneOf": [{"enum": ["items", "dimensions"]}, names]}
    raise AssertionError(shape)


def record_schema(record: Record) -> Json:
    return {
        "type": "object",
        "properties": {field.name: field_schema(field) for field in record.fields},
        "required": [field.name for field in record.fields if field.required],
        "additionalProperties": False,
    }


def field_schema(field: Field) -> Json:
    schema = schema_of(field.shape)
    if field.nullable:
        return {"anyOf": [schema, {"type": "null"}]}
    return schema if field.default is None else {**schema, "default": field.default}


def map_schema(shape: MapOf) -> Json:
    limits: Json = {"propertyNames": {"enum": list(shape.keys)}} if shape.keys else {}
    return {"type": "object", "minProperties": 1, "additionalProperties": schema_of(shape.entry), **limits}


def words_schema(shape: Words) -> Json:
    texts = {
        language: {"type": "string", "pattern": r"\S", "maxLength": limit}
        for language, limit in zip(LANGUAGES, shape.longest, strict=True)
    }
    return {"type": "object", "properties": texts, "required": list(LANGUAGES), "additionalProperties": False}


def option_value_schema() -> Json:
    word = {"type": "string", "pattern": f"^(?:{OPTION_WORD.pattern})$", "not": {"enum": list(RESERVED)}}
    return {"oneOf": [{"type": "integer"}, word]}


def predicate_schema() -> Json:
    itself = {"$ref": "#/$defs/predicate"}
    several = {"type": "array", "minItems": 1, "items": itself}
    groups = [closed({"any": several}), closed({"all": several}), closed({"not": itself})]
    number, either = {"type": "number"}, {"type": ["number", "string"]}
    items = [
        closed({"item": {"type": "string"}, operator: either if operator in ("is", "includes") else number})
        for operator in ITEM_OPERATORS
    ]
    nodes = [closed({"node": {"type": "string"}, operator: number}) for operator in NODE_OPERATORS]
    return {"oneOf": [*groups, *items, *nodes]}


def closed(properties: Json) -> Json:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
