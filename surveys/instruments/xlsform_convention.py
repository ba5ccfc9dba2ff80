"""Asks pyxform, the reference implementation of the XLSForm convention, whether a form keeps to it."""

import re

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from surveys.instruments import check_messages as say
from surveys.instruments.check_source import one_line
from surveys.instruments.faults import Fault

ROW = re.compile(r"\[row\s*:\s*(\d+)\]")


def convention_faults(data: bytes) -> list[Fault]:
    """What pyxform refuses in a form, [] if it makes an XForm of it. It stops at the first."""
    try:
        convert(data, file_type=".xlsx")
    except PyXFormError as error:
        return [fault_of(str(error))]
    except Exception as error:  # pyxform reads what it expects; a form that is none ends in errors of every type
        return [fault_of(f"{type(error).__name__} {error}")]
    return []


def fault_of(problem: str) -> Fault:
    row = ROW.search(problem)
    return Fault((), say.XLS_CONVENTION, int(row[1]) if row else None, {"problem": one_line(problem)}, "survey")
