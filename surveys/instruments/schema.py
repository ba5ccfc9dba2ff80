"""The format of an instrument file as data: what stands where, in what form.

One table serves three readers: the structural check (check_shape.py), the JSON Schema (schema_json.py) and the test
that docs/instruments.md names every field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

CODE = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
VERSION = r"(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}"
DIMENSION_CODE = r"[A-Z]{2,4}"
ITEM_CODE = r"[A-Z]{2,4}-[0-9]{2}"
NODE_ID = r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*"
LONGEST_CODE = 40
LONGEST_TEXT = 4000
LARGEST_NUMBER = 1e9
KINDS = ("level", "choice", "multi", "share", "number", "yesno")


@dataclass(frozen=True, slots=True)
class Word:
    """A short string. ``pattern`` must match the whole of it; ``form`` says in words what it looks like."""

    pattern: str = r".*\S.*"
    form: str = "a word"
    longest: int = LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number between ``low`` and ``high``, both included."""

    low: float = -LARGEST_NUMBER
    high: float = LARGEST_NUMBER
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few fixed values."""

    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; ``longest`` gives characters (Chinese, English) where room is short."""

    longest: tuple[int, int] = (LONGEST_TEXT, LONGEST_TEXT)


@dataclass(frozen=True, slots=True)
class OptionValue:
    """What an option carries: a whole number or a word."""


@dataclass(frozen=True, slots=True)
class AnyPredicate:
    """A predicate in any of its forms."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Two or more pairs [x, y] of numbers."""


@dataclass(frozen=True, slots=True)
class Children:
    """What a mean combines: "items", "dimensions" or a list of names."""


