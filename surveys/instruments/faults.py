"""What is wrong with an instrument or benchmark file, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """``path`` leads from the top of the file to the place, such as ("dimensions", 0, "items", 2, "stem").

    ``message`` is English; with ``detail`` it is a template (``%(name)s``), so that it can be translated first.
    ``line`` counts from 1 in a text file; ``sheet`` with ``line`` as its row and ``column`` is a place in a workbook.
    """

    path: tuple[str | int, ...]
    message: str
    line: int | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""
    column: str = ""

    @property
    def text(self) -> str:
        return self.message % self.detail if self.detail else self.message

    @property
    def place(self) -> str:
        return ".".join(str(step) for step in self.path) or "file"

    def __str__(self) -> str:
        return f"line {self.line}: {self.place}: {self.text}" if self.line else f"{self.place}: {self.text}"


class FileRefused(ValueError):
    """A file that cannot be used, with every fault found in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
