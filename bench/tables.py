"""A table of many responses as CSV, beside pandas' own writer."""

import io

import pandas as pd

from bench.rows import Row, best_of
from reports.builders.exports.firms_table import FirmRow, firms_table
from reports.exports.writing import as_csv
from reports.population import written_rows
from scoring.engine.country import country
from scoring.engine.many_firms import figures_of_many
from surveys.library import instrument_get

ROWS = 10_000


def run() -> list[Row]:
    ours, plain = csv_seconds()
    return [
        Row(
            f"CSV of {ROWS:,} responses, s", ours, plain, ours / plain, "at most 2 x",
            "Reference: pandas' to_csv of the same table, labels and defused cells not counted.",
        )
    ]  # fmt: skip


def csv_seconds() -> tuple[float, float]:
    """Our table of many firms, and pandas' own."""
    instrument = instrument_get("bluebook")
    people = country(instrument, (), ROWS, 1, industries=["C34"], regions=["33"])
    answers = written_rows(instrument, people.answers)
    figures = figures_of_many(instrument, (), people.answers, people.size.tolist())
    rows = [FirmRow({"name": f"厂 {at}"}, row, one) for at, (row, one) in enumerate(zip(answers, figures, strict=True))]
    table = firms_table(instrument, rows, "en", str, title="bench")
    frame: pd.DataFrame = table.labelled()
    return best_of(3, lambda: as_csv(table)), best_of(3, lambda: frame.to_csv(io.StringIO(), index=False))
