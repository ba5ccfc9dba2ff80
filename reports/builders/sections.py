"""The sections of a report that a reader may choose; cover, method and provenance are in every report."""

from collections.abc import Iterable

# In reading order. What stands under a name is documented in docs/reports.md.
SECTIONS = ("summary", "dimensions", "benchmarks", "peers", "evidence", "charts", "next", "comments", "derivations")

# The parts of the stored model that belong to one section alone: a JSON export leaves them out with it.
PARTS: dict[str, tuple[str, ...]] = {
    "dimensions": ("dimensions", "differing", "history"),
    "benchmarks": ("indicators", "distributions", "statistics"),
    "peers": ("peers",),
    "evidence": ("evidence",),
    "charts": ("measured",),
    "next": ("strengths", "gaps", "next_steps", "next_level"),
    "comments": ("comments",),
    "derivations": ("derivations",),
}


def normalised(chosen: Iterable[str]) -> tuple[str, ...]:
    """The sections in reading order, each once; all of them, like none, is the whole report and comes to ``()``.

    Raises:
        ValueError: a name that is no section.
    """
    wanted = set(chosen)
    unknown = sorted(wanted.difference(SECTIONS))
    if unknown:
        raise ValueError(f"no such section: {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    ordered = tuple(name for name in SECTIONS if name in wanted)
    return () if ordered == SECTIONS else ordered


def without(section: str, chosen: Iterable[str]) -> tuple[str, ...]:
    """The choice less one section. Where that leaves nothing it is all the others, never the whole report again."""
    kept = set(chosen or SECTIONS) - {section}
    return normalised(kept or set(SECTIONS) - {section})


def shown(sections: tuple[str, ...]) -> frozenset[str]:
    """The names of the sections that a report with this choice shows."""
    return frozenset(sections or SECTIONS)


def left_out(sections: tuple[str, ...]) -> frozenset[str]:
    """The parts of the model that a report with this choice does not tell."""
    absent = set(SECTIONS) - shown(sections)
    return frozenset(part for name in absent for part in PARTS.get(name, ()))
