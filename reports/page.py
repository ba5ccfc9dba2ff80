"""The charts of the results page, each drawn for a narrow and for a wide screen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe

from reports.builders.figure import Figure
from reports.builders.figures import PHONE_WIDTH, report_figures
from reports.builders.model import ReportModel


@dataclass(frozen=True)
class Chart:
    """One picture in two widths; the style sheet shows the one that fits."""

    narrow: SafeString
    wide: SafeString


@dataclass(frozen=True)
class ResultsPage:
    """The pictures of the results page; None where the model has nothing to draw."""

    scale: Chart | None
    radar: Chart | None
    strip: Chart | None
    trend: Chart | None


def results_page(model: ReportModel) -> ResultsPage:
    """The same drawings as in the report. Published distributions are left to the report."""
    shown = replace(model, distributions=())
    narrow = report_figures(shown, prefix="narrow", width=PHONE_WIDTH)
    wide = report_figures(shown, prefix="wide")
    names = ("levels", "radar", "benchmarks", "trend")
    return ResultsPage(*(_chart(narrow, wide, name) for name in names))


def _chart(narrow: Mapping[str, Figure], wide: Mapping[str, Figure], name: str) -> Chart | None:
    if name not in wide:
        return None
    # The chart functions escape every text that they are given; nothing else may be marked safe.
    return Chart(mark_safe(narrow[name].svg), mark_safe(wide[name].svg))  # noqa: S308
