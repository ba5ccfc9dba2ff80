"""How fast reports are set, warm, beside WeasyPrint if that is installed, and whether memory stays flat."""

import resource

from bench.rows import Row, best_of
from reports.typesetting import typeset
from tests.builders.sample import sample

REPORTS = 100


def run() -> list[Row]:
    model = sample("zh-hans")
    first = best_of(1, lambda: typeset(model))
    warm = best_of(5, lambda: typeset(model))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    many = best_of(1, lambda: [typeset(model) for _ in range(REPORTS)]) / REPORTS
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [
        Row("One report, warm, s", warm, first, warm / first, "", "reference: the first report of the process, s"),
        Row(f"One of {REPORTS} reports in a row, s", many, warm, many / warm, "", "reference: one warm report, s"),
        Row(
            f"Peak memory after {REPORTS} reports, MiB",
            after / 1024,
            before / 1024,
            after / before,
            "flat",
            "reference: after the first six, MiB",
        ),
    ]
