"""Tallies as bytes and back: numpy's own archive of whole numbers, never pickled objects."""

import io

import numpy as np

from scoring.engine.release.layout import Layout
from scoring.engine.release.tallies import Tallies
from scoring.engine.release.units import Units

LEAVES, PLACE, KEYS = "leaves", "unit_place", "unit_keys"


def packed(tallies: Tallies) -> bytes:
    archive = io.BytesIO()
    leaves = np.array(tallies.leaves, dtype=np.str_).reshape(len(tallies.leaves), len(tallies.dimensions))
    units = {PLACE: tallies.units.place, KEYS: tallies.units.keys}
    np.savez_compressed(archive, allow_pickle=False, **{LEAVES: leaves}, **units, **tallies.arrays)
    return archive.getvalue()


def unpacked(data: bytes, layout: Layout, dimensions: tuple[str, ...]) -> Tallies:
    """ValueError where the bytes are not what ``packed`` wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        found = dict(archive.items())
    leaves = tuple(tuple(str(code) for code in leaf) for leaf in found.pop(LEAVES))
    units = Units(found.pop(PLACE), found.pop(KEYS))
    return Tallies(layout, dimensions, leaves, units=units, **found)
