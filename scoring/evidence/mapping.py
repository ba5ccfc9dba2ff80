"""What the columns of a file are, as confirmed by a person: with the files, all that a computation needs."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, TypeAlias

from scoring.engine.evidence.inventory import DataRow, Way
from scoring.engine.spc.capability import Limits
from scoring.measurements.measured import Wanted
from scoring.measurements.table import Mark

ChartKind: TypeAlias = Literal["p", "np", "c", "u"]


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """How the order of the rows is known, and where reactions to signals are noted; "" for no such column."""

    time: str = ""
    in_order: bool = False
    reaction: str = ""
    sheet: str = ""
    decimal: Mark | None = None


@dataclass(frozen=True, kw_only=True)
class StudyMapping(Ordered):
    """Measured values. ``stated_cpk`` and ``stated_ppk`` are what a report of the firm says about the same values."""

    columns: tuple[str, ...]
    unit: str = ""
    lsl: float | None = None
    usl: float | None = None
    target: float | None = None
    subgroup: str = ""
    subgroup_size: int | None = None
    rules: str = "western-electric"
    stated_cpk: float | None = None
    stated_ppk: float | None = None

    @property
    def limits(self) -> Limits:
        return Limits(self.lsl, self.usl, self.target)

    @property
    def wanted(self) -> Wanted:
        return Wanted(tuple(self.columns), self.subgroup or None, self.subgroup_size, self.sheet or None, self.decimal)


@dataclass(frozen=True, kw_only=True)
class CountsMapping(Ordered):
    """Counts, one row a sample; sizes come from a column or are all ``size``. A c chart needs neither."""

    kind: ChartKind
    counts: str
    sizes: str = ""
    size: float | None = None


@dataclass(frozen=True, kw_only=True)
class GaugeMapping:
    """A crossed gauge study, one row a measurement. ``tolerance`` is USL - LSL."""

    values: str
    part: str
    appraiser: str
    tolerance: float | None = None
    sheet: str = ""
    decimal: Mark | None = None


@dataclass(frozen=True, kw_only=True)
class InventoryMapping:
    """The list of quality data. ``complete`` says that it names all data of the main products."""

    rows: tuple[DataRow, ...]
    complete: bool = False


Mapping: TypeAlias = StudyMapping | CountsMapping | GaugeMapping | InventoryMapping
KINDS: dict[str, type[Mapping]] = {
    "study": StudyMapping,
    "counts": CountsMapping,
    "gauge": GaugeMapping,
    "inventory": InventoryMapping,
}


def method_of(mapping: Mapping) -> str:
    """The key of KINDS."""
    return next(name for name, kind in KINDS.items() if isinstance(mapping, kind))


def to_json(mapping: Mapping) -> dict[str, Any]:
    return asdict(mapping)


def from_json(method: str, data: dict[str, Any]) -> Mapping:
    """What ``to_json`` wrote; keys of another version are passed over."""
    kind = KINDS[method]
    known = {one.name for one in fields(kind)}
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in known
    }
    if kind is InventoryMapping:
        given["rows"] = tuple(DataRow(**{**row, "way": Way(row["way"])}) for row in data["rows"])
    return kind(**given)
