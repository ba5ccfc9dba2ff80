"""The format of a file of published figures as data, as schema.py is that of instruments."""

from surveys.instruments.schema import (
    CODE,
    LONGEST_CODE,
    VERSION,
    WORDS,
    AnyPredicate,
    Either,
    Field,
    Flag,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Word,
    Words,
    required,
)

FIGURE_ID = Word(r"[A-Z0-9]+(-[A-Z0-9]+)*", "capital letters and digits, joined by dashes", LONGEST_CODE)
SOURCE_ID = Word(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "small letters and digits", LONGEST_CODE)
OPERATORS = ("=", "<", "<=", ">", ">=")
STATUSES = ("primary", "secondary", "to_confirm")
SIZES = ("micro", "small", "medium", "large")
YEAR = Number(1900, 2100, whole=True)

POPULATION = Record(
    "Population",
    (
        required("label", WORDS),
        Field("n", Number(1, 1e9, whole=True), nullable=True),
        Field("year", YEAR, nullable=True),
    ),
)
PROVENANCE = (
    required("population", POPULATION),
    required("source", SOURCE_ID),
    required("status", OneOf(STATUSES)),
    Field("note", WORDS),
)
PUBLISHED = Record(
    "Published shares",
    (
        required("value", Number(0, 1)),
        required("op", OneOf(OPERATORS)),
        required("rounding", Number(0, 0.5)),
        required("as_printed", Word()),
        Field("complement", Flag(), default=False),
    ),
)
APPLIES_TO = Record("Who a figure applies to", (Field("sizes", ListOf(OneOf(SIZES))), Field("when", AnyPredicate())))
INDICATOR = Record(
    "Indicators",
    (
        required("id", FIGURE_ID),
        required("title", Words((16, 44))),
        required("statement", WORDS),
        required("published", PUBLISHED),
        required("predicate", AnyPredicate()),
        Field("applies_to", APPLIES_TO),
        *PROVENANCE,
    ),
)
STEP = Record("Distribution steps", (required("title", WORDS), required("share", Number(0, 1))))
DISTRIBUTION = Record(
    "Distributions", (required("id", FIGURE_ID), required("title", WORDS), required("steps", ListOf(STEP)), *PROVENANCE)
)


STATISTIC = Record(
    "Statistics",
    (
        required("id", FIGURE_ID),
        required("title", WORDS),
        required("value", Either(Number(), Word())),
        Field("unit", Either(WORDS, Word())),
        *PROVENANCE,
    ),
)
SOURCE = Record(
    "Sources",
    (
        required("title", WORDS),
        Field("body", WORDS),
        Field("year", YEAR, nullable=True),
        Field("via", WORDS),
        Field("reference", Word()),
    ),
)
BENCHMARK = Record(
    "The file",
    (
        required("format", OneOf((1,))),
        required("code", Word(CODE, "small letters and digits, joined by dashes", LONGEST_CODE)),
        required("version", Word(VERSION, 'three whole numbers in quotes, such as "1.0.0"', 20)),
        required("instrument", Word(CODE, "the code of an instrument", LONGEST_CODE)),
        required("title", WORDS),
        Field("indicators", ListOf(INDICATOR)),
        Field("distributions", ListOf(DISTRIBUTION)),
        Field("statistics", ListOf(STATISTIC)),
        required("sources", MapOf(SOURCE)),
    ),
)
