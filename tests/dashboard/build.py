"""Releases of random firms as the dashboard is given them, without a database."""

from dataclasses import replace
from functools import cache

from reports.builders.language import Language
from reports.builders.release.material import Facts, Material, Past
from scoring.engine.release.groups import STANDARD
from scoring.engine.release.populations import Cell, PopulationMargins
from scoring.engine.release.protection import ReleaseName, protect
from scoring.engine.release.released import ProtectedGroup, ProtectedRelease, ReleasedShare
from scoring.engine.release.thresholds import Thresholds
from tests.release.build import INDICATORS, NOISE, SOURCE, TINY, WORDS, random_firms, tallies_of

NAMES = {"size": {"micro": "Micro", "small": "Small", "medium": "Medium", "large": "Large"}}
CELLS = (Cell({"size": ("large",)}, 0.02), Cell({"size": ("medium",)}, 0.12), Cell({"size": ("small", "micro")}, 0.86))
POPULATION = PopulationMargins("p", "1", WORDS, ("size",), CELLS, SOURCE, "primary", None, "h")


@cache
def released(seed: int = 3, n: int = 400, label: str = "2026-11") -> ProtectedRelease:
    firms = random_firms(seed, n, sizes=4, skew=8.0)
    return protect(tallies_of(firms), STANDARD, Thresholds(5, 10), NOISE, ReleaseName(label, 0), None).release


def material(release: ProtectedRelease | None = None, language: Language = "en", **changes: object) -> Material:
    release = release or released()
    made = Material(
        language=language,
        facts=Facts(release.id, "2026-11-24", None, release.content_hash),
        release=release,
        instrument=TINY,
        indicators=INDICATORS,
        names=NAMES,
        population=POPULATION,
        series=(Past(release.id, "2026-11-24", "1.0.0", release),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def with_share(reached: int, of: int, sizes: dict[str, tuple[int, int]] | None = None) -> ProtectedRelease:
    """A release in which all firms, and those of each size, show this share (reached, of) of indicator ``I``."""
    groups = {"all": (reached, of), **{f"size={size}": share for size, share in (sizes or {}).items()}}
    shown = {
        name: ProtectedGroup(name, whole, "2026-11", {"I": ReleasedShare(whole, part)})
        for name, (part, whole) in groups.items()
    }
    return replace(released(), groups=shown, noise_variance=0.0)
