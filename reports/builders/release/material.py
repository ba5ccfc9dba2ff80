"""What a dashboard is made of: protected releases, the instrument's words, published shares and names of groups."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.builders.language import Language
from reports.builders.wording import say
from scoring.engine.published import Indicator
from scoring.engine.release.groups import ALL, STANDARD, codes_of, group_of
from scoring.engine.release.populations import PopulationMargins
from scoring.engine.release.released import ProtectedGroup, ProtectedRelease
from surveys.instruments.model import Instrument

DIMENSIONS = STANDARD.dimensions
# Dimension -> code -> words, in the order in which they are listed.
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Facts:
    """Of the release itself; dates are ISO. ``owner`` is None for the open pool."""

    label: str
    as_of: str
    owner: str | None
    content_hash: str


@dataclass(frozen=True)
class Past:
    """One release of the series; ``comparable`` is False where its questions measure something else than before."""

    label: str
    as_of: str
    instrument: str
    release: ProtectedRelease
    comparable: bool = True


@dataclass(frozen=True)
class Material:
    """``names`` holds the words for codes of industry, size and region; ``series`` is oldest first, this one last.

    ``group`` is what is looked at; ``practice`` the id of the indicator that groups are compared by.
    """

    language: Language
    facts: Facts
    release: ProtectedRelease
    instrument: Instrument
    indicators: tuple[Indicator, ...]
    names: Names
    population: PopulationMargins | None = None
    series: tuple[Past, ...] = ()
    group: str = ALL
    practice: str = ""

    @property
    def shown(self) -> ProtectedGroup | None:
        return self.release.group(self.group)

    @property
    def level_codes(self) -> dict[str, str]:
        return {level.code: level.title.pick(self.language) for level in self.instrument.levels}

    def say(self, key: str, **values: str | int) -> str:
        return say(self.language, key, **values)

    def name_of(self, dimension: str, code: str) -> str:
        return code_words(self.names, self.language, dimension, code)

    def group_name(self, group: str) -> str:
        return group_words(self.names, self.language, group)

    def measure_name(self, node: str) -> str:
        """``index`` or the code of a dimension."""
        dimension = self.instrument.dimension_by_code.get(node)
        return self.say("rel_measure_index") if dimension is None else dimension.title.pick(self.language)

    @property
    def scored_dimensions(self) -> tuple[str, ...]:
        return tuple(code for code in self.instrument.dimension_by_code if f"dimension.{code}" in self.release.tables)

    def parts(self, dimension: str) -> tuple[tuple[str, ProtectedGroup], ...]:
        """Shown groups that split the present one by ``dimension``, as (code, group); empty where it is not split."""
        own = codes_of(self.group)
        if dimension in own:
            return ()
        codes = sorted({found for name in self.release.groups if (found := codes_of(name).get(dimension)) is not None})
        order = list(self.names.get(dimension, {}))
        codes.sort(key=lambda code: (order.index(code) if code in order else len(order), code))
        groups = [(code, self.release.group(named({**own, dimension: code}))) for code in codes]
        return tuple((code, group) for code, group in groups if group is not None)


def code_words(names: Names, language: Language, dimension: str, code: str) -> str:
    """A code that has no name stands for itself."""
    return names.get(dimension, {}).get(code, code) if code else say(language, "rel_unspecified")


def group_words(names: Names, language: Language, group: str) -> str:
    if group == ALL:
        return say(language, "rel_all")
    return " · ".join(code_words(names, language, dimension, code) for dimension, code in codes_of(group).items())


def named(codes: Mapping[str, str]) -> str:
    """The name of the group with these codes, whatever order they come in; "" is the code of "not specified"."""
    return group_of({dimension: codes[dimension] for dimension in DIMENSIONS if dimension in codes})