@dataclass(frozen=True, slots=True)
class Either:
    """One form or, if what stands there is a string, another."""

    form: "Shape"
    string: "Shape"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list with at least one entry."""

    entry: "Shape"


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping with at least one entry, whose keys are the author's; ``keys`` limits them where it is given."""

    entry: "Shape"
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of a record. ``default`` is what its absence means; None where absence is a meaning of its own.

    ``nullable`` says that null may stand there: the author states that the value is not known.
    """

    name: str
    shape: "Shape"
    required: bool = False
    default: object = None
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with fixed keys. ``section`` is the heading of docs/instruments.md that describes it."""

    section: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A mapping whose ``rule`` says which record it is."""

    records: Mapping[str, Record] = field(default_factory=dict)


Shape = (
    Word
    | Number
    | Flag
    | OneOf
    | Words
    | OptionValue
    | AnyPredicate
    | Anchors
    | Children
    | Either
    | ListOf
    | MapOf
    | Record
    | Tagged
)

WORDS = Words()
PREDICATES = ListOf(AnyPredicate())
NAME = Word(NODE_ID, "a name", LONGEST_CODE)
ID = Word(CODE, "small letters and digits, joined by dashes", LONGEST_CODE)
POINTS = Number(0, 100)
WEIGHT = Number(0, 1e6)
BAND_CODE = Word(CODE, "small letters and digits, joined by dashes", LONGEST_CODE)


def required(name: str, shape: Shape) -> Field:
    return Field(name, shape, required=True)


MAP_RULE = Record("map", (required("rule", OneOf(("map",))), required("table", MapOf(POINTS))))
PIECEWISE_ITEM = Record("piecewise", (required("rule", OneOf(("piecewise",))), required("points", Anchors())))
PERCENT_BAND = Record(
    "percent_band",
    (
        required("rule", OneOf(("percent_band",))),
        required("step", Number(1, 100, whole=True)),
        required(
            "bands",
            ListOf(
                Record(
                    "percent_band bands",
                    (
                        required("from", POINTS),
                        required("to", POINTS),
                        required("title", WORDS),
                        required("meaning", WORDS),
                    ),
                )
            ),
        ),
    ),
)
ITEM_RULE = Tagged({"map": MAP_RULE, "piecewise": PIECEWISE_ITEM, "percent_band": PERCENT_BAND})


def node(rule: str, *fields: Field, section: str = "") -> Record:
    return Record(section or rule, (required("id", NAME), required("rule", OneOf((rule,))), *fields))


STAIR = Record(
    "staircase levels",
    (required("level", Number(1, 20, whole=True)), Field("value", Number(0, 1e6)), required("met", PREDICATES)),
)
TARGET = Record("all_pass targets", (required("level", BAND_CODE), required("require", PREDICATES)))
POINTS_CHILD = Record("points of", (required("node", NAME), required("points", Number(0, 1e6))))
NODE_RULES = {
    "wmean": node(
        "wmean",
        required("of", Children()),
        Field("weights", MapOf(WEIGHT)),
        Field("min_rated", Number(1, 1000, whole=True)),
    ),
    "points": node("points", required("of", ListOf(POINTS_CHILD))),
    "min": node("min", required("of", ListOf(NAME))),
    "cap": node("cap", required("of", NAME), required("by", NAME)),
    "piecewise": node("piecewise", required("of", NAME), required("points", Anchors()), section="piecewise on a node"),
    "staircase": node("staircase", required("levels", ListOf(STAIR))),
    "level_sum": node(
        "level_sum",
        required("of", ListOf(NAME)),
        required("pass_at", Number(0, 1)),
        Field("require_lower", Flag(), default=False),
    ),
    "all_pass": node("all_pass", required("targets", ListOf(TARGET))),
}

OPTION = Record("option", (required("value", OptionValue()), required("label", WORDS)))
EVIDENCE = Record("evidence", (required("sufficient", WORDS), required("insufficient", WORDS)))
RANGE = Record("range", (Field("min", Number()), Field("max", Number())))
ITEM = Record(
    "Items",
    (
        required("code", Word(ITEM_CODE, "the dimension's code, a dash and two digits, such as PR-01")),
        required("kind", OneOf(KINDS)),
        Field("weight", WEIGHT, default=1),
        Field("required", Flag(), default=True),
        required("title", Words((14, 40))),
        required("stem", WORDS),
        Field("help", WORDS),
        Field("na", WORDS),
        Field("options", ListOf(OPTION)),
        Field("range", RANGE),
        Field("evidence", EVIDENCE),
        Field("advice", MapOf(WORDS)),
        Field("score", ITEM_RULE),
        Field("ask_when", AnyPredicate()),
    ),
)
DIMENSION = Record(
    "Dimensions",
    (
        required("code", Word(DIMENSION_CODE, "two to four capital letters")),
        required("title", Words((8, 28))),
        Field("intro", WORDS),
        Field("weight", WEIGHT, default=1),
        required("items", ListOf(ITEM)),
    ),
)
BAND = Record(
    "band",
    (
        required("code", BAND_CODE),
        required("from", Number(0, 1e6)),
        required("title", WORDS),
        required("meaning", WORDS),
    ),
)
LEVELS = Record("Levels", (required("node", NAME), required("bands", ListOf(BAND)), Field("note", WORDS)))
GATE = Record(
    "Gates",
    (
        required("id", ID),
        required("level", BAND_CODE),
        required("require", AnyPredicate()),
        Field("downgrade_to", BAND_CODE),
        required("text", WORDS),
    ),
)
CHECK = Record("Checks", (required("id", ID), required("when", AnyPredicate()), required("text", WORDS)))
SCORING = Record(
    "scoring",
    (
        Field("item_scales", MapOf(ITEM_RULE, KINDS)),
        required("nodes", ListOf(Tagged(NODE_RULES))),
        Field("levels", LEVELS),
        Field("gates", ListOf(GATE)),
    ),
)
INSTRUMENT = Record(
    "The file",
    (
        required("format", OneOf((1,))),
        required("code", Word(CODE, "small letters and digits, joined by dashes", LONGEST_CODE)),
        required("version", Word(VERSION, 'three whole numbers in quotes, such as "1.0.0"', 20)),
        Field("status", OneOf(("draft", "published")), default="draft"),
        required("title", WORDS),
        required("summary", WORDS),
        Field("licence", Word()),
        Field("minutes", Number(1, 600), default=15),
        Field("source", WORDS),
        required("dimensions", ListOf(DIMENSION)),
        required("scoring", SCORING),
        Field("checks", ListOf(CHECK)),
        Field("crosswalk", MapOf(MapOf(OneOf(("identical", "adjusted", "broken"))))),
    ),
)
