"""The one place where a chart's colours are chosen.

Every paint has a light and a dark value. A drawing carries the light value as a presentation attribute and the paint's
name as a class, so that paper needs nothing more and a dark page may repaint it from its own style sheet
(``dark_rules``). Blue against orange stays apart in every common colour-vision deficiency; text paints reach 4.5:1 on
their ground. Colour never speaks alone: a shape or a word says the same.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paint:
    """A colour with a role: ``light`` on white or paper, ``dark`` on a dark page, both ``#rrggbb``."""

    name: str
    light: str
    dark: str


INK = Paint("ink", "#17242f", "#e8edf0")
MUTED = Paint("muted", "#51606c", "#a9b6bf")
RULE = Paint("rule", "#cfd7dc", "#45525c")
TRACK = Paint("track", "#e9eef1", "#2a353d")
PAPER = Paint("paper", "#ffffff", "#1b242b")
ACCENT = Paint("accent", "#0b5c7a", "#67b7d4")
ACCENT_MID = Paint("accent-mid", "#5f9db4", "#3f86a1")
ACCENT_TINT = Paint("accent-tint", "#cfe2ea", "#22475a")
SIGNAL = Paint("signal", "#b9500b", "#f39a55")
SIGNAL_TINT = Paint("signal-tint", "#f6dcc7", "#5a3417")

PAINTS = (INK, MUTED, RULE, TRACK, PAPER, ACCENT, ACCENT_MID, ACCENT_TINT, SIGNAL, SIGNAL_TINT)

# Light to dark steps of one hue for ordered shares; each step is also separated by a white gap and carries a word.
STEPS = (
    Paint("step-1", "#dbe9ef", "#1f3a47"),
    Paint("step-2", "#a9cbd9", "#2c5a6e"),
    Paint("step-3", "#6aa5bb", "#357890"),
    Paint("step-4", "#2f7d9b", "#67b7d4"),
    Paint("step-5", "#0b4f6a", "#a8d8ea"),
)
STEP_INKS = (
    Paint("step-ink-1", "#17242f", "#e8edf0"),
    Paint("step-ink-2", "#17242f", "#e8edf0"),
    Paint("step-ink-3", "#17242f", "#ffffff"),
    Paint("step-ink-4", "#ffffff", "#0f1a21"),
    Paint("step-ink-5", "#ffffff", "#0f1a21"),
)


def paint(*, fill: Paint | None = None, stroke: Paint | None = None) -> dict[str, str]:
    """Attributes for a shape: class names for the page, colours for paper. Without a fill ``none``: SVG fills black."""
    classes = [f"chart-fill-{fill.name}"] if fill else []
    classes += [f"chart-stroke-{stroke.name}"] if stroke else []
    attributes = {"class": " ".join(classes), "fill": fill.light if fill else "none"}
    return attributes | ({"stroke": stroke.light} if stroke else {})


def step(position: int, count: int) -> int:
    """Which of the five steps the ``position``-th of ``count`` ordered parts takes, spread over the whole range."""
    return round(position * (len(STEPS) - 1) / max(count - 1, 1))


def dark_rules() -> str:
    """Style rules that repaint every chart on a dark page; the page's style sheet holds a copy of them."""
    rules = [
        f".chart-{use}-{one.name}{{{use}:{one.dark}}}"
        for one in (*PAINTS, *STEPS, *STEP_INKS)
        for use in ("fill", "stroke")
    ]
    return "\n".join(rules)
