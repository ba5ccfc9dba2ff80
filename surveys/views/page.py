"""One page of the questionnaire: what stands on it, before anything is drawn."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from firms.gate import Right, firms_visible
from firms.models import Person
from surveys.conditions import conditions, scales
from surveys.forms import ItemForm
from surveys.instruments.model import Dimension, Instrument, Item
from surveys.models import Answer, Assessment
from surveys.requests import language, person_of
from surveys.selectors import (
    Part,
    Progress,
    answers_of,
    asked_items,
    assessment_fetch,
    assessment_instrument,
    parts_of,
    whole_progress,
    written_before,
)
from surveys.selectors.evidence import evidence_counts
from surveys.selectors.opinions import Spread, may_see_spread, spreads_of
from surveys.selectors.together import open_comments, others_here


@dataclass(frozen=True)
class Page:
    """The assessment, the dimension that is shown, and what was answered so far."""

    assessment: Assessment
    instrument: Instrument
    dimension: Dimension
    answers: dict[str, Answer]

    @property
    def neighbours(self) -> tuple[str | None, str | None]:
        codes = [dimension.code for dimension in self.instrument.dimensions]
        here = codes.index(self.dimension.code)
        return (codes[here - 1] if here else None, codes[here + 1] if here + 1 < len(codes) else None)


@dataclass(frozen=True)
class Row:
    """One item as the page shows it: its form, and what stands around it."""

    form: ItemForm
    asked: bool
    before: str | None
    comments: int
    files: int
    spread: Spread | None
    conflict: Mapping[str, Any] | None = None


def page_fetch(person: Person, assessment_id: object, code: str) -> Page:
    """Http404 unless the person may answer and the instrument has the dimension."""
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    instrument = assessment_instrument(found)
    if code not in instrument.dimension_by_code:
        raise Http404
    return Page(found, instrument, instrument.dimension_by_code[code], answers_of(found))


def item_forms(page: Page, data: Mapping[str, Any] | None) -> list[ItemForm]:
    return [ItemForm(item, language(), answer=page.answers.get(item.code), data=data) for item in page.dimension.items]


def item_or_404(instrument: Instrument, code: str) -> Item:
    if code not in instrument.item_by_code:
        raise Http404
    return instrument.item(code)


def part_context(
    request: HttpRequest, page: Page, forms: list[ItemForm], conflicts: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    person = person_of(request)
    parts = parts_of(page.instrument, page.answers)
    whole = whole_progress(parts)
    back, onward = page.neighbours
    return {
        "assessment": page.assessment,
        "instrument": page.instrument,
        "dimension": page.dimension,
        "rows": _rows(page, forms, person, conflicts),
        "parts": parts,
        "progress": whole,
        "minutes_left": minutes_left(page.instrument, whole),
        "back": back,
        "onward": onward,
        "others": others_here(page.assessment, person, timezone.now()),
        "may_manage": firms_visible(person, Right.MANAGE).filter(pk=page.assessment.firm_id).exists(),
        "mirror": mirror(page, parts),
        "language": language(),
    }


def _rows(page: Page, forms: list[ItemForm], person: Person, conflicts: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    asked = {item.code for item in asked_items(page.instrument, page.answers)}
    before = written_before(page.assessment)
    comments, files = open_comments(page.assessment), evidence_counts(page.assessment)
    visible = may_see_spread(page.assessment, person.pk)
    spreads = {one.item: one for one in spreads_of(page.assessment, page.instrument)} if visible else {}
    return [
        Row(
            form=form,
            asked=form.item.code in asked,
            before=before.get(form.item.code),
            comments=comments[form.item.code],
            files=files[form.item.code],
            spread=spreads.get(form.item.code),
            conflict=conflicts.get(form.item.code),
        )
        for form in forms
    ]


def minutes_left(instrument: Instrument, progress: Progress) -> int:
    """Whole minutes, rounded up: the instrument's own estimate, shared out evenly over its items."""
    return -(-instrument.minutes * progress.left // len(instrument.items))


def mirror(page: Page, parts: list[Part]) -> str:
    """What the page needs to know to count and to hide items without the server, as JSON."""
    return json.dumps(
        {
            "minutes": page.instrument.minutes,
            "parts": {part.dimension.code: [item.code for item in part.dimension.items] for part in parts},
            "answers": {code: answer.written for code, answer in page.answers.items() if answer.written},
            "conditions": conditions(page.instrument),
            "scales": scales(page.instrument),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
