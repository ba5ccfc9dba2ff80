"""The firm's earlier assessments of the same instrument, as far as they may be compared."""

import numpy as np

from reports.builders import model as told
from scoring.engine.items import item_rule
from scoring.engine.scorer import score
from surveys.instruments.coding import table_from_written
from surveys.instruments.model import Instrument, Item
from surveys.models import Assessment
from surveys.selectors import assessment_instrument


def history(assessment: Assessment, instrument: Instrument) -> tuple[told.Moment, ...]:
    """Every submitted assessment up to this one, oldest first; empty where this is the first."""
    rows = (
        Assessment.objects.filter(
            firm=assessment.firm_id,
            instrument_code=assessment.instrument_code,
            status=Assessment.Status.SUBMITTED,
            submitted_at__lte=assessment.submitted_at,
        )
        .select_related("result")
        .order_by("submitted_at", "pk")
    )
    found = list(rows)
    if len(found) < 2:
        return ()
    return tuple(_moment(row, before) for row, before in zip(found, [None, *found[:-1]], strict=True))


def _moment(row: Assessment, before: Assessment | None) -> told.Moment:
    instrument = assessment_instrument(row)
    value = row.result.figures["nodes"].get(instrument.level_node or "index")
    comparable = before is None or may_be_compared(instrument, before.instrument_version)
    return told.Moment(date=f"{row.submitted_at:%Y-%m-%d}", index=value, comparable=comparable)


def may_be_compared(instrument: Instrument, earlier: str) -> bool:
    """Whether an index of this version stands beside one of an earlier version: no item of its crosswalk is broken."""
    if earlier == instrument.version:
        return True
    items = instrument.crosswalk.get(earlier)
    return items is not None and "broken" not in items.values()


_TOPS: dict[str, float] = {}


def index_top(instrument: Instrument) -> float:
    """The highest figure that the level bands can be read on: what the best answers come to."""
    if instrument.content_hash not in _TOPS:
        best = {item.code: best_answer(instrument, item) for item in instrument.items}
        table = score(instrument, table_from_written(instrument, [best]))
        top = table.nodes[instrument.level_node or "index"][0]
        _TOPS[instrument.content_hash] = 100.0 if np.isnan(top) else float(top)
    return _TOPS[instrument.content_hash]


def best_answer(instrument: Instrument, item: Item) -> str:
    """The written answer that scores highest."""
    rule = item_rule(instrument, item)
    if item.is_numeric:
        points = (rule or {}).get("points") or [[100, 100]]
        return f"{max(points, key=lambda point: point[1])[0]:g}"
    table = {str(value): float(found) for value, found in (rule or {}).get("table", {}).items()}
    best = max(item.options, key=lambda option: table.get(str(option.value), 0.0))
    if item.kind != "multi":
        return str(best.value)
    # A multi item without points of its own feeds predicates; "none" excludes the others.
    ticked = [str(o.value) for o in item.options if table.get(str(o.value), 0.0 if table else 1.0) > 0]
    return ";".join(value for value in ticked if value != "none")
