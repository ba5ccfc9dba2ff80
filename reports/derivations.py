"""The explain and the what-next pages: what the engine says, in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.assembly import Facts, advice, practised_by, short_answer
from reports.builders import model as told
from scoring.engine.explain import AnswerDerivation, Explanation, NodeDerivation, Term, explain
from scoring.engine.shortest_path import NextLevel, PathStep, Way, next_level
from scoring.engine.verdicts import Verdict
from surveys.instruments.model import Instrument
from surveys.labels import answer_label
from surveys.selectors import answer_table


@dataclass(frozen=True)
class VerdictRow:
    """One thing that a gate asks, and what was found."""

    text: str
    holds: bool


@dataclass(frozen=True)
class GateRows:
    """A gate: its sentence, whether it is met, each part of it."""

    text: str
    level: str
    met: bool
    holds_back: bool
    rows: tuple[VerdictRow, ...]


@dataclass(frozen=True)
class ExplanationPage:
    nodes: tuple[told.Derivation, ...]
    gates: tuple[GateRows, ...]


@dataclass(frozen=True)
class Move:
    """One item of a way: from where to where, what to do first, who practises it."""

    code: str
    title: str
    before: str
    after: str
    advice: str
    practised_by: str


@dataclass(frozen=True)
class WayRows:
    steps: int
    index: float
    level: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class NextPage:
    """The shortest ways to ``target``; where there is none, ``reason`` says why in words."""

    target: str
    ways: tuple[WayRows, ...]
    reason: str


def explanation_of(facts: Facts) -> Explanation:
    indicators = facts.benchmark.indicators if facts.benchmark else ()
    answers = answer_table(facts.instrument, facts.snapshot.answers)
    return explain(facts.instrument, answers, indicators, facts.snapshot.size or None)


def next_level_of(facts: Facts) -> NextLevel:
    indicators = facts.benchmark.indicators if facts.benchmark else ()
    return next_level(facts.instrument, answer_table(facts.instrument, facts.snapshot.answers), indicators)


def explanation_page(facts: Facts) -> ExplanationPage:
    """Every node from the index down, then the gates."""
    explanation = explanation_of(facts)
    levels = {level.code: level.title.pick(facts.language) for level in facts.instrument.levels}
    return ExplanationPage(
        nodes=derivations(facts),
        gates=tuple(
            GateRows(
                text=gate_text(facts, gate.gate),
                level=levels[gate.level],
                met=gate.met,
                holds_back=gate.holds_back,
                rows=tuple(_verdicts(facts, gate.verdict)),
            )
            for gate in explanation.gates
        ),
    )


def derivations(facts: Facts) -> tuple[told.Derivation, ...]:
    """Every node from the index down to the answers."""
    return tuple(_node(facts, node) for node in reversed(explanation_of(facts).nodes))


def gate_text(facts: Facts, id_: str) -> str:
    return next(gate.text.pick(facts.language) for gate in facts.instrument.gates if gate.id == id_)


def _node(facts: Facts, node: NodeDerivation) -> told.Derivation:
    return told.Derivation(
        code=node.node,
        title=title_of(facts.instrument, node.node, facts.language),
        rule=rule_name(node.rule),
        score=node.score,
        terms=tuple(_term(facts, term) for term in node.terms),
    )


def title_of(instrument: Instrument, name: str, language: str) -> str:
    """The title of an item, a dimension or a node of the key."""
    if name in instrument.item_by_code:
        return instrument.item(name).title.pick(language)
    if name in instrument.dimension_by_code:
        return instrument.dimension_by_code[name].title.pick(language)
    return {"index": _("Index"), "total": _("Total")}.get(name, name)


def _term(facts: Facts, term: Term) -> told.Term:
    child = term.child
    answer = ""
    if isinstance(child, AnswerDerivation):
        item = facts.instrument.item(child.item)
        not_asked = child.state == "not_asked"
        answer = _("Not asked") if not_asked else short_answer(item, child.answer, facts.language)
    return told.Term(
        code=term.name,
        title=title_of(facts.instrument, term.name, facts.language),
        answer_text=answer,
        score=child.score if child is not None else None,
        share=term.share,
        contribution=term.contribution,
    )


def rule_name(rule: str) -> str:
    """What a rule of the key does, in a few words."""
    names: Mapping[str, str] = {
        "wmean": _("weighted mean of what applies"),
        "points": _("sum of points earned"),
        "min": _("the lowest of its parts"),
        "cap": _("limited by another score"),
        "staircase": _("highest level with every lower level met"),
        "level_sum": _("sum over the levels passed"),
        "all_pass": _("every requirement of a target met"),
        "piecewise": _("read along a line through fixed points"),
    }
    return names.get(rule, rule)


def _verdicts(facts: Facts, verdict: Verdict) -> list[VerdictRow]:
    if verdict.form in ("any", "all", "not"):
        return [row for part in verdict.parts for row in _verdicts(facts, part)]
    values = {
        "title": title_of(facts.instrument, str(verdict.name), facts.language),
        "wanted": wanted(facts, verdict),
        "found": found(facts, verdict),
    }
    return [VerdictRow(_("%(title)s: %(wanted)s, found %(found)s") % values, verdict.outcome == "holds")]


def wanted(facts: Facts, verdict: Verdict) -> str:
    value = f"{verdict.value:g}" if isinstance(verdict.value, int | float) else str(verdict.value)
    forms = {
        "at_least": _("at least %(value)s asked"),
        "at_most": _("at most %(value)s asked"),
        "below": _("below %(value)s asked"),
    }
    return forms.get(str(verdict.operator), _("“%(value)s” asked")) % {"value": value}


def found(facts: Facts, verdict: Verdict) -> str:
    if verdict.form == "item":
        item = facts.instrument.item(str(verdict.name))
        return short_answer(item, str(verdict.found or ""), facts.language)
    return "–" if verdict.found is None else f"{float(verdict.found):.1f}"


def next_page(facts: Facts) -> NextPage:
    onwards = next_level_of(facts)
    titles = {level.code: level.title.pick(facts.language) for level in facts.instrument.levels}
    ways = tuple(_way(facts, way, titles) for way in onwards.ways)
    return NextPage(titles.get(onwards.target or "", ""), ways, "" if ways else why_none(onwards.reason))


def why_none(reason: str | None) -> str:
    reasons = {
        "highest_level": _("The highest level is reached. Keep it, and help others to reach it."),
        "out_of_reach": _("What the next level asks for does not apply to the firm, or was not answered."),
        "no_level": _("There is no level yet, because too little could be scored."),
        "incomplete": _("The assessment is not complete."),
    }
    return reasons.get(reason or "", _("No shortest way can be computed for this questionnaire."))


def _way(facts: Facts, way: Way, titles: Mapping[str, str]) -> WayRows:
    return WayRows(way.steps, way.index, titles[way.level], tuple(_move(facts, move) for move in way.moves))


def _move(facts: Facts, move: PathStep) -> Move:
    item = facts.instrument.item(move.item)
    nearest = next((step.after for step in facts.steps if step.item == move.item), move.after)
    indicators = facts.benchmark.indicators if facts.benchmark else ()
    share = next((one for one in indicators if one.share.value == move.share), None) if move.share else None
    return Move(
        code=item.code,
        title=item.title.pick(facts.language),
        before=short_answer(item, move.before, facts.language),
        after=short_answer(item, move.after, facts.language),
        advice=advice(facts, item, nearest) or answer_label(item, nearest, facts.language),
        practised_by=practised_by(share, facts.language) if share else "",
    )
