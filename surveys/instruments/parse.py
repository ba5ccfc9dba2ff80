"""From the text of an instrument file to an Instrument. docs/instruments.md describes the format field by field."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from math import isfinite
from typing import Any, TypeGuard, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.model import (
    KINDS,
    Check,
    Dimension,
    Evidence,
    Gate,
    Instrument,
    Item,
    Level,
    Node,
    Option,
    PercentSteps,
    Stair,
    Target,
)
from surveys.instruments.predicates import Predicate, predicate_from
from surveys.instruments.text import LANGUAGES, Text, text_from

FORMAT = 1
NODE_RULES = ("wmean", "points", "min", "cap", "piecewise", "staircase", "level_sum", "all_pass")
T = TypeVar("T")
Raw = Mapping[str, Any]


def read_yaml(text: str) -> Raw:
    """The top-level mapping of a YAML 1.2 file. FileRefused with the line if it is none."""
    try:
        raw = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise FileRefused([Fault((), f"not readable as YAML: {error.problem}", line)]) from error
    except YAMLError as error:
        raise FileRefused([Fault((), f"not readable as YAML: {error}")]) from error
    if not isinstance(raw, Mapping):
        raise FileRefused([Fault((), "the file must be a mapping that begins with 'format: 1'")])
    return raw


def parse_instrument(text: str) -> Instrument:
    """The instrument in a file. FileRefused with every fault that its structure shows."""
    return instrument_from(read_yaml(text), sha256(text.encode()).hexdigest())


def instrument_from(raw: Raw, content_hash: str) -> Instrument:
    reader = Reader()
    if raw.get("format") != FORMAT:
        reader.fault(("format",), "must be 1")
    scoring = reader.mapping(raw, "scoring", ())
    reader.item_scales = reader.mapping(scoring, "item_scales", ("scoring",), optional=True)
    dimensions = tuple(reader.each(raw, "dimensions", (), reader.dimension))
    levels = reader.mapping(scoring, "levels", ("scoring",), optional=True)
    where = ("scoring",)
    instrument = Instrument(
        code=reader.string(raw, "code", ()),
        version=reader.string(raw, "version", ()),
        status=str(raw.get("status", "draft")),
        title=reader.text(raw, "title", ()),
        summary=reader.text(raw, "summary", ()),
        minutes=int(reader.number(raw, "minutes", (), 15)),
        licence=str(raw.get("licence", "")),
        source=reader.optional_text(raw, "source", ()),
        dimensions=dimensions,
        item_scales=reader.item_scales,
        nodes=tuple(reader.each(scoring, "nodes", where, reader.node)),
        levels=tuple(reader.each(levels, "bands", (*where, "levels"), reader.level)) if levels else (),
        level_node=str(levels["node"]) if "node" in levels else None,
        level_note=reader.optional_text(levels, "note", (*where, "levels")),
        gates=tuple(reader.each(scoring, "gates", where, reader.gate, optional=True)),
        checks=tuple(reader.each(raw, "checks", (), reader.check, optional=True)),
        content_hash=content_hash,
        crosswalk=reader.mapping(raw, "crosswalk", (), optional=True),
    )
    if reader.faults:
        raise FileRefused(reader.faults)
    return instrument


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


Path = tuple[str | int, ...]
NO_TEXT = Text("", "")


class Reader:
    """Reads the parts of a file and collects every fault on the way, instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.item_scales: Raw = {}

    def fault(self, path: Path, message: str) -> None:
        self.faults.append(Fault(path, message))

    def string(self, raw: Raw, key: str, path: Path) -> str:
        if not isinstance(raw.get(key), str | int | float) or not str(raw[key]).strip():
            self.fault((*path, key), "is missing")
            return ""
        return str(raw[key])

    def number(self, raw: Raw, key: str, path: Path, default: float) -> float:
        value = raw.get(key, default)
        if not _is_number(value) or value < 0:
            self.fault((*path, key), "must be a number that is not negative")
            return default
        return float(value)

    def bound(self, raw: Raw, key: str, path: Path) -> float | None:
        """One end of a range; it may be negative, or absent."""
        value = raw.get(key)
        if value is not None and not _is_number(value):
            self.fault((*path, key), "must be a number")
            return None
        return value

    def text(self, raw: Raw, key: str, path: Path) -> Text:
        value = raw.get(key)
        if not isinstance(value, Mapping):
            self.fault((*path, key), "must be a text in both languages: {zh-hans: ..., en: ...}")
            return NO_TEXT
        missing = [language for language in LANGUAGES if not str(value.get(language) or "").strip()]
        for language in missing:
            self.fault((*path, key), f"lacks its translation: {language}")
        return NO_TEXT if missing else text_from(value)

    def optional_text(self, raw: Raw, key: str, path: Path) -> Text | None:
        return self.text(raw, key, path) if raw.get(key) is not None else None

    def mapping(self, raw: Raw, key: str, path: Path, *, optional: bool = False) -> Raw:
        value = raw.get(key)
        if isinstance(value, Mapping):
            return value
        if value is not None or not optional:
            self.fault((*path, key), "must be a mapping")
        return {}

    def each(
        self, raw: Raw, key: str, path: Path, read: Callable[[Raw, Path], T], *, optional: bool = False
    ) -> list[T]:
        values = raw.get(key)
        if values is None and optional:
            return []
        if not isinstance(values, list) or not values:
            self.fault((*path, key), "must be a list with at least one entry")
            return []
        found = []
        for position, value in enumerate(values):
            if isinstance(value, Mapping):
                found.append(read(value, (*path, key, position)))
            else:
                self.fault((*path, key, position), "must be a mapping")
        return found

    def predicate(self, raw: Raw, key: str, path: Path) -> Predicate:
        try:
            return predicate_from(raw[key])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self.fault((*path, key), str(error) if isinstance(error, ValueError) else "must be a predicate")
            return predicate_from({"item": "", "is": ""})

    def predicates(self, raw: Raw, key: str, path: Path) -> tuple[Predicate, ...]:
        """A list of predicates, one or more."""
        values = raw.get(key)
        if not isinstance(values, list) or not values:
            self.fault((*path, key), "must be a list with at least one predicate")
            return ()
        numbered: Raw = {str(position): value for position, value in enumerate(values)}
        return tuple(self.predicate(numbered, position, (*path, key)) for position in numbered)

    def dimension(self, raw: Raw, path: Path) -> Dimension:
        code = self.string(raw, "code", path)
        return Dimension(
            code=code,
            title=self.text(raw, "title", path),
            intro=self.optional_text(raw, "intro", path),
            weight=self.number(raw, "weight", path, 1),
            items=tuple(self.each(raw, "items", path, lambda item, where: self.item(item, where, code))),
        )

    def item(self, raw: Raw, path: Path, dimension: str) -> Item:
        kind = self.string(raw, "kind", path)
        if kind not in KINDS:
            self.fault((*path, "kind"), f"must be one of {', '.join(KINDS)}")
        range_ = self.mapping(raw, "range", path, optional=True)
        return Item(
            code=self.string(raw, "code", path),
            dimension=dimension,
            kind=kind,
            title=self.text(raw, "title", path),
            stem=self.text(raw, "stem", path),
            help=self.optional_text(raw, "help", path),
            options=tuple(self.each(raw, "options", path, self.option, optional=kind in ("share", "number"))),
            weight=self.number(raw, "weight", path, 1),
            required=bool(raw.get("required", True)),
            not_applicable=self.optional_text(raw, "na", path),
            evidence=self.evidence(raw, path),
            advice=self.advice(raw, path),
            score=self.mapping(raw, "score", path, optional=True) or None,
            steps=self.steps(raw.get("score") or self.item_scales.get(kind), path) if kind == "share" else None,
            ask_when=self.predicate(raw, "ask_when", path) if "ask_when" in raw else None,
            low=self.bound(range_, "min", (*path, "range")),
            high=self.bound(range_, "max", (*path, "range")),
        )

    def steps(self, rule: Any, path: Path) -> PercentSteps | None:
        """What may be entered for a share, where its rule is ``percent_band``."""
        if not isinstance(rule, Mapping) or rule.get("rule") != "percent_band":
            return None
        step = rule.get("step")
        if isinstance(step, bool) or not isinstance(step, int) or not 1 <= step <= 100:
            self.fault((*path, "score", "step"), "must be a whole number from 1 to 100")
            return None
        bands = self.each(rule, "bands", (*path, "score"), self.percent_band)
        return PercentSteps(step, tuple(bands))

    def percent_band(self, raw: Raw, path: Path) -> tuple[float, float]:
        return self.number(raw, "from", path, 0), self.number(raw, "to", path, 100)

    def option(self, raw: Raw, path: Path) -> Option:
        value = raw.get("value")
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.fault((*path, "value"), 'must be a whole number or a quoted word, such as "yes"')
            value = ""
        return Option(value, self.text(raw, "label", path))

    def evidence(self, raw: Raw, path: Path) -> Evidence | None:
        found = self.mapping(raw, "evidence", path, optional=True)
        if not found:
            return None
        where = (*path, "evidence")
        return Evidence(self.text(found, "sufficient", where), self.text(found, "insufficient", where))

    def advice(self, raw: Raw, path: Path) -> dict[str, Text]:
        found = self.mapping(raw, "advice", path, optional=True)
        texts = {str(key): value for key, value in found.items()}
        return {key: self.text(texts, key, (*path, "advice")) for key in texts}

    def node(self, raw: Raw, path: Path) -> Node:
        rule = self.string(raw, "rule", path)
        if rule and rule not in NODE_RULES:
            self.fault((*path, "rule"), f"must be one of {', '.join(NODE_RULES)}")
        return Node(
            id=self.string(raw, "id", path),
            rule=rule,
            spec=raw,
            stairs=tuple(self.each(raw, "levels", path, self.stair)) if rule == "staircase" else (),
            targets=tuple(self.each(raw, "targets", path, self.target)) if rule == "all_pass" else (),
        )

    def stair(self, raw: Raw, path: Path) -> Stair:
        level = int(self.number(raw, "level", path, 0))
        return Stair(level, self.number(raw, "value", path, level), self.predicates(raw, "met", path))

    def target(self, raw: Raw, path: Path) -> Target:
        return Target(self.string(raw, "level", path), self.predicates(raw, "require", path))

    def level(self, raw: Raw, path: Path) -> Level:
        return Level(
            code=self.string(raw, "code", path),
            start=self.number(raw, "from", path, 0),
            title=self.text(raw, "title", path),
            meaning=self.text(raw, "meaning", path),
        )

    def gate(self, raw: Raw, path: Path) -> Gate:
        return Gate(
            id=self.string(raw, "id", path),
            level=self.string(raw, "level", path),
            require=self.predicate(raw, "require", path),
            text=self.text(raw, "text", path),
            downgrade_to=self.string(raw, "downgrade_to", path) if "downgrade_to" in raw else None,
        )

    def check(self, raw: Raw, path: Path) -> Check:
        return Check(
            id=self.string(raw, "id", path), when=self.predicate(raw, "when", path), text=self.text(raw, "text", path)
        )
