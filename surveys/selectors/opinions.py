"""How far apart the independent answers stand."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from surveys.instruments.coding import STATE_WORDS
from surveys.instruments.model import Instrument, Item
from surveys.models import Assessment, Opinion, Rater


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent answer: the role it was given in and what was written."""

    role: str
    written: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The independent answers to one item, and how far apart they are.

    ``distance`` is the gap between the highest and the lowest: levels for a level item, points for a share or a
    number, the number of different answers less one for everything else. None with fewer than two answers; "don't
    know" and its kin are counted in ``voices`` but stand on no scale.
    """

    item: str
    voices: tuple[Voice, ...]
    distance: float | None

    @property
    def unanimous(self) -> bool:
        return len(self.voices) > 1 and len({voice.written for voice in self.voices}) == 1


def spreads_of(assessment: Assessment, instrument: Instrument) -> list[Spread]:
    """One spread for each item that anybody answered alone, in the order of the questionnaire. For the report too."""
    found: dict[str, list[Voice]] = defaultdict(list)
    rows = Opinion.objects.filter(rater__assessment=assessment, rater__finished_at__isnull=False)
    for role, item, written in rows.order_by("rater__role", "pk").values_list("rater__role", "item", "written"):
        found[item].append(Voice(role, written))
    return [spread_from(item, found[item.code]) for item in instrument.items if item.code in found]


def spread_from(item: Item, voices: list[Voice]) -> Spread:
    return Spread(item.code, tuple(voices), _distance(item, [voice.written for voice in voices]))


def _distance(item: Item, written: list[str]) -> float | None:
    given = [answer for answer in written if answer not in STATE_WORDS]
    if len(given) < 2:
        return None
    if item.is_numeric or item.kind == "level":
        numbers = [float(answer.rstrip("% ")) for answer in given]
        return max(numbers) - min(numbers)
    return float(len(set(given)) - 1)


def agreed(assessment: Assessment, instrument: Instrument) -> dict[str, str]:
    """The items on which at least two opinions say the same and none says otherwise."""
    return {one.item: one.voices[0].written for one in spreads_of(assessment, instrument) if one.unanimous}


def rater_of(assessment: Assessment, person_id: uuid.UUID) -> Rater | None:
    return Rater.objects.filter(assessment=assessment, person=person_id).select_related("assessment__firm").first()


def raters_of(assessment: Assessment) -> list[Rater]:
    return list(Rater.objects.filter(assessment=assessment).select_related("person").order_by("role", "pk"))


def opinions_of(rater: Rater) -> dict[str, str]:
    """What the rater has written so far, by item code."""
    return dict(Opinion.objects.filter(rater=rater).values_list("item", "written"))


def may_see_spread(assessment: Assessment, person_id: uuid.UUID) -> bool:
    """Whoever still has to answer alone does not see what the others answered."""
    return not Rater.objects.filter(assessment=assessment, person=person_id, finished_at=None).exists()
