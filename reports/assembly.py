"""Puts a firm's figures, the instrument's texts and the published figures together into a report model.

Every text is already in the language asked for; figures come from the stored result and are not computed again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.builders import model as told
from reports.builders.language import Language
from reports.builders.published import published_text
from reports.builders.standing import standing_sentence
from reports.builders.wording import say
from reports.method import method_paragraphs
from scoring.engine.placement import CONDITION_UNMET, NO_ANSWER, NOT_APPLICABLE, OTHER_SIZE, SIZE_UNKNOWN
from scoring.engine.published import Benchmark, Distribution, Indicator, Source, Statistic
from scoring.engine.steps import Step, gate_items
from surveys.instruments.model import Dimension, Instrument, Item
from surveys.instruments.predicates import items_in
from surveys.labels import answer_label
from surveys.models import Rater, Snapshot
from surveys.selectors.opinions import Spread

STRENGTH_FROM = 75.0
GAP_UP_TO = 25.0
LISTED = 5
# Of the many published figures, those that help a reader of one firm's report; `benchmark show` lists all.
CONTEXT = (
    "CAQ13-MATURITY",
    "CAQ13-MATURITY-LM",
    "CAQ13-MATURITY-S",
    "CAQ13-LOSS-STAT",
    "CAQ13-TPM",
    "CAQ15-FIRSTPASS",
    "CAQ15-LOSS",
    "CAQ15-QCC",
    "SH22-SPC",
)

STATES: dict[str, told.State] = {
    "": "unanswered",
    "NA": "not_applicable",
    "DK": "dont_know",
    "DECLINE": "declined",
}


@dataclass(frozen=True)
class Facts:
    """What a report is made from."""

    instrument: Instrument
    benchmark: Benchmark | None
    snapshot: Snapshot
    figures: Mapping[str, Any]
    steps: list[Step]
    language: Language

    def text(self, item: Item) -> str:
        return answer_label(item, self.snapshot.answers.get(item.code, ""), self.language)


def levels(facts: Facts) -> tuple[told.Level, ...]:
    return tuple(
        told.Level(
            code=level.code,
            title=level.title.pick(facts.language),
            number=number,
            start=level.start,
            meaning=level.meaning.pick(facts.language),
        )
        for number, level in enumerate(facts.instrument.levels, 1)
    )


def gates(facts: Facts) -> tuple[told.Gate, ...]:
    """The gates that hold the firm below what its index alone would give."""
    title = {level.code: level.title.pick(facts.language) for level in facts.instrument.levels}
    return tuple(
        told.Gate(level_title=title[gate.level], text=gate.text.pick(facts.language))
        for gate in facts.instrument.gates
        if gate.id in facts.figures["gates_unmet"]
    )


def dimensions(facts: Facts) -> tuple[told.Dimension, ...]:
    return tuple(one_dimension(facts, dimension) for dimension in facts.instrument.dimensions)


def one_dimension(facts: Facts, dimension: Dimension) -> told.Dimension:
    return told.Dimension(
        code=dimension.code,
        title=dimension.title.pick(facts.language),
        intro=dimension.intro.pick(facts.language) if dimension.intro else "",
        score=facts.figures["nodes"].get(dimension.code),
        weight=dimension.weight,
        partly_declined=dimension.code in facts.figures["partly_declined"],
        items=tuple(one_item(facts, item) for item in dimension.items),
    )


def one_item(facts: Facts, item: Item) -> told.Item:
    written = facts.snapshot.answers.get(item.code, "")
    hidden = item.code in facts.figures.get("not_asked", ())
    level = int(written) if item.kind == "level" and written.isdigit() else None
    option = item.option(level) if level else None
    step = next((step for step in facts.steps if step.item == item.code), None)
    return told.Item(
        code=item.code,
        title=item.title.pick(facts.language),
        kind=item.kind,
        state="not_asked" if hidden else STATES.get(written, "answered"),
        answer_text=say_level(level) if level else facts.text(item),
        score=facts.figures["items"].get(item.code),
        weight=item.weight,
        level=level,
        levels=len(item.options) or 5,
        anchor_text=option.label.pick(facts.language) if option else "",
        advice_text=advice(facts, item, step.after) if step else "",
    )


def say_level(level: int) -> str:
    return _("Level %(level)s") % {"level": level}


def advice(facts: Facts, item: Item, target: str) -> str:
    text = item.advice.get(target)
    return text.pick(facts.language) if text else ""


def indicators(facts: Facts) -> tuple[told.Indicator, ...]:
    return tuple(one_indicator(facts, indicator) for indicator in facts.benchmark.indicators) if facts.benchmark else ()


def one_indicator(facts: Facts, indicator: Indicator) -> told.Indicator:
    placed = facts.figures["indicators"][indicator.id]
    reached = None if placed["reached"] is None else bool(placed["reached"])
    reason = "" if reached is not None else reason_text(indicator, placed["reason"], facts.language)
    share = indicator.share
    printed = "" if share.complement else share.as_printed.lstrip("<>=")
    return told.Indicator(
        id=indicator.id,
        title=indicator.title.pick(facts.language),
        statement=indicator.statement.pick(facts.language),
        published_text=published_text(share.value, share.operator, facts.language, printed=printed),  # type: ignore[arg-type]
        value=share.value,
        op=share.operator,  # type: ignore[arg-type]
        reached=reached,
        rank_low=placed["rank_low"],
        rank_mid=placed["rank_mid"],
        rank_high=placed["rank_high"],
        sentence=standing_sentence(reached, share.value, share.operator, facts.language, reason=reason),  # type: ignore[arg-type]
        reason=reason,
        **provenance(indicator, facts.language),
    )


def reason_text(indicator: Indicator, reason: str, language: Language) -> str:
    """Why a firm is not placed against a figure."""
    sizes = {"micro": _("micro"), "small": _("small"), "medium": _("medium"), "large": _("large")}
    listed = ("、" if language == "zh-hans" else ", ").join(sizes[size] for size in indicator.sizes)
    return {
        NOT_APPLICABLE: say(language, "reason_not_applicable"),
        NO_ANSWER: say(language, "reason_declined"),
        OTHER_SIZE: say(language, "reason_size", sizes=listed),
        SIZE_UNKNOWN: say(language, "reason_size", sizes=listed),
        CONDITION_UNMET: say(language, "reason_condition"),
    }[reason]


def provenance(figure: Indicator | Distribution | Statistic, language: Language) -> dict[str, Any]:
    """What stands under every figure: whom it speaks of, where it is printed, how sure it is."""
    return {
        "population": figure.population.label.pick(language),
        "source": source(figure.source, language),
        "status": figure.status,
        "note": figure.note.pick(language) if figure.note else "",
    }


def source(found: Source, language: Language) -> told.Source:
    return told.Source(
        title=found.title.pick(language),
        body=found.body.pick(language) if found.body else "",
        year=str(found.year or ""),
        via=found.via.pick(language) if found.via else "",
        reference=found.reference or "",
    )


def distributions(facts: Facts) -> tuple[told.Distribution, ...]:
    if not facts.benchmark:
        return ()
    return tuple(
        told.Distribution(
            id=one.id,
            title=one.title.pick(facts.language),
            steps=tuple(told.DistributionStep(title=t.pick(facts.language), share=share) for t, share in one.steps),
            **provenance(one, facts.language),
        )
        for one in facts.benchmark.distributions
    )


def statistics(facts: Facts) -> tuple[told.Statistic, ...]:
    if not facts.benchmark:
        return ()
    return tuple(
        told.Statistic(
            id=one.id,
            title=one.title.pick(facts.language),
            value_text=f"{one.value} {one.unit.pick(facts.language)}" if one.unit else one.value,
            **provenance(one, facts.language),
        )
        for one in facts.benchmark.statistics
        if one.id in CONTEXT
    )


def _scored(facts: Facts) -> list[tuple[Item, float]]:
    scores = facts.figures["items"]
    return [(item, scores[item.code]) for item in facts.instrument.items if scores.get(item.code) is not None]


def strengths(facts: Facts) -> tuple[told.Finding, ...]:
    """The items that score highest, from 75 points; a rarer published practice goes first among equals."""
    found = [(item, score) for item, score in _scored(facts) if score >= STRENGTH_FROM]
    found.sort(key=lambda pair: (-pair[1], practised_share(facts, pair[0].code), -pair[0].weight))
    return tuple(_finding(facts, item, score) for item, score in found[:LISTED])


def gaps(facts: Facts) -> tuple[told.Finding, ...]:
    """The items that score lowest, up to 25 points; what a gate asks for goes first."""
    gated = gate_items(facts.instrument, facts.figures["gates_unmet"])
    found = [(item, score) for item, score in _scored(facts) if score <= GAP_UP_TO]
    found.sort(key=lambda pair: (pair[0].code not in gated, pair[1], -pair[0].weight))
    return tuple(_finding(facts, item, score) for item, score in found[:LISTED])


def _finding(facts: Facts, item: Item, score: float) -> told.Finding:
    told_item = one_item(facts, item)
    return told.Finding(
        code=item.code,
        title=told_item.title,
        dimension=facts.instrument.dimension_by_code[item.dimension].title.pick(facts.language),
        score=score,
        answer_text=told_item.answer_text,
        text=told_item.anchor_text or told_item.advice_text,
    )


def practised_share(facts: Facts, code: str) -> float:
    """The smallest published share among the indicators that look at this item, 1 where none does."""
    found = indicators_on(facts, code)
    return min((indicator.share.value for indicator in found), default=1.0)


def indicators_on(facts: Facts, code: str) -> list[Indicator]:
    return [one for one in (facts.benchmark.indicators if facts.benchmark else ()) if code in items_in(one.predicate)]


def next_steps(facts: Facts) -> tuple[told.NextStep, ...]:
    """The steps worth taking first: those a gate asks for, then those that raise the index most, one an item."""
    gated = gate_items(facts.instrument, facts.figures["gates_unmet"])
    ordered = sorted(facts.steps, key=lambda step: (step.item not in gated, -step.gain, step.item))
    return tuple(_next_step(facts, step, step.item in gated) for step in ordered[:LISTED])


def _next_step(facts: Facts, step: Step, gated: bool) -> told.NextStep:
    item = facts.instrument.item(step.item)
    published = indicators_on(facts, item.code)
    return told.NextStep(
        code=item.code,
        title=item.title.pick(facts.language),
        from_level=short_answer(item, step.before, facts.language),
        to_level=short_answer(item, step.after, facts.language),
        from_text=answer_label(item, step.before, facts.language),
        to_text=answer_label(item, step.after, facts.language),
        advice=advice(facts, item, step.after),
        why=_("Needed for the next maturity level.") if gated else "",
        practised_by=practised_by(published[0], facts.language) if published else "",
        index_after=step.index_after,
    )


def short_answer(item: Item, written: str, language: Language) -> str:
    if item.kind == "level" and written.isdigit():
        return say_level(int(written))
    return answer_label(item, written, language)


def practised_by(indicator: Indicator, language: Language) -> str:
    """Which published share of firms practises this, with the name of the figure."""
    share = indicator.share
    text = published_text(share.value, share.operator, language)  # type: ignore[arg-type]
    return _("%(practice)s: %(share)s of firms surveyed") % {"practice": indicator.title.pick(language), "share": text}


def differing(facts: Facts, spreads: Sequence[Spread]) -> tuple[told.Differing, ...]:
    """The items on which those who answered alone do not agree, the furthest apart first."""
    apart = [spread for spread in spreads if len(spread.voices) > 1 and not spread.unanimous]
    apart.sort(key=lambda spread: -(spread.distance or 0.0))
    return tuple(_differing(facts, spread) for spread in apart)


def _differing(facts: Facts, spread: Spread) -> told.Differing:
    item = facts.instrument.item(spread.item)
    voices = [
        _("%(role)s: %(answer)s")
        % {"role": Rater.Role(voice.role).label, "answer": short_answer(item, voice.written, facts.language)}
        for voice in spread.voices
    ]
    return told.Differing(
        code=item.code,
        title=item.title.pick(facts.language),
        voices=tuple(voices),
        agreed_text=short_answer(item, facts.snapshot.answers.get(item.code, ""), facts.language),
    )


def warnings(facts: Facts) -> tuple[str, ...]:
    """The answers that do not fit together, in words."""
    raised = tuple(
        check.text.pick(facts.language) for check in facts.instrument.checks if check.id in facts.figures["checks"]
    )
    if not facts.figures.get("straight_lined"):
        return raised
    return (*raised, _("Every item was answered with the same level. Please check that each was read by itself."))


def method(facts: Facts) -> tuple[told.Paragraph, ...]:
    return method_paragraphs(facts.instrument)


def day(moment: Any) -> str:
    return str(date_format(moment, "Y-m-d"))
