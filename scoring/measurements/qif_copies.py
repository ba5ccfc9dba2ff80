"""Finds results that are in the files twice, so that one part does not count as two.

Vendors hand out the same results with and without identifiers, alone and all in one file. By the standard the same
ThisResultsInstanceQPId means the same results, but real files reuse one for different data; so values must agree too.
Results of which one has no identifier are copies when all values agree and either a serial number that identifies the
part is the same or the whole file repeats the other; results taken at different times are none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from scoring.measurements.qif_model import Measurement, Part
from scoring.measurements.qif_rows import Row
from scoring.measurements.qif_source import QifSource

Place: TypeAlias = tuple[int, int]
Content: TypeAlias = tuple[tuple[str, str], ...]
Times: TypeAlias = tuple[float | None, ...]

# So many equal values in two whole files are no coincidence, even without a serial number.
_ENOUGH: Final = 5
# Originals remembered for one content. More would only matter for files made to be slow.
_REMEMBERED: Final = 8


@dataclass(slots=True)
class Copies:
    """Results to leave out, and for each of their measurements the key of the one that was kept."""

    dropped: set[Place] = field(default_factory=set)
    kept_for: dict[str, str] = field(default_factory=dict)
    reused_identifiers: int = 0


@dataclass(frozen=True, slots=True)
class _Set:
    place: Place
    qpid: str | None
    serial: str | None
    times: Times
    content: Content
    rows: tuple[Measurement, ...]

    @property
    def timed(self) -> bool:
        return any(each is not None for each in self.times)


@dataclass(slots=True)
class _Memory:
    """The results kept so far, found again by identifier, by part or by file, each together with their content."""

    whole_files: Mapping[int, int]
    _by_qpid: dict[tuple[str, Content], _Set] = field(default_factory=dict)
    _shelves: dict[tuple[object, ...], list[_Set]] = field(default_factory=lambda: defaultdict(list))

    def original(self, each: _Set) -> _Set | None:
        if each.qpid is not None and (each.qpid, each.content) in self._by_qpid:
            return self._by_qpid[each.qpid, each.content]
        # Results without times may be the same as those with any times.
        slots: tuple[object, ...] = (each.times, "untimed") if each.timed else ("any",)
        shelves = (
            self._shelves[*identity, each.content, slot] for identity in self._identities(each) for slot in slots
        )
        return next((other for shelf in shelves for other in shelf if _may_be_same(other, each)), None)

    def keep(self, each: _Set) -> None:
        if each.qpid is not None:
            self._by_qpid.setdefault((each.qpid, each.content), each)
        for identity in self._identities(each):
            for slot in ("any", each.times if each.timed else "untimed"):
                shelf = self._shelves[*identity, each.content, slot]
                if len(shelf) < _REMEMBERED and not any(_alike(other, each) for other in shelf):
                    shelf.append(each)

    def _identities(self, each: _Set) -> list[tuple[object, ...]]:
        identities: list[tuple[object, ...]] = [] if each.serial is None else [("part", each.serial)]
        if each.place[0] in self.whole_files:
            identities.append(("file", self.whole_files[each.place[0]]))
        return identities


def find_copies(sources: tuple[QifSource, ...], rows: Iterable[Row], parts: Mapping[str, Part]) -> Copies:
    """The copies among the results of all files; of each, the first in the order of the files is kept."""
    sets = _sets(sources, rows, parts)
    memory, copies = _Memory(_repeated_files(sets)), Copies()
    identifiers: Counter[str] = Counter()
    for each in sets:
        original = memory.original(each)
        if original is None:
            memory.keep(each)
            identifiers.update([each.qpid] if each.qpid else [])
        else:
            copies.dropped.add(each.place)
            copies.kept_for.update(_paired(each, original))
    copies.reused_identifiers = sum(count for count in identifiers.values() if count > 1)
    return copies


def _sets(sources: tuple[QifSource, ...], rows: Iterable[Row], parts: Mapping[str, Part]) -> list[_Set]:
    grouped: dict[Place, list[Measurement]] = defaultdict(list)
    for row in rows:
        grouped[row.position, row.results].append(row.measurement)
    return [_set(place, sources[place[0]].results[place[1]].qpid, found, parts) for place, found in grouped.items()]


def _set(place: Place, qpid: str | None, rows: list[Measurement], parts: Mapping[str, Part]) -> _Set:
    ordered = sorted(rows, key=lambda each: (each.characteristic, _content(each)))
    serials = {each.serial for each in rows if each.part in parts and parts[each.part or ""].identifies}
    times = tuple(each.time.seconds if each.time else None for each in ordered)
    content = tuple((each.characteristic, _content(each)) for each in ordered)
    return _Set(place, qpid, serials.pop() if len(serials) == 1 else None, times, content, tuple(ordered))


def _content(measurement: Measurement) -> str:
    return (measurement.text or "") if measurement.value is None else f"{measurement.value:.12g}"


def _repeated_files(sets: list[_Set]) -> dict[int, int]:
    """Files that hold exactly the same sets of results as another, each with the first such file."""
    files: dict[int, list[Content]] = defaultdict(list)
    for each in sets:
        files[each.place[0]].append(each.content)
    alike: dict[tuple[Content, ...], list[int]] = defaultdict(list)
    for position, contents in files.items():
        if sum(len(each) for each in contents) >= _ENOUGH:
            alike[tuple(sorted(contents))].append(position)
    return {position: positions[0] for positions in alike.values() for position in positions if len(positions) > 1}


def _may_be_same(one: _Set, other: _Set) -> bool:
    """Two identifiers that differ tell results apart, and so does standing in one file."""
    return one.place[0] != other.place[0] and (one.qpid is None or other.qpid is None)


def _alike(one: _Set, other: _Set) -> bool:
    return one.place[0] == other.place[0] and (one.qpid is None) == (other.qpid is None)


def _paired(copy: _Set, original: _Set) -> dict[str, str]:
    return {mine.key: theirs.key for mine, theirs in zip(copy.rows, original.rows, strict=True)}
