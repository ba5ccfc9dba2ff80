"""A form that was made elsewhere, while it is read: what was found so far, what could not be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.instruments.faults import Fault
from surveys.instruments.workbook_assembly import Assembly, Part
from surveys.instruments.workbook_tables import Row
from surveys.instruments.xlsform_logic import Answers
from surveys.instruments.xlsform_texts import TextColumns


@dataclass
class Form:
    """The form being read: what was found so far, and which groups are open at the present row."""

    columns: TextColumns
    choice_columns: TextColumns
    choices: Mapping[str, list[Row]]
    adopt: bool
    assembly: Assembly = field(default_factory=Assembly)
    losses: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    dimensions: list[Part] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Answers] = field(default_factory=dict)
    # One entry an open group or repeat: its relevant, or None.
    open: list[tuple[str, str | None]] = field(default_factory=list)

    def lose(self, row: Row, column: str, message: str, /, **detail: object) -> None:
        """Notes something that the form asks or says and the instrument will not."""
        self.losses.append(Fault((), message, row.number, detail, row.sheet or "survey", column))

    def mention(self, row: Row, column: str, message: str, /, **detail: object) -> None:
        self.notices.append(Fault((), message, row.number, detail, "survey", column))

    @property
    def in_repeat(self) -> bool:
        return any(kind == "repeat" for kind, _relevant in self.open)


def name_of(row: Row) -> str:
    return str(row.cells.get("name") or "").strip()
