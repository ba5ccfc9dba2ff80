"""The world of the access table, for whoever walks through all of it."""

import pytest

from tests.access import world
from tests.access.test_matrix import PARTS


@pytest.fixture
def everybody(db: None) -> world.World:
    return world.build(*PARTS)
