"""What was computed from data, as far as a verdict about an answer needs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from scoring.engine.spc.figures import Figure


class Subject(StrEnum):
    """What an item asks about that measured data can speak to."""

    CAPABILITY = "capability"
    SPC = "spc"
    MEASUREMENT_SYSTEM = "measurement_system"
    COLLECTION = "collection"


class Order(StrEnum):
    """How far the order of the values is that of time."""

    TIME = "time"
    TIES = "ties"
    CONFIRMED = "confirmed"
    BACKWARDS = "backwards"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """A control chart: ``flagged`` of ``points`` have signals, ``beyond`` of them outside the control limits.

    ``reacted`` counts flagged points with a noted reaction and is None where no reactions are on file.
    ``backwards_at`` is the row of the file where times run backwards.
    """

    order: Order
    points: int
    flagged: int
    beyond: int
    reacted: int | None = None
    subgrouped: bool = False
    planned: bool = False
    reaction_planned: bool = False
    backwards_at: int | None = None


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """Measured values of one characteristic. ``ppk`` is the one that suits their distribution, None if none fits."""

    n: int
    value: float
    ppk: Figure | None
    chart: ChartFacts


@dataclass(frozen=True, slots=True)
class CountFacts:
    """Counted characteristics: a p, np, c or u chart."""

    chart: ChartFacts


@dataclass(frozen=True, slots=True)
class GaugeFacts:
    """A gauge study by analysis of variance. ``grr`` is in per cent, of the tolerance or of the study variation.

    ``low`` and ``high`` are its confidence limits, None in figures from before there were any. ``ndc`` is None where
    the gauge shows no variation at all.
    """

    parts: int
    appraisers: int
    trials: int
    grr: float
    low: float | None
    high: float | None
    of_tolerance: bool
    ndc: int | None


@dataclass(frozen=True, slots=True)
class DeclaredStudies:
    """Measurement system studies that a file declares without the measurements behind them."""

    count: int


@dataclass(frozen=True, slots=True)
class InventoryFacts:
    """The list of quality data: the share captured automatically, 0 to 100, and whether the list is complete.

    ``known`` of ``measurements`` in QIF files name their device, and ``automatic`` of those measured by itself.
    ``hints`` from times and digits are keys of CAVEATS.
    """

    share: float
    complete: bool
    measurements: int = 0
    known: int = 0
    automatic: int = 0
    hints: tuple[str, ...] = ()


Facts: TypeAlias = ProcessFacts | CountFacts | GaugeFacts | DeclaredStudies | InventoryFacts
