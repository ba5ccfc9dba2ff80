"""From the answers and scores of some firms to their tallies, in columns: no Python loop per firm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from firms.later import later
from scoring.engine.placement import Placement
from scoring.engine.release.groups import Leaf, Places
from scoring.engine.release.layout import (
    COUNT,
    DISTRIBUTION,
    SCORE_BINS,
    SHARE_BINS,
    TICKS,
    Layout,
    Scale,
    Variable,
)
from scoring.engine.release.tallies import PER_POINT, Cells, Tallies
from scoring.engine.release.units import distinct
from scoring.engine.scorer import ScoreTable
from surveys.instruments.answers import NO_ANSWER, AnswerTable, Column
from surveys.instruments.model import Instrument

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """One partition of a release: a firm a row, shape (n,).

    ``answers`` must have gone through ``with_branching``; ``scores`` must hold the items if reliability is wanted;
    ``codes`` holds each dimension's codes as strings, "" where not specified; ``record_keys`` are 0 to 255 and
    ``unit_keys`` 64-bit keys of the enterprise group (of the firm itself where it belongs to none); ``since`` is the
    number of the first release that held this assessment, unchanged and in this leaf, counted from 0. ``evidence``
    holds for each evidenced item of the layout the firm's place in ``VERDICTS``, as frozen with the assessment.
    """

    codes: Mapping[str, NDArray[np.object_]]
    answers: AnswerTable
    scores: ScoreTable
    placements: Mapping[str, Placement]
    record_keys: NDArray[np.int64]
    unit_keys: NDArray[np.uint64]
    since: NDArray[np.int64]
    evidence: Mapping[str, Places] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cutting:
    """Which of the ``leaves`` leaves each firm is in; firms whose assessment is not complete count nowhere."""

    counted: Flags
    leaf: Places
    leaves: int
    record_keys: Numbers

    def table(self, cell: Places, width: int) -> tuple[Cells, Cells]:
        """Firms and summed record keys in each cell of each leaf; a ``cell`` of -1 is none."""
        inside = cell >= 0
        flat = (self.leaf * width + cell)[inside]
        shape = (self.leaves, width)
        counts = np.bincount(flat, minlength=self.leaves * width).reshape(shape)
        # Sums of whole numbers below 2^53 are exact in floating point.
        keys = np.bincount(flat, self.record_keys[inside], minlength=self.leaves * width).reshape(shape)
        return counts.astype(np.int64), keys.astype(np.int64)

    def total(self, values: Cells) -> Cells:
        """Sums of whole numbers over each leaf; ``values`` has a row for each counted firm."""
        found = np.zeros((self.leaves, values.shape[1]), np.int64)
        for column in range(values.shape[1]):
            np.add.at(found[:, column], self.leaf, values[:, column])
        return found


def tally(layout: Layout, instrument: Instrument, dimensions: tuple[str, ...], rows: Rows) -> Tallies:
    """The tallies of these firms. ``dimensions`` name the codes that make a leaf, in order."""
    leaves, cutting = cut(dimensions, rows)
    counts = np.zeros((cutting.leaves, layout.width), np.int64)
    keys = np.zeros_like(counts)
    for variable in layout.variables:
        counts[:, variable.columns], keys[:, variable.columns] = variable_cells(variable, instrument, rows, cutting)
    sums, squares = measure_sums(layout, rows, cutting)
    moments = [cutting.total(scale_moments(scale, rows, cutting.counted)) for scale in layout.scales]
    since, _ = cutting.table(rows.since[cutting.counted], int(rows.since.max(initial=-1)) + 1)
    return Tallies(
        layout,
        dimensions,
        leaves,
        counts,
        keys,
        sums,
        squares,
        np.concatenate(moments, axis=1) if moments else np.zeros((cutting.leaves, 0), np.int64),
        since,
        distinct(cutting.leaf, rows.unit_keys[cutting.counted]),
    )


def cut(dimensions: tuple[str, ...], rows: Rows) -> tuple[tuple[Leaf, ...], Cutting]:
    """The sorted leaves that occur, and every counted firm's leaf."""
    counted = rows.scores.complete
    number = np.zeros(int(counted.sum()), np.int64)
    names: list[NDArray[np.object_]] = []
    for dimension in dimensions:
        code, known = pd.factorize(np.asarray(rows.codes[dimension], object)[counted], sort=True)
        number = number * max(1, len(known)) + code
        names.append(np.asarray(known, object))
    occurring, leaf = np.unique(number, return_inverse=True)
    sizes = [max(1, len(one)) for one in names]
    axes = np.unravel_index(occurring, sizes) if dimensions else ()
    leaves = tuple(
        tuple(str(one[axis[place]]) for one, axis in zip(names, axes, strict=True)) for place in range(len(occurring))
    )
    keys = rows.record_keys[counted].astype(np.float64)
    return leaves, Cutting(counted, leaf.astype(np.int64), len(leaves), keys)


