"""Whether every part of a file has the form that schema.py gives it; what has not is named and left out."""

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

from surveys.instruments import check_messages as say
from surveys.instruments.faults import Fault
from surveys.instruments.predicates import ITEM_OPERATORS, NODE_OPERATORS
from surveys.instruments.schema import (
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
from surveys.instruments.text import LANGUAGES

Path = tuple[str | int, ...]
LANGUAGE_NAMES = {"zh-hans": "中文", "en": "English"}
OPTION_WORD = re.compile(r"[A-Za-z0-9_](-?[A-Za-z0-9_]){0,39}")
RESERVED = ("NA", "DK", "DECLINE")
# Layout characters are what texts are made of; every other control character is an accident.
LAYOUT = "\n\t"


class ShapeCheck:
    """Walks a file along its schema. What is returned holds only parts of the right form, so that later checks may
    rely on it; a list keeps None in the place of an unusable entry, so that positions stay true."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: Path, message: str, **detail: object) -> None:
        self.faults.append(Fault(path, message, detail=detail))

    def refuse(self, path: Path, message: str, **detail: object) -> Any:
        """Notes the fault; what is left of the part is None."""
        self.fault(path, message, **detail)

    def part(self, shape: Shape, raw: object, path: Path) -> Any:
        """The usable part of ``raw``, or None."""
        match shape:
            case Record():
                return self.record(shape, raw, path)
            case Tagged():
                return self.tagged(shape, raw, path)
            case ListOf():
                return self.list_of(shape, raw, path)
            case MapOf():
                return self.map_of(shape, raw, path)
            case Either():
                return self.part(shape.string if isinstance(raw, str) else shape.form, raw, path)
            case Words():
                return self.words(shape, raw, path)
            case AnyPredicate():
                return self.predicate(raw, path)
            case _:
                return self.scalar(shape, raw, path)

    def scalar(self, shape: Shape, raw: object, path: Path) -> Any:
        match shape:
            case Word():
                return self.word(shape, raw, path)
            case Number():
                return self.number(shape, raw, path)
            case Flag():
                return raw if isinstance(raw, bool) else self.refuse(path, say.NEEDS_FLAG)
            case OneOf():
                return self.one_of(shape, raw, path)
            case OptionValue():
                return self.option_value(raw, path)
            case Anchors():
                return self.anchors(raw, path)
            case Children():
                return self.children(raw, path)
        raise AssertionError(shape)

    # --- Groups of parts ------------------------------------------------------------------------------------------

    def record(self, shape: Record, raw: object, path: Path) -> Any:
        if not isinstance(raw, Mapping):
            return self.refuse(path, say.NEEDS_MAPPING)
        fields = {field.name: field for field in shape.fields}
        self.unknown_keys(raw, tuple(fields), path)
        kept = {name: self.field(field, raw, path) for name, field in fields.items()}
        return {name: value for name, value in kept.items() if value is not None}

    def field(self, field: Field, raw: Mapping[Any, Any], path: Path) -> Any:
        value = raw.get(field.name)
        if value is not None:
            return self.part(field.shape, value, (*path, field.name))
        if field.required:
            self.fault((*path, field.name), say.MISSING, field=field.name)
        elif field.name in raw and not field.nullable:
            self.fault((*path, field.name), say.NO_VALUE, field=field.name)
        return None

    def unknown_keys(self, raw: Mapping[Any, Any], known: tuple[str, ...], path: Path) -> None:
        for key in raw:
            if key not in known:
                near = nearest(key, known)
                message = say.UNKNOWN_KEY_NEAR if near else say.UNKNOWN_KEY
                self.fault((*path, str(key)), message, key=str(key)[:60], near=near, known=", ".join(known))

    def tagged(self, shape: Tagged, raw: object, path: Path) -> Any:
        if not isinstance(raw, Mapping):
            return self.refuse(path, say.NEEDS_MAPPING)
        rule = self.field(Field("rule", OneOf(tuple(shape.records)), required=True), raw, path)
        if rule:
            return self.record(shape.records[rule], raw, path)
        # A node of an unknown rule is still a node, so that references to it are not faults too.
        return {"id": raw["id"]} if isinstance(raw.get("id"), str) else None

    def list_of(self, shape: ListOf, raw: object, path: Path) -> Any:
        if not isinstance(raw, list) or not raw:
            return self.refuse(path, say.NEEDS_LIST)
        return [self.part(shape.entry, entry, (*path, position)) for position, entry in enumerate(raw)]

    def map_of(self, shape: MapOf, raw: object, path: Path) -> Any:
        if not isinstance(raw, Mapping) or not raw:
            return self.refuse(path, say.NEEDS_ENTRIES)
        if shape.keys:
            self.unknown_keys(raw, shape.keys, path)
        wanted = [key for key in raw if not shape.keys or key in shape.keys]
        kept = {str(key): self.part(shape.entry, raw[key], (*path, str(key))) for key in wanted}
        return {key: value for key, value in kept.items() if value is not None}

    # --- Single values --------------------------------------------------------------------------------------------

    def word(self, shape: Word, raw: object, path: Path) -> Any:
        if not isinstance(raw, str):
            return self.refuse(path, say.NEEDS_WORD)
        if len(raw) > shape.longest or not re.fullmatch(shape.pattern, raw) or unprintable(raw):
            return self.refuse(path, say.WRONG_FORM, value=shown(raw), form=shape.form, longest=shape.longest)
        return raw

    def number(self, shape: Number, raw: object, path: Path) -> Any:
        message = say.NEEDS_WHOLE if shape.whole else say.NEEDS_NUMBER
        if not is_number(raw) or not shape.low <= raw <= shape.high or (shape.whole and raw != int(raw)):
            return self.refuse(path, message, low=f"{shape.low:g}", high=f"{shape.high:g}")
        return raw

    def one_of(self, shape: OneOf, raw: object, path: Path) -> Any:
        if not isinstance(raw, bool) and isinstance(raw, str | int) and raw in shape.values:
            return raw
        known = tuple(str(value) for value in shape.values)
        near = nearest(raw, known)
        message = say.NEEDS_ONE_OF_NEAR if near else say.NEEDS_ONE_OF
        return self.refuse(path, message, value=shown(raw), near=near, known=", ".join(known))

    def option_value(self, raw: object, path: Path) -> Any:
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            return self.refuse(path, say.NEEDS_OPTION_VALUE)
        if str(raw) in RESERVED:
            return self.refuse(path, say.RESERVED_VALUE, value=raw)
        if not OPTION_WORD.fullmatch(str(raw)):
            return self.refuse(path, say.OPTION_VALUE_FORM, value=shown(raw))
        return raw

    def anchors(self, raw: object, path: Path) -> Any:
        if not isinstance(raw, list) or len(raw) < 2 or not all(is_pair(pair) for pair in raw):
            return self.refuse(path, say.NEEDS_ANCHORS)
        return raw

    def children(self, raw: object, path: Path) -> Any:
        if raw in ("items", "dimensions"):
            return str(raw)
        if isinstance(raw, list) and raw and all(isinstance(name, str) for name in raw):
            return raw
        return self.refuse(path, say.NEEDS_CHILDREN)

    def words(self, shape: Words, raw: object, path: Path) -> Any:
        if not isinstance(raw, Mapping):
            return self.refuse(path, say.NEEDS_TEXT)
        self.unknown_keys(raw, LANGUAGES, path)
        for language, limit in zip(LANGUAGES, shape.longest, strict=True):
            self.translation(raw.get(language), language, limit, path)
        return {language: str(raw[language]) for language in LANGUAGES if language in raw}

    def translation(self, raw: object, language: str, limit: int, path: Path) -> None:
        name = LANGUAGE_NAMES[language]
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            self.fault((*path, language), say.NO_TRANSLATION, language=name, key=language)
        elif not isinstance(raw, str):
            self.fault((*path, language), say.NEEDS_WORD)
        elif len(raw.strip()) > limit:
            detail = {"language": name, "length": len(raw.strip()), "limit": limit}
            self.fault((*path, language), say.TEXT_TOO_LONG, **detail)
        elif unprintable(raw):
            self.fault((*path, language), say.CONTROL_CHARACTER)

    # --- Predicates -----------------------------------------------------------------------------------------------

    def predicate(self, raw: object, path: Path) -> Any:
        if not isinstance(raw, Mapping):
            return self.refuse(path, say.NEEDS_PREDICATE)
        keys = set(raw)
        if keys in ({"any"}, {"all"}):
            name = keys.pop()
            parts = self.list_of(ListOf(AnyPredicate()), raw[name], (*path, name))
            return {name: parts} if parts else None
        if keys == {"not"}:
            part = self.predicate(raw["not"], (*path, "not"))
            return {"not": part} if part else None
        return dict(raw) if is_leaf(raw) else self.refuse(path, say.NEEDS_PREDICATE)


def is_leaf(raw: Mapping[Any, Any]) -> bool:
    """Whether this is a test of one item or one node, complete and with a value that can be compared."""
    for subject, operators in (("item", ITEM_OPERATORS), ("node", NODE_OPERATORS)):
        others = set(raw) - {subject}
        if len(raw) == 2 and len(others) == 1 and isinstance(raw.get(subject), str):
            operator = others.pop()
            words = operator in ("is", "includes")
            return operator in operators and (is_number(raw[operator]) or (words and isinstance(raw[operator], str)))
    return False


def is_number(raw: object) -> TypeGuard[int | float]:
    return isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw)


def is_pair(raw: object) -> bool:
    return isinstance(raw, list) and len(raw) == 2 and all(is_number(one) for one in raw)


def unprintable(text: str) -> bool:
    """Whether a control character or half a surrogate pair stands in the text; no XML, and so no workbook, holds it."""
    return any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in LAYOUT for letter in text)


def nearest(written: object, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ""."""
    return next(iter(difflib.get_close_matches(str(written)[:60], list(known), 1, 0.7)), "")


def shown(raw: object) -> str:
    """A value as it may stand in a message: short, on one line."""
    text = " ".join(str(raw).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def leaves(raw: Mapping[str, Any] | None, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every test in a well-formed predicate, with its place."""
    if raw is None:
        return
    for name in ("any", "all"):
        for position, part in enumerate(raw.get(name, ())):
            yield from leaves(part, (*path, name, position))
    if "not" in raw:
        yield from leaves(raw["not"], (*path, "not"))
    if "item" in raw or "node" in raw:
        yield path, raw
