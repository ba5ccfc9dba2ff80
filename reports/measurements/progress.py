"""How far a file has been read and computed, for the page that waits for it: a few numbers for five minutes."""

import re
from typing import TypedDict

from django.core.cache import cache
from django.http import HttpRequest

from scoring.measurements.table import Progress

# Made by the page that asks; nobody else knows it, and it leads to nothing but these numbers.
NUMBER = re.compile(r"[0-9a-f]{32}")
SECONDS_KEPT = 300


class Step(TypedDict):
    """``rows`` have been read so far, or all of them and the figures are being computed."""

    rows: int
    computing: bool


class Progressing:
    """Tells how far one request has come. Without a number in the request it tells nobody."""

    def __init__(self, request: HttpRequest) -> None:
        asked = request.POST.get("progress", "")
        self.number, self.rows = asked if NUMBER.fullmatch(asked) else "", 0

    @property
    def reading(self) -> Progress | None:
        return self._read if self.number else None

    def _read(self, rows: int) -> None:
        self.rows = rows
        self._tell(computing=False)

    def computing(self) -> None:
        if self.number:
            self._tell(computing=True)

    def _tell(self, *, computing: bool) -> None:
        cache.set(_key(self.number), Step(rows=self.rows, computing=computing), SECONDS_KEPT)


def progress_of(number: str) -> Step:
    """Nothing read yet where the number is not known."""
    found: Step | None = cache.get(_key(number)) if NUMBER.fullmatch(number) else None
    return found or Step(rows=0, computing=False)


def _key(number: str) -> str:
    return f"reading:{number}"
