"""How fast reports of different firms are set, warm, and whether memory stays flat."""

import resource

from bench.firms import reports_of_firms
from bench.rows import Row, best_of
from reports.typesetting import typeset
from tests.builders.sample import sample

REPORTS = 100


def run() -> list[Row]:
    model = sample("zh-hans")
    first = best_of(1, lambda: typeset(model))
    firms = reports_of_firms(model)
    warm = best_of(10, lambda: typeset(next(firms)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    many = best_of(1, lambda: [typeset(next(firms)) for _ in range(REPORTS)]) / REPORTS
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
            "reference: after the first eleven, MiB",
        ),
    ]
