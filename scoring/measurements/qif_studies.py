"""Studies and declared statistics of all files, with the measurements they name looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.measurements.qif_join import CharacteristicIndex, Library, key
from scoring.measurements.qif_model import DeclaredStatistics, Study
from scoring.measurements.qif_source import Link, RawMeasurement, RawStatistics, RawStudy


def study_key(position: int, raw: RawStudy) -> str:
    """A key that also names kind and role, because QIF 2.0 gives a plan and its results the same id."""
    return key(position, f"{raw.kind}-{raw.role}/{raw.id}")


@dataclass(slots=True)
class StudyMaker:
    """``kept_for`` leads from the measurements of left-out copies to those that were kept."""

    library: Library
    index: CharacteristicIndex
    kept_for: Mapping[str, str]
    characteristic_of: Mapping[str, str]
    _measurements: list[Mapping[str, RawMeasurement]] = field(default_factory=list)
    _plans: list[Mapping[str, dict[str, RawStudy]]] = field(default_factory=list)
    _of_kind: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for position, source in enumerate(self.library.sources):
            self._measurements.append({raw.id: raw for raw in source.measurements})
            plans: dict[str, dict[str, RawStudy]] = defaultdict(dict)
            for study in source.studies:
                if study.role == "plan":
                    plans[study.kind].setdefault(study.id, study)
            self._plans.append(plans)
            for item in source.items.values():
                self._of_kind[position, item.kind].add(self.index.of_item[position, item.id])

    def studies(self) -> tuple[Study, ...]:
        """Every study once; a repeated file repeats its studies under the same identifier."""
        found: dict[object, Study] = {}
        for position, source in enumerate(self.library.sources):
            for raw in source.studies:
                content = (raw.qpid, raw.kind, raw.role, str(raw.counts), str(raw.thresholds))
                found.setdefault(content if raw.qpid else (position, id(raw)), self._study(position, raw))
        return tuple(found.values())

    def declared(self) -> tuple[DeclaredStatistics, ...]:
        """Every declaration once; two with the same data and the same figures are one."""
        found: dict[object, DeclaredStatistics] = {}
        for position, source in enumerate(self.library.sources):
            for raw in source.statistics:
                each = self._declaration(position, raw)
                data = (each.characteristic, each.subgroups, each.subgroup_values)
                content = (each.study_kind, *data, str(each.values)) if any(data[1:]) else (position, id(raw))
                found.setdefault(content, each)
        return tuple(found.values())

    def _study(self, position: int, raw: RawStudy) -> Study:
        plan, owner = self._plan(position, raw), study_key(position, raw)
        return Study(
            key=owner,
            kind=raw.kind,
            role=raw.role,
            name=raw.name,
            status=raw.status,
            plan=study_key(*plan) if plan else None,
            devices=self.index.devices(position, raw.devices, owner),
            counts=raw.counts,
            thresholds=raw.thresholds,
            rules=raw.rules,
            corrective_plan=key(position, raw.corrective_plan.id) if raw.corrective_plan else None,
            in_spec_ratio=raw.in_spec_ratio,
        )

    def _plan(self, position: int, raw: RawStudy) -> tuple[int, RawStudy] | None:
        """The plan that results name, else the only plan of their kind in their file."""
        if raw.role == "plan":
            return None
        shelves: list[Mapping[str, RawStudy]] = [plans.get(raw.kind, {}) for plans in self._plans]
        if raw.plan is not None:
            return self.library.find(position, raw.plan, shelves, study_key(position, raw), "plan")
        own = shelves[position]
        return (position, next(iter(own.values()))) if len(own) == 1 else None

    def _declaration(self, position: int, raw: RawStatistics) -> DeclaredStatistics:
        study = self.library.sources[position].studies[raw.study]
        plan, owner = self._plan(position, study), study_key(position, study)
        groups = tuple(self._keys(position, group, owner) for group in raw.subgroups)
        first = next((each for group in groups for each in group), None)
        return DeclaredStatistics(
            study=owner,
            study_kind=study.kind,
            characteristic=self.characteristic_of[first] if first else self._only_of_kind(position, raw.kind),
            block=raw.block,
            unit=raw.unit,
            values=raw.values,
            thresholds=plan[1].thresholds if plan else {},
            grouped=raw.grouped,
            subgroups=groups,
            subgroup_values=raw.subgroup_values,
            excluded=self._keys(position, raw.excluded, owner),
        )

    def _keys(self, position: int, links: tuple[Link, ...], owner: str) -> tuple[str, ...]:
        found = (self.library.find(position, each, self._measurements, owner, "measurement") for each in links)
        keys = (key(each[0], each[1].id) for each in found if each)
        return tuple(self.kept_for.get(each, each) for each in keys)

    def _only_of_kind(self, position: int, kind: str) -> str | None:
        """Statistics without measurements name no characteristic; it is clear only if one of the kind exists."""
        places = self._of_kind.get((position, kind), set())
        return next(iter(places)) if len(places) == 1 else None
