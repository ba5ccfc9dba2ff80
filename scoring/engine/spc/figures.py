"""A computed index with its confidence interval and the way in which it was computed."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.engine.spc.messages import ESTIMATORS, INTERVALS, METHOD, METHOD_WITHOUT_DF


@dataclass(frozen=True, slots=True)
class Method:
    """How a figure came about: keys of ESTIMATORS and INTERVALS, and the degrees of freedom that the interval used."""

    estimator: str
    interval: str
    df: float | None

    @property
    def template(self) -> str:
        return METHOD_WITHOUT_DF if self.df is None else METHOD

    def __str__(self) -> str:
        df = "" if self.df is None else f"{self.df:.6g}"
        return self.template % {"estimator": ESTIMATORS[self.estimator], "df": df, "interval": INTERVALS[self.interval]}


@dataclass(frozen=True, slots=True)
class Figure:
    """An index without unit. The limits are two-sided at ``confidence``, None where no interval exists."""

    value: float
    low: float | None
    high: float | None
    confidence: float
    method: Method
