"""Looks at the reports again and again while machines break: is what their rows say true?"""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connection
from django.utils import timezone

from reports.models import Report
from reports.services import report_path

State = Report.State


@dataclass
class Watch:
    """``lies`` are rows that said what was not so; ``looks`` counts the looks at all rows together."""

    lies: list[str] = field(default_factory=list)
    files: dict[UUID, str] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)
    most_attempts: int = 0
    looks: int = 0
    blind: int = 0

    def look(self) -> int:
        """How many are ready, as far as can be seen; while the database is away, as many as before."""
        try:
            rows = list(Report.objects.values())
        except DatabaseFault:
            connection.close()
            self.blind += 1
            return len(self.files)
        self.looks += 1
        for row in rows:
            self._check(row)
        return len(self.files)

    def _check(self, row: dict[str, object]) -> None:
        pk, state = row["id"], row["state"]
        self.most_attempts = max(self.most_attempts, int(str(row["attempts"])))
        self.faults |= {str(row["fault"])} - {""}
        if pk in self.files and (state != State.READY or row["file"] != self.files[pk]):
            self.lies.append(f"{pk} was ready and is {state}, {row['file']}")
        if state == State.READY and pk not in self.files:
            self.lies += [f"{pk}: {lie}" for lie in _lies_of_a_ready_one(row)]
            self.files[pk] = str(row["file"])
        if state == State.FAILED:
            self.lies.append(f"{pk} failed: {row['fault']} {row['error']}")


def _lies_of_a_ready_one(row: dict[str, object]) -> list[str]:
    path = report_path(str(row["file"]))
    if not path.is_file():
        return ["ready without a file"]
    data = path.read_bytes()
    told = {"size": len(data), "sha256": sha256(data).hexdigest()}
    return [f"{name} is {value}, not {row[name]}" for name, value in told.items() if row[name] != value]


def longest_stale() -> timedelta:
    """For how long a row has said that it is being built although its lease is over."""
    now = timezone.now()
    leases = Report.objects.filter(state=State.BUILDING).values_list("lease_until", flat=True)
    return max((now - lease for lease in leases), default=timedelta(seconds=-settings.REPORT_LEASE_SECONDS))


def pause(seconds: float) -> None:
    time.sleep(seconds)
