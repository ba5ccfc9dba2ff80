"""What is wrong with an instrument or benchmark file, and where."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """``path`` leads from the top of the file to the place, such as ("dimensions", 0, "items", 2, "stem")."""

    path: tuple[str | int, ...]
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = ".".join(str(step) for step in self.path) or "file"
        return f"line {self.line}: {place}: {self.message}" if self.line else f"{place}: {self.message}"


class FileRefused(ValueError):
    """A file that cannot be used, with every fault found in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
