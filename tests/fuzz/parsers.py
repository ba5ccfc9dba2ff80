"""Everything that reads what a stranger sends. Each parser gives something, or refuses in the way that it names."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from firms.credit_code import check_character, faults, normalised
from firms.masking import masked
from firms.services.tokens import token_person
from scoring.engine.release.released import release_from_dict
from scoring.measurements.qif import QifError, read_qif, series
from scoring.measurements.table import TableRefused, read_numbers, read_table
from surveys.instruments.answers_file import AnswersRefused, Catalogues, read_answers
from surveys.instruments.check import load_instrument
from surveys.instruments.check_file import load_file
from surveys.instruments.coding import AnswerFault, code_answer
from surveys.instruments.faults import FileRefused
from surveys.library import instrument_get
from surveys.workbook.opening import WorkbookRefused, open_workbook
from tests.fuzz import samples

BLUEBOOK = instrument_get("bluebook")
CATALOGUES = Catalogues(frozenset({"C34"}), frozenset({"33"}))


@dataclass(frozen=True)
class Parser:
    """``goods`` are what it reads well; ``refusals`` the only errors it may raise."""

    name: str
    read: Callable[[bytes], object]
    goods: tuple[bytes, ...]
    refusals: tuple[type[Exception], ...] = ()


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def answers(data: bytes) -> object:
    return read_answers(data, BLUEBOOK, CATALOGUES)


def table(data: bytes) -> object:
    found = read_table(data)
    for column in found.columns:
        # A column of words is refused as numbers; the table with it is read all the same.
        with contextlib.suppress(TableRefused):
            read_numbers(found, column)
    return found


def qif(data: bytes) -> object:
    document = read_qif(data)
    return [series(document, each) for each in document.characteristics]


def credit_code(data: bytes) -> object:
    code = normalised(text_of(data))
    return faults(code) or check_character(code[:-1])


def written_answers(data: bytes) -> object:
    return [code_answer(item, text_of(data)) for item in BLUEBOOK.items[:1]]


def instrument_file(data: bytes) -> object:
    """YAML, JSON, our workbook, our XLSForm or somebody else's: told apart by what is in it."""
    return load_file(data, adopt=True)


PARSERS = (
    Parser("answers file", answers, samples.answers_files(BLUEBOOK), (AnswersRefused,)),
    Parser("answers workbook", open_workbook, samples.answer_workbooks(BLUEBOOK), (WorkbookRefused,)),
    Parser("one answer", written_answers, (b"3", b" 5 ", b"DK"), (AnswerFault,)),
    Parser("instrument", load_instrument, samples.instruments(), (FileRefused,)),
    Parser("instrument file", instrument_file, samples.instrument_files(), (FileRefused,)),
    Parser("measurements", table, samples.tables(), (TableRefused,)),
    Parser("QIF", qif, samples.qif_files(), (QifError,)),
    Parser("credit code", credit_code, (b"91330100799655058B", b"9133 0100-7996 5505 8B")),
    Parser("token", lambda data: token_person(text_of(data)), (b"qms_abcdefgh", b"qms_" + b"A" * 43)),
    Parser("log line", lambda data: masked(text_of(data)), (b"wang@example.com opened /work/abc/ with qms_abcdefghi",)),
    Parser(
        "release", lambda data: release_from_dict(json.loads(data)), samples.releases(),
        (ValueError, KeyError, TypeError, AttributeError),
    ),
)  # fmt: skip
