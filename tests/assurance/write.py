"""Writes docs/assurance.md from the promises and the last test run: ``python -m tests.assurance.write RESULTS.xml``."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import parse
from ruamel.yaml import YAML

from qms_survey import __version__

REPOSITORY = Path(__file__).resolve().parents[2]
PROMISES = Path(__file__).with_name("promises.yaml")
PAGE = REPOSITORY / "docs" / "assurance.md"
HEAD = """# Assurance: what is promised, and what shows it

Written by `make assurance` from `tests/assurance/promises.yaml` and the results of the last `make test`. A promise
holds where none of its tests failed. Tests run on SQLite and PostgreSQL; those that touch the database count twice.

Version {version}, test run of {day}: {tests} tests, {failed} failed.

| | promise | tests | passed | failed | figure and how to repeat it |
|---|---|---|---:|---:|---|
"""


@dataclass(frozen=True)
class Promise:
    id: str
    promise: str
    tests: tuple[str, ...]
    figure: str


@dataclass(frozen=True)
class Run:
    """Passed and failed by the file of the test."""

    day: str
    passed: Counter[str]
    failed: Counter[str]


def promises() -> list[Promise]:
    told: list[dict[str, Any]] = YAML(typ="safe").load(PROMISES)["promises"]
    return [Promise(one["id"], one["promise"], tuple(one["tests"]), one.get("figure", "")) for one in told]


def run_of(results: Path) -> Run:
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    root = parse(results).getroot()
    for case in root.iter("testcase"):
        broken = case.find("failure") is not None or case.find("error") is not None
        (failed if broken else passed)[file_of(case.get("classname", ""))] += 1
    stamps = [suite.get("timestamp", "") for suite in root.iter("testsuite")]
    return Run(datetime.fromisoformat(stamps[0]).date().isoformat(), passed, failed)


def file_of(classname: str) -> str:
    return classname.replace(".", "/") + ".py"


def page(run: Run, listed: Iterable[Promise]) -> str:
    total, failed = run.passed.total() + run.failed.total(), run.failed.total()
    rows = "".join(row(one, run) for one in listed)
    return HEAD.format(version=__version__, day=run.day, tests=total, failed=failed) + rows


def row(one: Promise, run: Run) -> str:
    places = ", ".join(f"`{place}`" for place in one.tests)
    passed, failed = (sum(counted(place, tally) for place in one.tests) for tally in (run.passed, run.failed))
    return f"| {one.id} | {one.promise} | {places} | {passed} | {failed} | {one.figure} |\n"


def counted(place: str, tally: Counter[str]) -> int:
    """How many of the tally are in the file, or under the directory."""
    return sum(number for file, number in tally.items() if file == place or file.startswith(f"{place}/"))


if __name__ == "__main__":
    PAGE.write_text(page(run_of(Path(sys.argv[1])), promises()), encoding="utf-8")
