"""What the codes in a release's table mean: names of groups, of variables and of their cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from reports.builders.exports.table import Term
from reports.builders.language import Language
from scoring.engine.evidence.subjects import evidenced_items
from scoring.engine.published import Indicator
from scoring.engine.release.layout import ANSWERED, FIRMS, NONE, STATES, VERDICTS, evidence_id
from surveys.instruments.model import Instrument

Say = Callable[[str], str]
CELL = "cell"


def release_terms(
    instrument: Instrument,
    indicators: Sequence[Indicator],
    names: Mapping[str, Mapping[str, str]],
    language: Language,
    say: Say,
) -> tuple[Term, ...]:
    """``names`` are the words for codes of industry and region. A cell's term names its variable: ``level: L3``."""
    places = [Term(kind, code, text) for kind in ("industry", "region") for code, text in names[kind].items()]
    return (
        *places,
        *variable_terms(instrument, indicators, language, say),
        *cell_terms(instrument, language, say),
    )


def variable_terms(
    instrument: Instrument, indicators: Sequence[Indicator], language: Language, say: Say
) -> Iterator[Term]:
    yield Term("variable", FIRMS, say("figure.firms"))
    yield Term("variable", "level", say("level"))
    yield Term("variable", "index", say("index"))
    for dimension in instrument.dimensions:
        # A distribution goes by dimension.RD, mean and reliability by RD alone.
        for code in (dimension.code, f"dimension.{dimension.code}"):
            yield Term("variable", code, dimension.title.pick(language))
    for one in indicators:
        yield Term("variable", f"indicator.{one.id}", one.title.pick(language))
    for item in instrument.items:
        yield Term("variable", f"item.{item.code}", item.title.pick(language))
    for code in evidenced_items(instrument):
        title = instrument.item(code).title.pick(language)
        yield Term("variable", evidence_id(code), say("evidence") % {"title": title})


def cell_terms(instrument: Instrument, language: Language, say: Say) -> Iterator[Term]:
    for level in instrument.levels:
        yield Term(CELL, f"level: {level.code}", level.title.pick(language))
    yield Term(CELL, NONE, say("cell.none"))
    for state in (ANSWERED, *STATES):
        yield Term(CELL, state, say(f"missing.{state}"))
    for verdict in VERDICTS:
        yield Term(CELL, verdict, say(f"verdict.{verdict}"))
    for item in instrument.items:
        for option in item.options:
            yield Term(CELL, f"item.{item.code}: {option.value}", option.label.pick(language))
