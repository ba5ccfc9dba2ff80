"""Shares the tests out between two pytest processes that `make test` runs side by side.

The first has SQLite and runs everything that needs no other program; the second has PostgreSQL and runs every test
that touches the database once more, and whatever needs a browser or servers.
"""

import os
from collections.abc import Iterable

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
SECOND_LANE_MARKERS = ("browser", "services")


def lane() -> str | None:
    """``first`` or ``second``; None when a single process runs everything."""
    if os.environ.get("TEST_LANES") != "both":
        return None
    return {"gw0": "first", "gw1": "second"}.get(os.environ.get("PYTEST_XDIST_WORKER", ""))


def needs_second_lane(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in SECOND_LANE_MARKERS)


def touches_database(item: pytest.Item) -> bool:
    names: Iterable[str] = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(names)


def runs_in(lane_name: str, item: pytest.Item) -> bool:
    if lane_name == "first":
        return not needs_second_lane(item)
    return needs_second_lane(item) or touches_database(item)


def keep_only_this_lane(config: pytest.Config, items: list[pytest.Item]) -> None:
    name = lane()
    if name is None:
        return
    left_out = [item for item in items if not runs_in(name, item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if runs_in(name, item)]