def variable_cells(variable: Variable, instrument: Instrument, rows: Rows, cutting: Cutting) -> tuple[Cells, Cells]:
    """Counts and key sums of one variable over the leaves."""
    width = len(variable.labels)
    if variable.kind == COUNT:
        return cutting.table(np.zeros(len(cutting.leaf), np.int64), 1)
    kind, _, name = variable.id.partition(".")
    if kind == "indicator":
        return indicator_cells(rows.placements[name].reached[cutting.counted], cutting)
    if variable.kind == TICKS:
        return tick_cells(rows.answers[name], width, cutting)
    if kind == "item":
        cells = item_cells(rows.answers[name], instrument.item(name).kind, width)
    elif kind == "level":
        cells = np.where(rows.scores.level == 0, width - 1, rows.scores.level.astype(np.int64) - 1)
    elif kind == "evidence":
        cells = rows.evidence[name]
    else:
        cells = score_cells(rows.scores.nodes[name or kind])
    assert variable.kind == DISTRIBUTION  # noqa: S101 - all other kinds have been dealt with
    return cutting.table(cells[cutting.counted], width)


def indicator_cells(reached: Numbers, cutting: Cutting) -> tuple[Cells, Cells]:
    """Firms that an indicator applies to, and those of them that reach it."""
    applies = cutting.table(np.where(np.isnan(reached), -1, 0), 1)
    met = cutting.table(np.where(reached == 1, 0, -1), 1)
    return np.concatenate([applies[0], met[0]], axis=1), np.concatenate([applies[1], met[1]], axis=1)


def score_cells(scores: Numbers) -> Places:
    """The bin of each score, the last for no score."""
    with np.errstate(invalid="ignore"):
        bins = np.minimum(scores // (100 // len(SCORE_BINS)), len(SCORE_BINS) - 1)
    return np.where(np.isnan(scores), len(SCORE_BINS), bins).astype(np.int64)


def item_cells(column: Column, kind: str, width: int) -> Places:
    """The cell of each answer: its option or bin, then the five kinds of no answer."""
    code = column.code.astype(np.int64)
    answer = code
    if kind == "share" and column.number is not None:
        share = np.nan_to_num(column.number) // (100 // len(SHARE_BINS))
        answer = np.minimum(share, len(SHARE_BINS) - 1).astype(np.int64)
    elif column.number is not None:
        answer = np.zeros(len(code), np.int64)
    return np.where(column.answered, answer, width - 5 + code - NO_ANSWER - 1)


def tick_cells(column: Column, width: int, cutting: Cutting) -> tuple[Cells, Cells]:
    """Firms that ticked each option, firms that answered, and the kinds of no answer."""
    options = width - 6
    answered: Flags = np.asarray(column.code < NO_ANSWER)[cutting.counted]
    assert column.number is not None  # noqa: S101 - ticks are kept as bit masks
    mask = np.nan_to_num(column.number[cutting.counted]).astype(np.int64)
    ticked = [cutting.table(np.where(answered & (mask >> bit & 1 == 1), 0, -1), 1) for bit in range(options)]
    code = column.code[cutting.counted].astype(np.int64)
    ticked.append(cutting.table(np.where(answered, 0, code - NO_ANSWER), 6))
    return np.concatenate([one for one, _ in ticked], axis=1), np.concatenate([one for _, one in ticked], axis=1)


def in_units(scores: Numbers) -> Cells:
    """Scores in hundredths of a point, 0 where there is none."""
    return np.rint(np.nan_to_num(scores) * PER_POINT).astype(np.int64)


def measure_sums(layout: Layout, rows: Rows, cutting: Cutting) -> tuple[Cells, Cells]:
    """Sums and sums of squares of each measure, shape (leaves, measures)."""
    if not layout.measures:
        nothing = np.zeros((cutting.leaves, 0), np.int64)
        return nothing, nothing
    values = np.stack([in_units(rows.scores.nodes[node][cutting.counted]) for node in layout.measures], axis=1)
    return cutting.total(values), cutting.total(values * values)


def scale_moments(scale: Scale, rows: Rows, counted: Flags) -> Cells:
    """Each firm's part of a scale's moments; nothing where an item has no score."""
    scores = np.stack([rows.scores.items[item][counted] for item in scale.items], axis=1)
    whole: Flags = np.asarray(np.all(~np.isnan(scores), axis=1))
    items = in_units(scores) * whole[:, None]
    total = items.sum(axis=1)
    columns = [whole.astype(np.int64), total, total * total]
    for place in range(items.shape[1]):
        columns += [items[:, place], items[:, place] ** 2, items[:, place] * total]
    return np.stack(columns, axis=1)
