"""The sheets between the first and the last: one a section, described as data."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.builders.comments import attribution
from reports.builders.model import Dimension, Indicator, ReportModel, Rung, State, Term
from reports.builders.wording import say
from reports.builders.xlsx.paper import Column, Sheet


@dataclass(frozen=True)
class _Part:
    """One line of a derivation: the score that it is a part of, and the part."""

    of: str
    of_title: str
    rule: str
    term: Term


def _parts(model: ReportModel) -> list[_Part]:
    return list(_each_part(model))


def _each_part(model: ReportModel) -> Iterator[_Part]:
    for node in model.derivations:
        for term in node.terms:
            yield _Part(node.code, node.title, node.rule, term)


def _reached(one: Indicator, model: ReportModel) -> str:
    return say(model.language, {True: "reached", False: "not_reached", None: "not_placed"}[one.reached])


def _said_of_rung(one: Rung, model: ReportModel) -> str:
    """The chosen rung tells where the firm stands."""
    return model.peers.sentence if model.peers and one.chosen else one.reason


def _counted(state: State, phrase: str) -> Column:
    def count(one: Dimension, _model: ReportModel) -> int:
        return one.count(state)

    return Column(phrase, count, "count", 10)


DIMENSIONS = Sheet(
    "dimensions",
    "dimension_scores",
    lambda model: model.dimensions,
    (
        Column("code", lambda one, _: one.code, "code", 8),
        Column("dimension", lambda one, _: one.title, width=30),
        Column("score", lambda one, _: one.score, "score", 10),
        Column("weight", lambda one, _: one.weight, "weight", 8),
        _counted("answered", "answered"),
        _counted("not_applicable", "not_applicable"),
        _counted("dont_know", "dont_know"),
        _counted("declined", "declined"),
        _counted("not_asked", "not_asked"),
    ),
    charted=True,
)
INDICATORS = Sheet(
    "benchmarks",
    "benchmarks",
    lambda model: model.indicators,
    (
        Column("code", lambda one, _: one.id, "code", 14),
        Column("practice", lambda one, _: one.title, width=26),
        Column("statement", lambda one, _: one.statement, width=34),
        Column("published", lambda one, _: one.published_text, width=14),
        Column("published_number", lambda one, _: one.value, "share", 12),
        Column("verdict", _reached, width=12),
        Column("your_place", lambda one, _: one.sentence or one.reason, width=40),
        Column("population_short", lambda one, _: one.population, width=32),
        Column("sources", lambda one, _: one.source.title, width=34),
        Column("published_by", lambda one, _: one.source.body, width=20),
        Column("year", lambda one, _: one.source.year, "code", 8),
        Column("read_through", lambda one, _: one.source.via, width=26),
        Column("reference", lambda one, _: one.source.reference, width=20),
        Column("followed_up", lambda one, model: say(model.language, f"status_{one.status}"), width=14),
        Column("remark", lambda one, _: one.note, width=34),
    ),
)
STATISTICS = Sheet(
    "benchmarks",
    "statistics",
    lambda model: model.statistics,
    (
        Column("code", lambda one, _: one.id, "code", 16),
        Column("figure", lambda one, _: one.title, width=34),
        Column("value", lambda one, _: one.value_text, width=14),
        Column("population_short", lambda one, _: one.population, width=34),
        Column("sources", lambda one, _: one.source.title, width=34),
        Column("year", lambda one, _: one.source.year, "code", 8),
        Column("remark", lambda one, _: one.note, width=34),
    ),
)
PEERS = Sheet(
    "peers",
    "peer_title",
    lambda model: () if model.peers is None else model.peers.rungs,
    (
        Column("peer_ladder", lambda one, _: one.title, width=30),
        Column("rel_col_group", lambda one, _: one.group, width=34),
        Column("peer_said", _said_of_rung, width=60),
        Column("rel_col_release", lambda _, model: model.peers and model.peers.release, "code", 14),
        Column("rel_fact_hash", lambda _, model: model.peers and model.peers.hash, "code", 66),
    ),
)
FINDINGS = Sheet(
    "next",
    "strengths_and_gaps",
    lambda model: [*(("strengths", one) for one in model.strengths), *(("gaps", one) for one in model.gaps)],
    (
        Column("verdict", lambda row, model: say(model.language, row[0]), width=10),
        Column("code", lambda row, _: row[1].code, "code", 10),
        Column("item", lambda row, _: row[1].title, width=34),
        Column("dimension", lambda row, _: row[1].dimension, width=26),
        Column("score", lambda row, _: row[1].score, "score", 10),
    ),
)
STEPS = Sheet(
    "next",
    "next_steps",
    lambda model: model.next_steps,
    (
        Column("code", lambda one, _: one.code, "code", 10),
        Column("item", lambda one, _: one.title, width=30),
        Column("target", lambda one, _: one.to_level, width=18),
        Column("advice", lambda one, _: one.advice, width=60),
        Column("step_index", lambda one, _: one.index_after, "score", 14),
        Column("practised", lambda one, _: one.practised_by, width=34),
        Column("reason", lambda one, _: one.why, width=26),
    ),
)
# Without the declared answer, as everywhere in a workbook.
EVIDENCE = Sheet(
    "evidence",
    "evidence",
    lambda model: model.evidence,
    (
        Column("code", lambda one, _: one.code, "code", 10),
        Column("item", lambda one, _: one.title, width=34),
        Column("verdict", lambda one, _: one.outcome_text, width=18),
        Column("reason", lambda one, _: one.reason, width=60),
        Column("remark", lambda one, _: "\n".join(one.caveats), width=44),
    ),
)
COMMENTS = Sheet(
    "comments",
    "comments",
    lambda model: model.comments,
    (
        Column("comment_about", lambda one, model: one.title or say(model.language, "comment_on_all"), width=26),
        Column("comment", lambda one, _: "\n".join(one.paragraphs), width=70),
        Column("comment_source", attribution, width=40),
        Column("comment_date", lambda one, _: one.written_on, "code", 12),
    ),
)
DERIVATIONS = Sheet(
    "derivations",
    "derivations",
    _parts,
    (
        Column("score", lambda row, _: row.of_title, width=26),
        Column("rule", lambda row, _: row.rule, width=24),
        Column("code", lambda row, _: row.term.code, "code", 10),
        Column("term", lambda row, _: row.term.title, width=34),
        Column("points", lambda row, _: row.term.score, "score", 10),
        Column("term_share", lambda row, _: row.term.share, "share", 10),
        Column("term_adds", lambda row, _: row.term.contribution, "weight", 10),
    ),
)
SHEETS = (DIMENSIONS, INDICATORS, STATISTICS, PEERS, FINDINGS, STEPS, EVIDENCE, COMMENTS, DERIVATIONS)
