"""Many writers on one assessment at once, each with a journal of what it was told."""

import os
import random
import threading
import uuid
from dataclasses import dataclass, field

from django.db import connection

from firms.models import Person
from surveys.library import instrument_get
from surveys.models import Answer, Assessment
from surveys.services import AnswerConflict, NewAnswer, answer_save
from tests.filling import NOW

WRITERS = 8
# The whole figure takes a minute or two; the normal suite shows the same rule on a part of it.
SAVES = int(os.environ.get("QMS_STRESS_SAVES", "800"))
ITEMS = ("RD-01", "RD-02", "RD-03", "PR-01", "PR-02", "OR-01")


@dataclass(frozen=True)
class Told:
    """One save and what its writer was told: the version that it made, or None for a conflict."""

    item: str
    written: str
    version: int | None


@dataclass
class Journal:
    """``faults`` holds whatever went wrong that was neither an acknowledgement nor a conflict."""

    told: list[Told] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def acknowledged(self) -> list[Told]:
        return [one for one in self.told if one.version is not None]

    def last_acknowledged(self) -> dict[str, tuple[int, str]]:
        """By item: the highest version that anybody was told of, and what was written with it."""
        last: dict[str, tuple[int, str]] = {}
        for one in self.acknowledged():
            assert one.version is not None
            last[one.item] = max(last.get(one.item, (0, "")), (one.version, one.written))
        return last


def standing(assessment: Assessment) -> dict[str, tuple[int, str]]:
    return {row.item: (row.version, row.written) for row in Answer.objects.filter(assessment=assessment)}


def run(assessment: Assessment, person: Person) -> Journal:
    """All writers start together; each has a seed of its own and keeps its own idea of what stands."""
    journal, start = Journal(), threading.Barrier(WRITERS)
    threads = [
        threading.Thread(target=write, args=(assessment, person, random.Random(seed), start, journal))
        for seed in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return journal


def write(
    assessment: Assessment, person: Person, chance: random.Random, start: threading.Barrier, journal: Journal
) -> None:
    known: dict[str, int] = {}
    try:
        start.wait()
        for _ in range(SAVES // WRITERS):
            journal.told.append(save_one(assessment, person, chance, known))
    except BaseException as fault:
        journal.faults.append(fault)
    finally:
        connection.close()


def save_one(assessment: Assessment, person: Person, chance: random.Random, known: dict[str, int]) -> Told:
    """One save, sometimes sent twice, as a bad network does. After a conflict the writer has seen what stands."""
    code, written = chance.choice(ITEMS), str(chance.randint(1, 5))
    answer = NewAnswer(written, based_on=known.get(code, 0), key=uuid.UUID(int=chance.getrandbits(128)))
    item = instrument_get("bluebook").item(code)
    repeats = 2 if chance.random() < 0.2 else 1
    try:
        versions = {
            answer_save(assessment=assessment, item=item, answer=answer, person=person, now=NOW).version
            for _ in range(repeats)
        }
    except AnswerConflict as conflict:
        known[code] = conflict.current.version
        return Told(code, written, None)
    assert len(versions) == 1
    known[code] = versions.pop()
    return Told(code, written, known[code])
