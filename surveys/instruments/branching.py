"""Which items are asked, and whether all that were asked have been answered."""

import numpy as np
from numpy.typing import NDArray

from surveys.instruments.answers import AnswerTable, Column, State, code_of
from surveys.instruments.model import Instrument
from surveys.instruments.predicates import OptionValues, holds


def option_values(instrument: Instrument) -> OptionValues:
    """Each item's option values, in order of position."""
    return {item.code: [option.value for option in item.options] for item in instrument.items}


def with_branching(instrument: Instrument, answers: AnswerTable) -> AnswerTable:
    """The same answers with NOT_ASKED wherever branching hides the item; what was typed there is not looked at."""
    columns = dict(answers.columns)
    options = option_values(instrument)
    for item in instrument.items:
        if item.ask_when is not None:
            column = columns[item.code]
            code = column.code.copy()
            code[~holds(item.ask_when, AnswerTable(answers.size, columns), options)] = code_of(State.NOT_ASKED)
            columns[item.code] = Column(code, column.number)
    return AnswerTable(answers.size, columns)


def complete(instrument: Instrument, answers: AnswerTable) -> NDArray[np.bool_]:
    """True where every required item that was asked has some answer, shape (n,). Expects ``with_branching``."""
    done = np.ones(answers.size, bool)
    answered = np.empty(answers.size, bool)
    for item in instrument.items:
        if item.required:
            np.not_equal(answers[item.code].code, code_of(State.NOT_YET), out=answered)
            done &= answered
    return done
