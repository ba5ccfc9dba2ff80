"""The results file: one row a firm, in the order of the answers file. docs/scoring.md describes the columns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from firms.later import later
from scoring.engine.placement import place
from scoring.engine.published import Indicator
from scoring.engine.scorer import score
from surveys.instruments.answers_file import AnswersFile
from surveys.instruments.model import Instrument

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")


def results_frame(instrument: Instrument, indicators: Sequence[Indicator], file: AnswersFile) -> "pd.DataFrame":
    """Columns firm, complete, index, level, dimension.<code>, indicator.<id>.<figure>; absent is NaN or ""."""
    table = score(instrument, file.answers, keep_items=False)
    level_codes = np.array(["", *(level.code for level in instrument.levels)], dtype=object)
    columns: dict[str, object] = {
        "firm": list(file.firms),
        "complete": table.complete.astype(int),
        "index": table.index,
        "level": level_codes[table.level],
    }
    for dimension in instrument.dimensions:
        columns[f"dimension.{dimension.code}"] = table.nodes.get(dimension.code)
    for id_, placed in place(instrument, indicators, file.answers, [size or None for size in file.sizes]).items():
        columns[f"indicator.{id_}.reached"] = pd.Series(placed.reached).astype("Int64")
        columns[f"indicator.{id_}.rank_low"] = placed.low
        columns[f"indicator.{id_}.rank_mid"] = placed.mid
        columns[f"indicator.{id_}.rank_high"] = placed.high
    return pd.DataFrame(columns)
