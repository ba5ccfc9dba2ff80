"""A protected release as one tidy table: a row a figure. What is hidden has no row, exactly as what is not there."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from reports.builders.exports.table import CODED, NUMBER, Table, Variable
from scoring.engine.release.groups import codes_of
from scoring.engine.release.layout import FIRMS
from scoring.engine.release.released import ProtectedGroup, ProtectedRelease, shown_share

Say = Callable[[str], str]
KINDS = ("firms", "share", "distribution", "ticks", "mean", "quartile", "reliability")
SHOWN = ("about", "at_most", "at_least")
SIZES = ("micro", "small", "medium", "large")
QUARTILES = ("first", "second", "third")
COLUMNS = ("group", "industry", "size", "region", "figure", "variable", "cell", "firms", "value", "shown", "as_of")


def release_table(release: ProtectedRelease, say: Say, *, title: str, notes: tuple[str, ...] = ()) -> Table:
    """``say`` gives the text of a label's key in the reader's language (see the keys below)."""
    rows = [row for group in release.groups.values() for row in group_rows(release, group)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for name, known in (("figure", KINDS), ("size", SIZES), ("shown", SHOWN)):
        frame[name] = [known.index(value) + 1 if value in known else None for value in frame[name]]
    frame["firms"] = frame["firms"].astype("Int64")
    for name in ("figure", "size", "shown"):
        frame[name] = frame[name].astype("Int64")
    return Table(title, variables(say), frame, notes)


def variables(say: Say) -> tuple[Variable, ...]:
    def labels(prefix: str, known: tuple[str, ...]) -> Mapping[int, str]:
        return {place: say(f"{prefix}.{name}") for place, name in enumerate(known, 1)}

    coded = {"figure": labels("figure", KINDS), "size": labels("size", SIZES), "shown": labels("shown", SHOWN)}
    numbers = {"firms", "value"}
    return tuple(
        Variable(
            name, say(name), CODED if name in coded else NUMBER if name in numbers else "text", coded.get(name, {})
        )
        for name in COLUMNS
    )


def group_rows(release: ProtectedRelease, group: ProtectedGroup) -> Iterator[tuple[Any, ...]]:
    """Every figure that is shown of one group."""
    codes = codes_of(group.name)
    place = (group.name, codes.get("industry", ""), codes.get("size", ""), codes.get("region", ""))
    yield (*place, "firms", FIRMS, "", group.firms, float(group.firms), "about", group.as_of)
    for indicator, share in group.shares.items():
        told = share.shown
        if told is not None:
            yield (*place, "share", f"indicator.{indicator}", "", share.of, told.value, told.kind, group.as_of)
    for name, counts in group.distributions.items():
        yield from cells(release, group, place, name, counts)
    for node, mean in group.means.items():
        yield (*place, "mean", node, "", group.firms, mean, "about", group.as_of)
    for dimension, found in group.reliability.items():
        for cell, value in (("alpha", found.alpha), ("low", found.low), ("high", found.high)):
            yield (*place, "reliability", dimension, cell, found.firms, value, "about", group.as_of)


def cells(
    release: ProtectedRelease, group: ProtectedGroup, place: tuple[str, ...], name: str, counts: tuple[int, ...]
) -> Iterator[tuple[Any, ...]]:
    """The counts of one table as shares of its firms, never 0 or 100 %, and the quartiles of a score."""
    as_of, labels = group.distributions_as_of or group.as_of, release.tables[name]
    ticks = "answered" in labels and len(labels) > len(("answered",)) + 5
    whole = counts[labels.index("answered")] if ticks else sum(counts)
    for label, count in zip(labels, counts, strict=True):
        share = shown_share(min(count, whole), whole)
        if share is not None:
            yield (*place, "ticks" if ticks else "distribution", name, label, whole, share.value, share.kind, as_of)
    if name == "index" or name.startswith("dimension."):
        for part, value in zip(QUARTILES, group.quartiles(name) or (), strict=False):
            yield (*place, "quartile", name, part, whole, value, "about", as_of)
