"""A release in the database that was made of random firms, without counting any firm of the database."""

from django.utils import timezone

from firms.models import Organisation
from reports.builders.release.material import named
from scoring.engine.published import Indicator
from scoring.engine.release.layout import Variable, layout_for
from scoring.engine.release.released import (
    ProtectedGroup,
    ProtectedRelease,
    ReleasedReliability,
    ReleasedShare,
    tables_of,
)
from scoring.library import benchmark_get
from scoring.models import Release
from surveys.library import instrument_get


def figures(firms: int, label: str) -> ProtectedRelease:
    """Made-up figures in the form that a release of the blue book has: all firms, and small and large ones."""
    instrument, benchmark = instrument_get("bluebook"), benchmark_get("bluebook-figures")
    layout = layout_for(instrument, benchmark.indicators)
    groups = {
        "all": firms,
        named({"size": "small"}): firms // 2,
        named({"size": "large"}): firms // 3,
        named({"industry": "C36"}): firms // 3,
    }
    return ProtectedRelease(
        id=label,
        number=0,
        instrument=layout.instrument,
        share_threshold=5,
        distribution_threshold=10,
        noise_reach=5,
        noise_variance=2.16,
        tables=tables_of(layout),
        scales={scale.dimension: scale.items for scale in layout.scales},
        groups={
            name: group(name, count, label, layout.variables, benchmark.indicators, layout.measures)
            for name, count in groups.items()
        },
    )


def group(
    name: str,
    firms: int,
    label: str,
    variables: tuple[Variable, ...],
    indicators: tuple[Indicator, ...],
    nodes: tuple[str, ...],
) -> ProtectedGroup:
    """Each group leans another way, so that none can be taken for another."""
    lean = len(name) % 5 + 1
    return ProtectedGroup(
        name,
        firms,
        label,
        {one.id: ReleasedShare(firms, firms * lean // 8) for one in indicators},
        {one.id: spread(one, firms, lean) for one in variables if one.kind in ("distribution", "ticks")},
        dict.fromkeys(nodes, 30.0 + 5 * lean),
        {"RD": ReleasedReliability(0.82, 0.78, 0.86, firms // 5 * 5, (0.5, 0.6, 0.4, 0.55, 0.61, 0.47, 0.52))},
        label,
    )


def spread(variable: Variable, firms: int, lean: int) -> tuple[int, ...]:
    """A hump over the cells, whose place goes by ``lean``."""
    heights = [1 + max(0, 6 - abs(place - 2 * lean)) for place in range(len(variable.labels))]
    return tuple(firms * height // sum(heights) for height in heights)


def released_row(
    association: Organisation | None, *, firms: int = 300, label: str = "2026-11", number: int = 0, **fields: object
) -> Release:
    made = figures(firms, f"{label}-{number}")
    instrument, benchmark = instrument_get("bluebook"), benchmark_get("bluebook-figures")
    now = timezone.now()
    return Release.objects.create(
        association=association,
        instrument_code=instrument.code,
        instrument_version=instrument.version,
        instrument_hash=instrument.content_hash,
        benchmark_code=benchmark.code,
        benchmark_version=benchmark.version,
        label=made.id,
        number=number,
        as_of=now,
        state=Release.State.READY,
        requested_at=now,
        published_at=now,
        figures=made.to_dict(),
        content_hash=made.content_hash,
        **fields,
    )
