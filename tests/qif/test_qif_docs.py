"""docs/qif.md names every refusal, warning, reason and topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.measurements.qif import REFUSALS, WARNINGS, Topic
from scoring.measurements.qif_declared import REASONS

PAGE = (Path(__file__).parents[2] / "docs" / "qif.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", [*REFUSALS, *WARNINGS, *REASONS, *Topic])
def test_every_code_is_documented(code: str) -> None:
    assert f"`{code}`" in PAGE
