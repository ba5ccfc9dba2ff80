"""A chart as pages and reports take it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A finished drawing. ``description`` is its text alternative, also held inside the drawing.

    ``note`` stands beneath it where not all of its data are drawn.
    """

    title: str
    description: str
    svg: str
    note: str = ""
