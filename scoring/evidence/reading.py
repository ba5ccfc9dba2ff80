"""What a verdict needs, out of the figures as they are kept."""

from collections.abc import Callable

from scoring.engine.evidence import facts
from scoring.engine.spc.figures import Figure, Method
from scoring.engine.spc.messages import Remark
from scoring.evidence.summary import JsonObject


def facts_of(summary: JsonObject) -> facts.Facts:
    return _FACTS[summary["method"]](summary)


def unsupported(summary: JsonObject) -> list[Remark]:
    """Declared figures that the data do not give."""
    return [
        Remark("declared_unsupported", {key: row[key] for key in ("index", "declared", "value")})
        for row in summary.get("declared", ())
        if isinstance(row, dict) and row["verdict"] == "unsupported"
    ]


def _process(summary: JsonObject) -> facts.ProcessFacts:
    study, ppk = summary["study"], summary["ppk"]
    return facts.ProcessFacts(study["n"], study["ppk"]["value"], _read_figure(ppk), _chart(summary))


def _counts(summary: JsonObject) -> facts.CountFacts:
    return facts.CountFacts(_chart(summary))


def _chart(summary: JsonObject) -> facts.ChartFacts:
    return facts.ChartFacts(**{**summary["chart"], "order": facts.Order(summary["chart"]["order"])})


def _gauge(summary: JsonObject) -> facts.GaugeFacts | facts.DeclaredStudies:
    found = summary["gauge"]
    if found is None:
        return facts.DeclaredStudies(len(summary["declared"]))
    grr = found["grr"]
    of_tolerance = grr["tolerance"] is not None
    basis = "tolerance" if of_tolerance else "study_variation"
    # Figures from before there were intervals have no such key.
    low, high = grr.get(f"{basis}_limits") or (None, None)
    sizes = found["parts"], found["appraisers"], found["trials"]
    return facts.GaugeFacts(*sizes, grr[basis], low, high, of_tolerance, found["distinct_categories"])


def _inventory(summary: JsonObject) -> facts.InventoryFacts:
    devices = summary["devices"]
    known = sum(devices[key] for key in ("automatic", "manual", "either"))
    counts = sum(devices.values()), known, devices["automatic"]
    return facts.InventoryFacts(summary["share"], summary["complete"], *counts, tuple(summary.get("hints", ())))


_FACTS: dict[str, Callable[[JsonObject], facts.Facts]] = {
    "study": _process,
    "counts": _counts,
    "gauge": _gauge,
    "inventory": _inventory,
}


def _read_figure(found: JsonObject | None) -> Figure | None:
    if found is None:
        return None
    method = Method(found["estimator"], found["interval"], found["df"])
    return Figure(found["value"], found["low"], found["high"], found["confidence"], method)
