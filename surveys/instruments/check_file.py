"""Reads an instrument from whatever it comes in: YAML, JSON, our workbook, our XLSForm, somebody else's XLSForm."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.instruments import check_messages as say
from surveys.instruments.check import load_instrument
from surveys.instruments.check_source import decoded, read_source
from surveys.instruments.export import to_yaml
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.workbook import from_workbook
from surveys.instruments.workbook_file import is_workbook, read_workbook
from surveys.instruments.xlsform_convention import convention_faults
from surveys.instruments.xlsform_foreign import from_foreign_xlsform
from surveys.instruments.xlsform_own import from_own_xlsform, is_own


@dataclass(frozen=True, slots=True)
class Loaded:
    """An instrument without faults: its plain values, the YAML text that is kept, and what was left out on the way."""

    raw: Mapping[str, Any]
    text: str
    notices: tuple[Fault, ...] = ()


def load_file(data: bytes, *, adopt: bool = False) -> Loaded:
    """The instrument in a file. FileRefused with the place of every fault.

    ``adopt`` takes of a foreign XLSForm what can be taken and tells the rest in ``notices``.
    """
    if is_workbook(data):
        return load_sheets(data, adopt=adopt)
    text = decoded(data)
    load_instrument(text)
    raw = read_source(text).raw
    # JSON is YAML too, but what is kept is the form that people edit.
    return Loaded(raw, to_yaml(raw).decode() if text.lstrip().startswith("{") else text)


def load_sheets(data: bytes, *, adopt: bool) -> Loaded:
    sheets = read_workbook(data)
    raw: Mapping[str, Any] = {}
    notices: tuple[Fault, ...] = ()
    if "survey" in sheets:
        refuse(convention_faults(data))
    if is_own(sheets):
        raw = from_own_xlsform(sheets)
    elif "survey" in sheets:
        found = from_foreign_xlsform(sheets, adopt=adopt)
        raw, notices = found.raw, found.notices
    elif "items" in sheets:
        raw = from_workbook(sheets)
    else:
        refuse([Fault((), say.UNKNOWN_SHEETS)])
    text = to_yaml(raw).decode()
    load_instrument(text)
    return Loaded(raw, text, notices)


def refuse(faults: list[Fault]) -> None:
    if faults:
        raise FileRefused(faults)
