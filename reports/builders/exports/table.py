"""A table with its codebook: what every format is written from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from firms.later import later

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")

TEXT, NUMBER, CODED = "text", "number", "coded"
TERM, FACT, NOTE = "term", "fact", "note"


@dataclass(frozen=True, slots=True)
class Variable:
    """One column. ``values`` label the codes of a ``coded`` column; ``missing`` are those that are no answer.

    A number may have codes too, but only those of no answer.
    """

    name: str
    label: str
    kind: str = TEXT
    values: Mapping[int, str] = field(default_factory=dict)
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """What a code means that a text column holds."""

    variable: str
    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """``frame`` has a column a variable, in order; a coded column holds the codes, absent is None.

    ``facts`` are for programs (name to value), ``notes`` are sentences for people.
    """

    title: str
    variables: tuple[Variable, ...]
    frame: "pd.DataFrame"
    notes: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def labelled(self) -> "pd.DataFrame":
        """The same with words in place of codes, and nothing in place of a number that is no answer."""
        found = self.frame.copy()
        for one in self.variables:
            if one.kind == CODED:
                found[one.name] = spelled(found[one.name], one.values.get)
            elif one.missing:
                found[one.name] = found[one.name].where(~found[one.name].isin(one.missing))
        return found


def spelled(column: "pd.Series", word: Callable[[Any], object]) -> NDArray[np.object_]:
    """``word`` of each cell, absent as None. Each different value is looked at once, however long the column."""
    places, known = pd.factorize(column)
    return np.array([*(word(value) for value in known), None], object)[places]


CODEBOOK = ("variable", "label", "kind", "code", "meaning", "missing")


def codebook(table: Table) -> list[Sequence[object]]:
    """Facts and notes of the whole; one row a variable, and one for each code and term that it may hold."""
    rows: list[Sequence[object]] = [(None, None, FACT, name, value, None) for name, value in table.facts.items()]
    rows += [(None, None, NOTE, None, note, None) for note in table.notes]
    for one in table.variables:
        rows.append((one.name, one.label, one.kind, None, None, None))
        rows += [(one.name, one.label, one.kind, code, text, code in one.missing) for code, text in one.values.items()]
        rows += [(one.name, one.label, TERM, t.code, t.meaning, None) for t in table.terms if t.variable == one.name]
    return rows
