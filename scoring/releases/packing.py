"""Tallies as bytes and back: numpy's own archive of whole numbers, never pickled objects.

The archive names its layout: a part that another version of the program has counted is refused, not misread.
"""

import io

import numpy as np

from scoring.engine.release.layout import Layout
from scoring.engine.release.tallies import Tallies, TalliesDiffer
from scoring.engine.release.units import Units

LEAVES, PLACE, KEYS, LAYOUT = "leaves", "unit_place", "unit_keys", "layout"


def packed(tallies: Tallies) -> bytes:
    archive = io.BytesIO()
    leaves = np.array(tallies.leaves, dtype=np.str_).reshape(len(tallies.leaves), len(tallies.dimensions))
    about = {LEAVES: leaves, LAYOUT: np.array(tallies.layout.fingerprint)}
    units = {PLACE: tallies.units.place, KEYS: tallies.units.keys}
    np.savez_compressed(archive, allow_pickle=False, **about, **units, **tallies.arrays)
    return archive.getvalue()


def unpacked(data: bytes, layout: Layout, dimensions: tuple[str, ...]) -> Tallies:
    """ValueError where the bytes are not what ``packed`` wrote; TalliesDiffer where they were counted otherwise."""
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        found = dict(archive.items())
    if str(found.pop(LAYOUT, "")) != layout.fingerprint:
        raise TalliesDiffer("a part was counted by another version of the program; order the release again")
    leaves = tuple(tuple(str(code) for code in leaf) for leaf in found.pop(LEAVES))
    units = Units(found.pop(PLACE), found.pop(KEYS))
    return Tallies(layout, dimensions, leaves, units=units, **found)
