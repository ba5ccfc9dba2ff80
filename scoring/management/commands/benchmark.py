"""Published figures with their provenance."""

import json
import unicodedata
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.engine.published import Benchmark, Distribution, Indicator, Statistic
from scoring.library import BenchmarkUnknown, benchmark_get, benchmark_list
from surveys.instruments.text import Text
from surveys.management.files import REFUSED, code_and_version

Figure = Indicator | Distribution | Statistic


class Command(BaseCommand):
    help = "Shows the published figures: source, population, n, year, rounding, status, quoted through."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="show")
        show = actions.add_parser("show", help="The figures of one benchmark file, or of all.")
        show.add_argument("code", nargs="?", metavar="CODE[@VERSION]")
        show.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        benchmarks = wanted_benchmarks(options["code"])
        if options["format"] == "json":
            self.stdout.write(json.dumps([as_json(one) for one in benchmarks], ensure_ascii=False, indent=2))
            return
        language = get_language() or "zh-hans"
        for benchmark in benchmarks:
            self.stdout.write(f"{benchmark.code}@{benchmark.version}  {benchmark.title.pick(language)}")
            self.stdout.write("\n".join(table(figure_rows(benchmark, language))) + "\n")


def wanted_benchmarks(written: str | None) -> Sequence[Benchmark]:
    """The one that is named, or the latest version of each."""
    if written is None:
        return list({one.code: one for one in benchmark_list()}.values())
    try:
        return [benchmark_get(*code_and_version(written))]
    except BenchmarkUnknown as error:
        known = ", ".join(f"{one.code}@{one.version}" for one in benchmark_list())
        message = _("There are no published figures %(wanted)s. Known are: %(known)s.")
        raise CommandError(message % {"wanted": error, "known": known}, returncode=REFUSED) from error


# --- Table --------------------------------------------------------------------------------------------------------


def figure_rows(benchmark: Benchmark, language: str) -> list[list[str]]:
    header = [
        _("figure"),
        _("as printed"),
        _("statement"),
        _("population"),
        _("n"),
        _("year"),
        _("printed precision"),
        _("status"),
        _("source"),
        _("quoted through"),
    ]
    figures: list[Figure] = [*benchmark.indicators, *benchmark.distributions, *benchmark.statistics]
    return [header, *(row_of(figure, language) for figure in figures)]


def row_of(figure: Figure, language: str) -> list[str]:
    return [
        figure.id,
        printed(figure, language),
        (figure.statement if isinstance(figure, Indicator) else figure.title).pick(language),
        figure.population.label.pick(language),
        shown(figure.population.n),
        shown(figure.population.year),
        precision(figure),
        figure.status,
        figure.source.title.pick(language),
        figure.source.via.pick(language) if figure.source.via else "",
    ]


def printed(figure: Figure, language: str) -> str:
    """The figure as its source has it; of a distribution the shares, lowest step first."""
    if isinstance(figure, Indicator):
        return figure.share.as_printed
    if isinstance(figure, Distribution):
        return " / ".join(f"{share:.2%}" for _title, share in figure.steps)
    return f"{figure.value} {figure.unit.pick(language)}".strip() if figure.unit else figure.value


def precision(figure: Figure) -> str:
    """Half the width of the printed precision, in points of per cent; nothing where the figure is a bound."""
    if not isinstance(figure, Indicator) or figure.share.is_bound:
        return ""
    return f"±{figure.share.rounding * 100:g} %"


def shown(number: int | None) -> str:
    """What is not known stays unknown."""
    return "" if number is None else str(number)


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns padded to the same width on a terminal, where a Chinese character takes two places."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [lines[0], "-" * width(lines[0]), *lines[1:]]


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, wide: int) -> str:
    return text + " " * (wide - width(text))


# --- JSON ---------------------------------------------------------------------------------------------------------


def as_json(benchmark: Benchmark) -> dict[str, Any]:
    return {
        "code": benchmark.code,
        "version": benchmark.version,
        "instrument": benchmark.instrument,
        "title": benchmark.title.to_dict(),
        "indicators": [indicator_json(one) for one in benchmark.indicators],
        "distributions": [distribution_json(one) for one in benchmark.distributions],
        "statistics": [statistic_json(one) for one in benchmark.statistics],
    }


def indicator_json(figure: Indicator) -> dict[str, Any]:
    share = figure.share
    return {
        **provenance(figure),
        "statement": figure.statement.to_dict(),
        "value": share.value,
        "op": share.operator,
        "rounding": share.rounding,
        "as_printed": share.as_printed,
        "complement": share.complement,
        "sizes": list(figure.sizes) or None,
    }


def distribution_json(figure: Distribution) -> dict[str, Any]:
    steps = [{"title": title.to_dict(), "share": share} for title, share in figure.steps]
    return {**provenance(figure), "steps": steps, "ridits": list(figure.ridits())}


def statistic_json(figure: Statistic) -> dict[str, Any]:
    return {**provenance(figure), "value": figure.value, "unit": words(figure.unit)}


def provenance(figure: Figure) -> dict[str, Any]:
    """What every figure states about where it comes from; null is not known."""
    source, population = figure.source, figure.population
    return {
        "id": figure.id,
        "title": figure.title.to_dict(),
        "population": population.label.to_dict(),
        "n": population.n,
        "year": population.year,
        "status": figure.status,
        "source": {
            "id": source.id,
            "title": source.title.to_dict(),
            "body": words(source.body),
            "year": source.year,
            "reference": source.reference,
        },
        "quoted_through": words(source.via),
        "note": words(figure.note),
    }


def words(text: Text | None) -> Mapping[str, str] | None:
    return text.to_dict() if text else None
