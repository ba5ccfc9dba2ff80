"""What a plan brought by the next assessment: of each step the answer then and now, and what that is worth."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from reports.assembly import short_answer
from reports.crosswalk import Tie, item_ties, latest_of
from reports.models import PlanStep
from reports.selectors import told_in
from scoring.engine.scorer import score
from scoring.engine.steps import branched, written_row
from surveys.instruments.coding import STATE_WORDS, AnswerFault, code_answer, table_from_written
from surveys.instruments.model import Instrument, Item
from surveys.models import Assessment
from surveys.selectors import answer_table, assessment_instrument

TIES = {
    Tie.BROKEN: _("Asked differently at the next assessment."),
    Tie.ADDED: _("Belongs to no item of the plan's questionnaire."),
    Tie.DROPPED: _("No longer asked at the next assessment."),
    Tie.UNKNOWN: _(
        "The next assessment has another version of the questionnaire of which nobody has said how it compares."
    ),
}
OWN_WORDS = _("Belongs to no item, so that no assessment measures it.")
NOT_ANSWERED = _("Not asked or not answered at the next assessment.")
NO_LADDER = _("Answered “not applicable” or declined, then or now.")
OTHER_ANSWERS = _("The answers to choose from have changed.")


@dataclass(frozen=True)
class Outcome:
    """``verdict`` is reached, nearer, same or lower; "" where that cannot be said, and ``reason`` says why.

    ``points_before``, ``points_now``: the item's points, 0 to 100. ``gain``: what this answer alone adds to the index,
    in points, all other answers as they were.
    """

    verdict: str = ""
    reason: str = ""
    before: str = ""
    now: str = ""
    points_before: float | None = None
    points_now: float | None = None
    gain: float | None = None


def outcomes(steps: Sequence[PlanStep], assessment: Assessment, following: Assessment, language: str) -> list[Outcome]:
    """Of each step, in their order."""
    instrument, answers = assessment_instrument(assessment), following.snapshot.answers
    ties = ties_between(assessment_instrument(following), instrument)
    judged = [_judged(step, ties, instrument, answers) for step in steps]
    changed = {step.item: answers[step.item] for step, one in zip(steps, judged, strict=True) if one.verdict}
    gains = index_gains(instrument, assessment.snapshot.answers, changed)
    measured = [_measured(one, step, assessment, following, language) for step, one in zip(steps, judged, strict=True)]
    return [replace(one, gain=gains.get(step.item)) for step, one in zip(steps, measured, strict=True)]


def ties_between(one: Instrument, other: Instrument) -> Mapping[str, Tie]:
    """Whichever is the later: a firm may go back to an earlier version."""
    later = latest_of((one, other))
    return item_ties(later, other if later is one else one)


def _judged(step: PlanStep, ties: Mapping[str, Tie], instrument: Instrument, answers: Mapping[str, str]) -> Outcome:
    """The verdict, or why there is none."""
    if not step.item or not step.after or step.item not in instrument.item_by_code:
        return Outcome(reason=str(OWN_WORDS))
    tie = ties[step.item]
    if not tie.compares:
        return Outcome(reason=str(TIES[tie]))
    now = answers.get(step.item, "")
    return verdict_of(instrument.item(step.item), step, now) if now else Outcome(reason=str(NOT_ANSWERED))


def verdict_of(item: Item, step: PlanStep, now: str) -> Outcome:
    """Where the answer stands now against where it stood and where it was to get."""
    if not is_taken(item, now):
        return Outcome(reason=str(OTHER_ANSWERS))
    was, wanted, stands = (rung(item, written) for written in (step.before, step.after, now))
    if was is None or wanted is None or stands is None:
        return Outcome(reason=str(NO_LADDER))
    if stands >= wanted:
        return Outcome("reached")
    return Outcome("nearer" if stands > was else "same" if stands == was else "lower")


def rung(item: Item, written: str) -> float | None:
    """How far up an answer is; "don't know" is below the lowest, None is what stands on no ladder."""
    if written in ("", "DK"):
        return -1.0
    if written in STATE_WORDS:
        return None
    if item.is_numeric:
        return float(written)
    values = ["no", "yes"] if item.kind == "yesno" else [str(option.value) for option in item.options]
    return float(values.index(written)) if written in values else None


def index_gains(instrument: Instrument, answers: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, float]:
    """By item, the index points that this answer alone brings; reckoned as the steps of the results page are.

    An answer that the plan's version does not take, and what has no index, is left out.
    """
    taken = {code: written for code, written in changed.items() if is_taken(instrument.item(code), written)}
    row = written_row(instrument, answer_table(instrument, dict(answers)))
    variants = [row, *({**row, code: written} for code, written in taken.items())]
    opened = [{**dict.fromkeys(branched(instrument), "DK"), **variant} for variant in variants]
    index = score(instrument, table_from_written(instrument, opened), keep_items=False).index
    gains = {code: float(index[n] - index[0]) for n, code in enumerate(taken, 1)}
    return {code: gain for code, gain in gains.items() if not math.isnan(gain)}


def is_taken(item: Item, written: str) -> bool:
    try:
        code_answer(item, written)
    except AnswerFault:
        return False
    return True


def _measured(judged: Outcome, step: PlanStep, assessment: Assessment, following: Assessment, language: str) -> Outcome:
    if not judged.verdict:
        return judged
    item, told = assessment_instrument(assessment).item(step.item), told_in(language)
    return replace(
        judged,
        before=short_answer(item, step.before, told) if step.before else "–",
        now=short_answer(item, following.snapshot.answers[step.item], told),
        points_before=assessment.result.figures["items"].get(step.item),
        points_now=following.result.figures["items"].get(step.item),
    )
