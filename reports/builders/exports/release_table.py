"""A protected release as one tidy table: a row a figure. What is hidden has no row, exactly as what is not there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from firms.later import later
from reports.builders.exports.table import CODED, NUMBER, TEXT, Table, Term, Variable
from scoring.engine.release.groups import codes_of
from scoring.engine.release.layout import ANSWERED, FIRMS
from scoring.engine.release.released import ABOUT, ProtectedGroup, ProtectedRelease, shown_share

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")

Say = Callable[[str], str]
KINDS = ("firms", "share", "distribution", "ticks", "mean", "quartile", "reliability")
SHOWN = ("about", "at_most", "at_least")
SIZES = ("micro", "small", "medium", "large")
QUARTILES = ("first", "second", "third")
COLUMNS = ("group", "industry", "size", "region", "figure", "variable", "cell", "firms", "value", "shown", "as_of")


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of one table of one group, a row each; ``firms`` is what the values are shares or means of."""

    group: str
    figure: str
    variable: str
    cells: tuple[str, ...]
    firms: int
    values: tuple[float, ...]
    shown: tuple[str, ...]
    as_of: str


def release_table(
    release: ProtectedRelease,
    say: Say,
    *,
    title: str,
    notes: tuple[str, ...] = (),
    terms: tuple[Term, ...] = (),
    facts: Mapping[str, str] | None = None,
) -> Table:
    """``say`` gives the text of a label's key in the reader's language (see ``variables``)."""
    runs = [run for group in release.groups.values() for run in group_runs(release, group)]
    return Table(title, variables(say), frame_of(runs), notes, terms, facts or {})


def variables(say: Say) -> tuple[Variable, ...]:
    def labels(prefix: str, known: tuple[str, ...]) -> Mapping[int, str]:
        return {place: say(f"{prefix}.{name}") for place, name in enumerate(known, 1)}

    coded = {"figure": labels("figure", KINDS), "size": labels("size", SIZES), "shown": labels("shown", SHOWN)}
    kinds = dict.fromkeys(coded, CODED) | {"firms": NUMBER, "value": NUMBER}
    return tuple(Variable(name, say(name), kinds.get(name, TEXT), coded.get(name, {})) for name in COLUMNS)


def frame_of(runs: Sequence[Run]) -> "pd.DataFrame":
    """Texts as categories: a country's release has millions of rows, and few different words."""
    lengths = [len(run.cells) for run in runs]
    codes = {run.group: codes_of(run.group) for run in runs}

    def words(found: list[str]) -> object:
        return pd.Categorical(found).repeat(lengths)

    def numbers(found: list[int | None]) -> object:
        return pd.array(found, "Int64").repeat(lengths)

    return pd.DataFrame(
        {
            "group": words([run.group for run in runs]),
            "industry": words([codes[run.group].get("industry", "") for run in runs]),
            "size": numbers([position(SIZES, codes[run.group].get("size", "")) for run in runs]),
            "region": words([codes[run.group].get("region", "") for run in runs]),
            "figure": numbers([position(KINDS, run.figure) for run in runs]),
            "variable": words([run.variable for run in runs]),
            "cell": pd.Categorical(list(chain.from_iterable(run.cells for run in runs))),
            "firms": numbers([run.firms for run in runs]),
            "value": [value for run in runs for value in run.values],
            "shown": pd.array([position(SHOWN, one) for run in runs for one in run.shown], "Int64"),
            "as_of": words([run.as_of for run in runs]),
        }
    )


def position(known: Sequence[str], word: str) -> int | None:
    """The code of a word, counted from 1; None for any other."""
    return known.index(word) + 1 if word in known else None


def group_runs(release: ProtectedRelease, group: ProtectedGroup) -> Iterator[Run]:
    """Every figure that is shown of one group."""
    name, firms, as_of = group.name, group.firms, group.as_of
    yield Run(name, "firms", FIRMS, ("",), firms, (float(firms),), (ABOUT,), as_of)
    for indicator, share in group.shares.items():
        told = share.shown
        if told is not None:
            yield Run(name, "share", f"indicator.{indicator}", ("",), share.of, (told.value,), (told.kind,), as_of)
    for variable, counts in group.distributions.items():
        yield from table_runs(release, group, variable, counts)
    for node, mean in group.means.items():
        yield Run(name, "mean", node, ("",), firms, (mean,), (ABOUT,), as_of)
    for dimension, found in group.reliability.items():
        values = (found.alpha, found.low, found.high)
        yield Run(name, "reliability", dimension, ("alpha", "low", "high"), found.firms, values, (ABOUT,) * 3, as_of)


def table_runs(release: ProtectedRelease, group: ProtectedGroup, name: str, counts: tuple[int, ...]) -> Iterator[Run]:
    """The counts of one table as shares of its firms, never 0 or 100 %, and the quartiles of a score.

    Ticks may overlap: they are shares of those who answered; whether a firm answered is a table of its own.
    """
    as_of, labels = group.distributions_as_of or group.as_of, release.tables[name]
    ticks = labels.index(ANSWERED) if ANSWERED in labels else 0
    if ticks:
        yield from shares_run(group, "ticks", name, labels[:ticks], counts[:ticks], counts[ticks], as_of)
    yield from shares_run(group, "distribution", name, labels[ticks:], counts[ticks:], sum(counts[ticks:]), as_of)
    found = group.quartiles(name) if name == "index" or name.startswith("dimension.") else None
    if found is not None:
        yield Run(group.name, "quartile", name, QUARTILES, sum(counts), found, (ABOUT,) * 3, as_of)


def shares_run(
    group: ProtectedGroup,
    figure: str,
    name: str,
    labels: Sequence[str],
    counts: Sequence[int],
    whole: int,
    as_of: str,
) -> Iterator[Run]:
    """Nothing where nobody is left: noise may take the last firm."""
    told = [shown_share(min(count, whole), whole) for count in counts]
    shown = [one for one in told if one is not None]
    if shown:
        values, kinds = tuple(one.value for one in shown), tuple(one.kind for one in shown)
        yield Run(group.name, figure, name, tuple(labels), whole, values, kinds, as_of)
