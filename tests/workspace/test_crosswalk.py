"""How two versions stand to each other: item by item, dimension by dimension, and as a whole."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.crosswalk import Tie, Versions, item_ties, latest_of
from surveys.instruments.model import Dimension, Instrument, Item
from surveys.library import instrument_get

Change = Callable[[Dimension], Dimension]


def first() -> Instrument:
    return instrument_get("bluebook", "1.0.0")


def later(crosswalk: dict[str, str] | None, change: Change = lambda part: part) -> Instrument:
    """1.10.0, its first dimension changed; without a crosswalk to 1.0.0 where that is None."""
    old = first()
    return replace(
        old,
        version="1.10.0",
        content_hash="later",
        crosswalk={} if crosswalk is None else {"1.0.0": crosswalk},
        dimensions=(change(old.dimensions[0]), *old.dimensions[1:]),
    )


def heavier(part: Dimension) -> Dimension:
    return replace(part, items=(replace(part.items[0], weight=2.0), *part.items[1:]))


def shorter(part: Dimension) -> Dimension:
    return replace(part, items=part.items[1:])


def longer(part: Dimension) -> Dimension:
    return replace(part, items=(*part.items, replace(part.items[0], code="RD-99")))


@pytest.mark.parametrize(
    ("crosswalk", "code", "tie"),
    [
        ({}, "RD-01", Tie.SAME),
        ({"RD-01": "identical"}, "RD-01", Tie.SAME),
        ({"RD-01": "adjusted"}, "RD-01", Tie.ADJUSTED),
        ({"RD-01": "broken"}, "RD-01", Tie.BROKEN),
        (None, "RD-01", Tie.UNKNOWN),
    ],
)
def test_the_crosswalk_says_how_an_item_compares(crosswalk: dict[str, str] | None, code: str, tie: Tie) -> None:
    assert item_ties(later(crosswalk), first())[code] == tie


@pytest.mark.parametrize(("change", "code", "tie"), [(shorter, "RD-01", Tie.DROPPED), (longer, "RD-99", Tie.ADDED)])
def test_an_item_of_one_version_only_compares_with_nothing(change: Change, code: str, tie: Tie) -> None:
    assert item_ties(later({}, change), first())[code] == tie


@pytest.mark.parametrize(
    ("crosswalk", "change", "tie", "whole"),
    [
        ({}, lambda part: part, Tie.SAME, True),
        ({"RD-01": "adjusted"}, lambda part: part, Tie.ADJUSTED, True),
        ({"RD-01": "broken", "RD-02": "adjusted"}, lambda part: part, Tie.BROKEN, False),
        ({}, heavier, Tie.REBUILT, False),
        ({}, shorter, Tie.REBUILT, False),
        ({}, longer, Tie.ADDED, False),
    ],
)
def test_a_dimension_is_as_comparable_as_its_worst_part(
    crosswalk: dict[str, str], change: Change, tie: Tie, whole: bool
) -> None:
    versions = Versions((first(), later(crosswalk, change)))
    assert (versions.of_dimension(versions.newest.dimensions[0]), versions.index_compares) == (tie, whole)


def test_other_level_bands_break_the_index_and_no_dimension() -> None:
    old, new = first(), later({})
    moved = replace(new, levels=(*new.levels[:-1], replace(new.levels[-1], start=99.0)))
    versions = Versions((old, moved))
    assert not versions.index_compares
    assert all(versions.of_dimension(part).compares for part in moved.dimensions)


def test_one_version_alone_compares_with_itself() -> None:
    versions = Versions((first(), first()))
    assert (versions.linked, versions.index_compares, versions.names) == (True, True, ("1.0.0",))


def test_every_version_has_to_be_linked_to_the_latest() -> None:
    middle = replace(later({}), version="1.2.0", content_hash="middle")
    assert not Versions((first(), middle, later({}))).linked


def test_versions_are_ordered_as_numbers() -> None:
    assert latest_of((replace(first(), version="1.9.0"), later({}))).version == "1.10.0"


def test_dropped_items_are_named_once() -> None:
    dropped: tuple[Item, ...] = Versions((first(), first(), later({}, shorter))).dropped
    assert [item.code for item in dropped] == ["RD-01"]
