"""The check at the end of a run notices what is lost."""

import pytest

from tests.faults.checking import wrong_answer
from tests.faults.people import Save

# Acknowledged as version 4 with the value 2; then 5 was sent, and no answer came.
TRIED = [Save("a", "RD-01", "2", "key", 3, version=4), Save("a", "RD-01", "5", "key", 4)]


@pytest.mark.parametrize(
    ("stored", "losses"),
    [
        ([(4, "2")], 0),
        ([(5, "5")], 0),
        ([(3, "2")], 1),
        ([(4, "1")], 1),
        ([], 1),
    ],
    ids=["as acknowledged", "as sent afterwards", "an older version", "another value", "nothing"],
)
def test_an_acknowledged_save_is_there_or_was_superseded(stored: list[tuple[int, str]], losses: int) -> None:
    assert len(list(wrong_answer(TRIED, stored))) == losses
