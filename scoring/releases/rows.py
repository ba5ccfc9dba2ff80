"""From stored snapshots to the columns that are tallied: no query and no rule a firm."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import OuterRef, Q, QuerySet, Subquery
from numpy.typing import NDArray

from firms.later import later
from firms.models import Grant, Organisation
from scoring.engine.evidence.subjects import evidenced_items
from scoring.engine.placement import place
from scoring.engine.published import Indicator
from scoring.engine.release.layout import NO_EVIDENCE, VERDICTS
from scoring.engine.release.noise import record_key, unit_key
from scoring.engine.release.tallying import Rows
from scoring.engine.scorer import score
from scoring.engine.spc.verdict import Outcome
from surveys.instruments.answers import AnswerTable, Column
from surveys.instruments.branching import with_branching
from surveys.instruments.coding import NOT_YET, Coded, code_answer
from surveys.instruments.model import Instrument, Item
from surveys.models import Assessment

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")

# The order is that of the query's columns.
PROFILE = ("industry", "size", "region")
# Assessment -> item -> verdict, for those that have data.
Frozen = Mapping[UUID, Mapping[str, Outcome]]


class Line(NamedTuple):
    """One assessment; ``answers`` in the order of the instrument's items, "" where there is none.

    ``since`` is None where no release has counted it yet.
    """

    id: UUID
    firm: UUID
    answers: tuple[str, ...]
    industry: str
    size: str
    region: str
    since: int | None
    enterprise: UUID | None


def lines_of(instrument: Instrument, assessments: QuerySet[Assessment], as_of: datetime) -> list[Line]:
    """The snapshots of these assessments, with the enterprise group that the firm had let in at that time, if any."""
    groups = Grant.objects.filter(
        Q(revoked_at=None) | Q(revoked_at__gt=as_of),
        firm=OuterRef("firm"),
        organisation__kind=Organisation.Kind.GROUP,
        starts_at__lte=as_of,
        ends_at__gt=as_of,
    ).order_by("organisation")
    values = assessments.annotate(enterprise=Subquery(groups.values("organisation")[:1])).values_list(
        "pk",
        "firm_id",
        "snapshot__answers",
        "snapshot__industry",
        "snapshot__size",
        "snapshot__region",
        "counted__since",
        "enterprise",
    )
    codes = [item.code for item in instrument.items]
    return [
        Line(id_, firm, in_order(codes, answers), *others)
        for id_, firm, answers, *others in values.iterator(chunk_size=5000)
    ]


def in_order(codes: Sequence[str], answers: Mapping[str, str]) -> tuple[str, ...]:
    """Each different answer is kept once: a dictionary a firm would take thirty times the room."""
    return tuple(intern(answers.get(code, "")) for code in codes)


def rows_of(
    instrument: Instrument,
    indicators: Sequence[Indicator],
    lines: Sequence[Line],
    verdicts: Frozen,
    *,
    secret: bytes,
    number: int,
) -> Rows:
    """Columns over the lines, in their order. ``number`` is the release's, for those not counted before."""
    answers = answer_table(instrument, [line.answers for line in lines])
    return Rows(
        codes={name: np.array([getattr(line, name) for line in lines], object) for name in PROFILE},
        answers=with_branching(instrument, answers),
        scores=score(instrument, answers),
        placements=place(instrument, indicators, answers, [line.size or None for line in lines]),
        record_keys=np.array([record_key(secret, str(line.id)) for line in lines], np.int64),
        unit_keys=np.array([unit_key(secret, str(line.enterprise or line.firm)) for line in lines], np.uint64),
        since=np.array([number if line.since is None else line.since for line in lines], np.int64),
        evidence=evidence_columns(evidenced_items(instrument), lines, verdicts),
    )


def evidence_columns(items: Sequence[str], lines: Sequence[Line], verdicts: Frozen) -> dict[str, NDArray[np.int64]]:
    """Each firm's place in ``VERDICTS``, item by item; few firms have data, so only these are looked at."""
    columns = {item: np.full(len(lines), VERDICTS.index(NO_EVIDENCE), np.int64) for item in items}
    for row, line in enumerate(lines):
        for item, outcome in verdicts.get(line.id, {}).items():
            if item in columns:
                columns[item][row] = VERDICTS.index(outcome)
    return columns


def answer_table(instrument: Instrument, rows: Sequence[Sequence[str]]) -> AnswerTable:
    """Columns from many firms' written answers, in the order of the items: each different answer is read once."""
    columns = {item.code: column_of(item, [row[place] for row in rows]) for place, item in enumerate(instrument.items)}
    return AnswerTable(len(rows), columns)


def column_of(item: Item, written: list[str]) -> Column:
    places, known = pd.factorize(np.array(written, object))
    coded: list[Any] = [code_answer(item, one) if one else NOT_YET for one in known]
    code = np.array([one.code for one in coded], np.uint8)[places] if coded else np.zeros(0, np.uint8)
    if not item.is_numeric and item.kind != "multi":
        return Column(code)
    number = np.array([number_of(item, one) for one in coded], float)
    return Column(code, number[places] if coded else np.zeros(0))


def number_of(item: Item, coded: Coded) -> float:
    """A multi item's mask is 0 where nothing is ticked; a number that is absent is NaN."""
    return float(np.nan_to_num(coded.number)) if item.kind == "multi" else coded.number
