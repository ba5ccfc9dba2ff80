"""A table with its codebook: what every format is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

TEXT, NUMBER, CODED = "text", "number", "coded"


@dataclass(frozen=True, slots=True)
class Variable:
    """One column. ``values`` label the codes of a ``coded`` column; ``missing`` are those that are no answer."""

    name: str
    label: str
    kind: str = TEXT
    values: Mapping[int, str] = field(default_factory=dict)
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """``frame`` has a column a variable, in order; a coded column holds the codes, absent is None."""

    title: str
    variables: tuple[Variable, ...]
    frame: "pd.DataFrame"
    notes: tuple[str, ...] = ()

    def labelled(self) -> "pd.DataFrame":
        """The same with words in place of codes, for readers of CSV and Excel."""
        found = self.frame.copy()
        for variable in self.variables:
            if variable.kind == CODED:
                found[variable.name] = [variable.values.get(code) for code in found[variable.name]]
        return found


CODEBOOK = ("variable", "label", "kind", "code", "meaning", "missing")


def codebook(table: Table) -> list[Sequence[object]]:
    """One row a variable, and one for each code that it may hold."""
    rows: list[Sequence[object]] = []
    for one in table.variables:
        rows.append((one.name, one.label, one.kind, None, None, None))
        rows += [(one.name, one.label, one.kind, code, text, code in one.missing) for code, text in one.values.items()]
    return rows
