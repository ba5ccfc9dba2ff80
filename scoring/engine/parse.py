"""From the text of a benchmark file to a Benchmark. docs/benchmark-files.md describes the format field by field."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from scoring.engine.published import (
    Benchmark,
    Distribution,
    Indicator,
    Population,
    PublishedShare,
    Source,
    Statistic,
)
from surveys.instruments.faults import FileRefused
from surveys.instruments.parse import Path, Raw, Reader, read_yaml
from surveys.instruments.text import Text

OPERATORS = ("=", "<", "<=", ">", ">=")
STATUSES = ("primary", "secondary", "to_confirm")
NO_SOURCE = Source("", Text("", ""), None, None, None, None)


def parse_benchmark(text: str) -> Benchmark:
    """The benchmark in a file. FileRefused with every fault found."""
    raw = read_yaml(text)
    reader = BenchmarkReader()
    reader.read_sources(raw)
    benchmark = Benchmark(
        code=reader.string(raw, "code", ()),
        version=reader.string(raw, "version", ()),
        instrument=reader.string(raw, "instrument", ()),
        title=reader.text(raw, "title", ()),
        indicators=tuple(reader.each(raw, "indicators", (), reader.indicator, optional=True)),
        distributions=tuple(reader.each(raw, "distributions", (), reader.distribution, optional=True)),
        statistics=tuple(reader.each(raw, "statistics", (), reader.statistic, optional=True)),
        sources=reader.sources,
        content_hash=sha256(text.encode()).hexdigest(),
    )
    if reader.faults:
        raise FileRefused(reader.faults)
    return benchmark


class BenchmarkReader(Reader):
    """Reads the parts of a benchmark file; every figure must name its source, population and status."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: dict[str, Source] = {}

    def read_sources(self, raw: Raw) -> None:
        for id_, source in self.mapping(raw, "sources", ()).items():
            self.sources[str(id_)] = self.one_source(str(id_), source, ("sources", str(id_)))

    def one_source(self, id_: str, raw: Raw, path: Path) -> Source:
        return Source(
            id=id_,
            title=self.text(raw, "title", path),
            body=self.optional_text(raw, "body", path),
            year=raw.get("year"),
            via=self.optional_text(raw, "via", path),
            reference=None if raw.get("reference") is None else str(raw["reference"]),
        )

    def indicator(self, raw: Raw, path: Path) -> Indicator:
        applies = self.mapping(raw, "applies_to", path, optional=True)
        return Indicator(
            statement=self.text(raw, "statement", path),
            share=self.share(raw, path),
            predicate=self.predicate(raw, "predicate", path),
            sizes=tuple(applies.get("sizes") or ()),
            condition=self.predicate(applies, "when", (*path, "applies_to")) if "when" in applies else None,
            **self.provenance(raw, path),
        )

    def share(self, raw: Raw, path: Path) -> PublishedShare:
        published = self.mapping(raw, "published", path)
        where = (*path, "published")
        if published.get("op") not in OPERATORS:
            self.fault((*where, "op"), f"must be one of {' '.join(OPERATORS)}")
        return PublishedShare(
            value=self.number(published, "value", where, 0),
            operator=str(published.get("op")),
            rounding=self.number(published, "rounding", where, 0),
            as_printed=self.string(published, "as_printed", where),
            complement=bool(published.get("complement", False)),
        )

    def distribution(self, raw: Raw, path: Path) -> Distribution:
        steps = self.each(raw, "steps", path, self.step)
        return Distribution(steps=tuple(steps), **self.provenance(raw, path))

    def step(self, raw: Raw, path: Path) -> tuple[Text, float]:
        return self.text(raw, "title", path), self.number(raw, "share", path, 0)

    def statistic(self, raw: Raw, path: Path) -> Statistic:
        unit = raw.get("unit")
        return Statistic(
            value=self.string(raw, "value", path),
            unit=self.text(raw, "unit", path) if isinstance(unit, Mapping) else unit and Text(str(unit), str(unit)),
            **self.provenance(raw, path),
        )

    def provenance(self, raw: Raw, path: Path) -> dict[str, Any]:
        """What every figure states: id, title, population, source, status, note."""
        if raw.get("source") not in self.sources:
            self.fault((*path, "source"), "must name one of the file's sources")
        if raw.get("status") not in STATUSES:
            self.fault((*path, "status"), f"must be one of {', '.join(STATUSES)}")
        return {
            "id": self.string(raw, "id", path),
            "title": self.text(raw, "title", path),
            "population": self.population(raw, path),
            "source": self.sources.get(str(raw.get("source")), NO_SOURCE),
            "status": str(raw.get("status")),
            "note": self.optional_text(raw, "note", path),
        }

    def population(self, raw: Raw, path: Path) -> Population:
        found = self.mapping(raw, "population", path)
        return Population(self.text(found, "label", (*path, "population")), found.get("n"), found.get("year"))
