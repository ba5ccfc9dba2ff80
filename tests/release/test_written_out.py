"""A release and a ledger are written out as their fields stand, and come back as they were."""

import json
from dataclasses import asdict

from scoring.engine.release.ledger import Ledger, Published, ledger_from_dict
from scoring.engine.release.released import (
    FORMAT,
    ProtectedGroup,
    ProtectedRelease,
    ReleasedReliability,
    ReleasedShare,
    release_from_dict,
)

RELIABILITY = ReleasedReliability(0.81, 0.7, 0.88, 60, (0.5, None))
GROUP = ProtectedGroup(
    "all", 61, "1", {"A": ReleasedShare(60, 12)}, {"index": (1, 2)}, {"index": 41.5}, {"RD": RELIABILITY}, "0"
)
RELEASE = ProtectedRelease("1", 1, "x@1", 5, 10, 5, 2.16, {"index": ("0", "5")}, {"RD": ("a", "b")}, {"all": GROUP})
LEDGER = Ledger({"index": ("0", "5")}, {"all": GROUP}, {"all": Published(1, 61)}, {"all": Published(0, 58)})


def test_no_field_is_left_out() -> None:
    assert RELEASE.to_dict() == {"format": FORMAT, **asdict(RELEASE)}
    assert LEDGER.to_dict() == asdict(LEDGER)


def test_both_come_back_from_json_as_they_were() -> None:
    assert release_from_dict(json.loads(json.dumps(RELEASE.to_dict()))) == RELEASE
    assert ledger_from_dict(json.loads(json.dumps(LEDGER.to_dict()))) == LEDGER
