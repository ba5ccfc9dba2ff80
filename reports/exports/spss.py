"""SPSS files: short names, labels of variables and values, the kinds of no answer as missing values."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyreadstat

from firms.later import later
from reports.builders.exports.table import CODED, TEXT, Table, Variable

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")

# What the format holds, in bytes of UTF-8: a Chinese character takes three.
LONGEST_TITLE, LONGEST_NAME, LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_NOTE = 60, 60, 250, 120, 80
RESERVED = {"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}


def sav_bytes(table: Table, path: Path) -> bytes:
    """Writes the file at ``path`` on the way, for the library knows no other."""
    names = sav_names(table.variables)
    frame = pd.DataFrame({names[one.name]: sav_column(table.frame[one.name], one) for one in table.variables})
    coded = [one for one in table.variables if one.values]
    pyreadstat.write_sav(
        frame,
        str(path),
        file_label=cut(table.title, LONGEST_TITLE),
        note=[part for line in notes_of(table) for part in pieces(line, LONGEST_NOTE)],
        column_labels={names[one.name]: cut(one.label, LONGEST_LABEL) for one in table.variables},
        variable_value_labels={names[one.name]: value_labels(one) for one in coded},
        missing_ranges={names[one.name]: [float(code) for code in one.missing] for one in coded if one.missing},
        variable_measure={names[one.name]: "ordinal" for one in table.variables if one.kind == CODED},
        variable_format={names[one.name]: "F4.0" for one in table.variables if one.kind == CODED},
        row_compress=True,
    )
    return path.read_bytes()


def sav_column(column: "pd.Series", variable: Variable) -> "pd.Series":
    """Texts as texts, everything else as floating point, absent as not a number."""
    if variable.kind == TEXT:
        return column.astype(object).fillna("").astype(str)
    return column.astype("Float64").astype(float)


def value_labels(variable: Variable) -> dict[float, str]:
    return {float(code): cut(text, LONGEST_VALUE_LABEL) for code, text in variable.values.items()}


def notes_of(table: Table) -> list[str]:
    return [*table.notes, *(f"{name}: {value}" for name, value in table.facts.items())]


def sav_names(variables: Sequence[Variable]) -> dict[str, str]:
    """A name of each variable that SPSS takes; those that would be alike, in capitals or not, get a number."""
    found: dict[str, str] = {}
    taken: set[str] = set(RESERVED)
    for one in variables:
        plain, number = sav_name(one.name)[:LONGEST_NAME], 1
        name = plain
        while name.upper() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.upper())
        found[one.name] = name
    return found


def sav_name(name: str) -> str:
    """Letters, digits and underscores, beginning with a letter."""
    plain = "".join(character if character.isascii() and character.isalnum() else "_" for character in name)
    return plain if plain[:1].isalpha() else f"v_{plain}"


def cut(text: str, size: int) -> str:
    """As much of the text as ``size`` bytes hold, in whole characters."""
    return text.encode()[:size].decode(errors="ignore")


def pieces(text: str, size: int) -> list[str]:
    """The text in lines of at most ``size`` bytes; none of an empty text."""
    found = []
    while text:
        part = cut(text, size)
        found.append(part)
        text = text[len(part) :]
    return found
