"""Small releases for the tests: an instrument of a few items, random firms, and their tallies."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring.engine.placement import place
from scoring.engine.published import Indicator, Population, PublishedShare, Source
from scoring.engine.release.groups import STANDARD, Hierarchy
from scoring.engine.release.layout import VERDICTS, Layout, layout_for, measure_id
from scoring.engine.release.noise_design import designed
from scoring.engine.release.protection import Totals, totals_of
from scoring.engine.release.released import ProtectedGroup, ProtectedRelease, ReleasedShare
from scoring.engine.release.tallies import PER_POINT, Tallies
from scoring.engine.release.tallying import Rows, tally
from scoring.engine.scorer import score
from surveys.instruments.answers import AnswerTable, Column, State, code_of
from surveys.instruments.branching import with_branching
from surveys.instruments.predicates import predicate_from
from surveys.instruments.text import Text
from tests.engine.build import dimension, instrument, item

WORDS = Text("字", "words")
TINY = instrument(
    dimension("A", item("A-1"), item("A-2"), item("A-3")),
    dimension("B", item("B-1"), item("B-2", "yesno"), item("B-3", "multi", ("x", "y"), score=None)),
)
SOURCE = Source("s", WORDS, None, 2018, None, None)
NOISE = designed(5)
TWO_WAYS = Hierarchy(("industry", "size"), ((), ("size",), ("industry",), ("industry", "size")))


def indicator(id_: str = "I", item_code: str = "A-1", at_least: int = 4) -> Indicator:
    return Indicator(
        id_,
        WORDS,
        WORDS,
        published(0.16),
        predicate_from({"item": item_code, "at_least": at_least}),
        (),
        None,
        Population(WORDS, None, None),
        SOURCE,
        "secondary",
        None,
    )


def published(value: float, operator: str = "=", rounding: float = 0.0, as_printed: str = "") -> PublishedShare:
    return PublishedShare(value, operator, rounding, as_printed or f"{value:.1%}")


INDICATORS = (indicator("I", "A-1", 4), indicator("J", "B-1", 3))
EVIDENCED = ("A-1",)
LAYOUT = layout_for(TINY, INDICATORS, EVIDENCED)


@dataclass(frozen=True)
class Firms:
    """A population in columns; ``answers`` are codes, ``since`` the first release that held the firm so."""

    codes: dict[str, NDArray[np.object_]]
    answers: AnswerTable
    record_keys: NDArray[np.int64]
    unit_keys: NDArray[np.uint64]
    since: NDArray[np.int64]
    evidence: dict[str, NDArray[np.int64]]

    @property
    def size(self) -> int:
        return len(self.since)

    def taken(self, places: NDArray[np.int64]) -> "Firms":
        """Some of the firms, in this order."""
        columns = {
            name: Column(column.code[places], None if column.number is None else column.number[places])
            for name, column in self.answers.columns.items()
        }
        return Firms(
            {name: codes[places] for name, codes in self.codes.items()},
            AnswerTable(len(places), columns),
            self.record_keys[places],
            self.unit_keys[places],
            self.since[places],
            {item: verdicts[places] for item, verdicts in self.evidence.items()},
        )


def joined(first: Firms, second: Firms) -> Firms:
    columns = {
        name: Column(
            np.concatenate([column.code, second.answers[name].code]),
            None if column.number is None else np.concatenate([column.number, second.answers[name].number]),
        )
        for name, column in first.answers.columns.items()
    }
    return Firms(
        {name: np.concatenate([codes, second.codes[name]]) for name, codes in first.codes.items()},
        AnswerTable(first.size + second.size, columns),
        np.concatenate([first.record_keys, second.record_keys]),
        np.concatenate([first.unit_keys, second.unit_keys]),
        np.concatenate([first.since, second.since]),
        {item: np.concatenate([first.evidence[item], second.evidence[item]]) for item in first.evidence},
    )


def random_firms(
    seed: int, n: int, *, industries: int = 3, sizes: int = 3, regions: int = 2, since: int = 0, skew: float = 1.0
) -> Firms:
    """``n`` firms whose answers hang together through one hidden quality; small ``skew`` gives uneven groups."""
    rng = np.random.default_rng(seed)
    codes = {
        "industry": drawn(rng, [f"C{number}" for number in range(13, 13 + industries)], n, skew),
        "size": drawn(rng, ["micro", "small", "medium", "large"][:sizes], n, skew),
        "region": drawn(rng, [f"{number}" for number in range(31, 31 + regions)], n, skew),
    }
    quality = rng.normal(rng.normal(0, 0.8), 1, n)
    columns = {one.code: Column(*answered(rng, one, quality)) for one in TINY.items}
    return Firms(
        codes,
        AnswerTable(n, columns),
        rng.integers(0, 256, n),
        rng.integers(0, 1 << 63, n).astype(np.uint64),
        np.full(n, since, np.int64),
        {item: verdicts_drawn(seed, n) for item in EVIDENCED},
    )


def verdicts_drawn(seed: int, n: int) -> NDArray[np.int64]:
    """Most firms have no data, and few are contradicted; drawn apart, so that nothing else is drawn otherwise."""
    return np.random.default_rng([seed, n]).choice(len(VERDICTS), n, p=(0.6, 0.25, 0.05, 0.1))


def drawn(rng: np.random.Generator, names: list[str], n: int, skew: float) -> NDArray[np.object_]:
    return np.array(names, object)[rng.choice(len(names), n, p=rng.dirichlet([skew] * len(names)))]


def answered(rng, one, quality):  # type: ignore[no-untyped-def]
    """Codes (and bit masks for ticks) of one item; a few "not applicable", "don't know" and declined."""
    n, options = len(quality), len(one.options)
    liking = quality + rng.normal(0, 0.7, n)
    code = np.clip(np.floor((liking + 2) / 4 * options), 0, options - 1).astype(np.uint8)
    states = [code_of(state) for state in (State.NA, State.DK, State.DECLINE)]
    code = np.where(rng.random(n) < 0.06, rng.choice(states, n), code).astype(np.uint8)
    if one.kind != "multi":
        return code, None
    return np.where(code < 200, 0, code).astype(np.uint8), rng.integers(0, 1 << options, n).astype(float)


def rows_of(firms: Firms) -> Rows:
    asked = with_branching(TINY, firms.answers)
    return Rows(
        firms.codes,
        asked,
        score(TINY, firms.answers),
        place(TINY, INDICATORS, firms.answers, list(firms.codes["size"])),
        firms.record_keys,
        firms.unit_keys,
        firms.since,
        firms.evidence,
    )


def tallies_of(firms: Firms, hierarchy: Hierarchy = STANDARD, layout: Layout = LAYOUT) -> Tallies:
    return tally(layout, TINY, hierarchy.dimensions, rows_of(firms))


def with_since(firms: Firms, since: int) -> Firms:
    return replace(firms, since=np.full(firms.size, since, np.int64))


def a_year_later(firms: Firms, seed: int) -> Firms:
    """The firms of the next release: some gone, some that answered anew, some that joined; now and then only one."""
    rng = np.random.default_rng(seed)
    turnover = rng.choice([0, 1, 2, 4, 8, 20], 3)
    order = rng.permutation(firms.size)
    gone, anew = (min(int(many), firms.size // 3) for many in turnover[:2])
    kept = firms.taken(np.sort(order[gone + anew :]))
    fresh = random_firms(seed + 1, anew + int(turnover[2]), since=1)
    renewed = firms.taken(order[gone : gone + anew])
    codes = {name: np.concatenate([renewed.codes[name], fresh.codes[name][anew:]]) for name in fresh.codes}
    keys = fresh.unit_keys.copy()
    keys[:anew] = renewed.unit_keys
    return joined(kept, replace(fresh, codes=codes, unit_keys=keys))


def unguarded(firms: Firms, like: ProtectedRelease, *, thresholds: bool) -> ProtectedRelease:
    """The release without noise or freezing; without ``thresholds`` every group that has a firm shows every table."""
    totals = totals_of(tallies_of(firms), STANDARD)
    groups = {}
    for number, name in enumerate(totals.nest.groups):
        if thresholds and name not in like.groups:
            continue
        tables = not thresholds or like.groups[name].distributions_as_of is not None
        groups[name] = bare_group(totals, number, like.id, tables)
    return replace(like, groups=groups)


def bare_group(totals: Totals, place: int, release: str, tables: bool) -> ProtectedGroup:
    counts, layout = totals.counts[place], totals.layout
    shares = [one for one in layout.variables if one.kind == "share"]
    others = [one for one in layout.variables if one.kind in ("distribution", "ticks")] if tables else []
    scored = {node: int(counts[layout.by_id[measure_id(node)].columns][:-1].sum()) for node in layout.measures}
    means = {
        node: totals.sums[place, number] / PER_POINT / scored[node]
        for number, node in enumerate(layout.measures)
        if scored[node] and tables
    }
    return ProtectedGroup(
        totals.nest.groups[place],
        int(totals.census.n[place]),
        release,
        {one.id.removeprefix("indicator."): ReleasedShare(*(int(c) for c in counts[one.columns])) for one in shares},
        {one.id: tuple(int(count) for count in counts[one.columns]) for one in others},
        means,
        {},
        release if tables else None,
    )
