"""Which items measured data can speak to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scoring.engine.evidence.facts import Subject
from surveys.instruments.model import Instrument

# By code of the instrument, since other instruments give the same item codes to other questions.
SUBJECTS: Final[Mapping[str, Mapping[str, Subject]]] = {
    "bluebook": {
        "PR-01": Subject.SPC,
        "PR-02": Subject.CAPABILITY,
        "PR-03": Subject.MEASUREMENT_SYSTEM,
        "DG-01": Subject.COLLECTION,
    }
}


def subject_of(instrument: str, item: str) -> Subject | None:
    """None where no data can decide."""
    return SUBJECTS.get(instrument, {}).get(item)


def evidenced_items(instrument: Instrument) -> tuple[str, ...]:
    """The items of this version that data can speak to, in its order."""
    known = SUBJECTS.get(instrument.code, {})
    return tuple(item.code for item in instrument.items if item.code in known)
