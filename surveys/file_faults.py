"""Says in the reader's language what is wrong with an instrument or benchmark file, and where."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from surveys.instruments.faults import Fault


def fault_text(fault: Fault) -> str:
    """What is wrong and how to mend it."""
    message = _(fault.message)
    return message % fault.detail if fault.detail else message


def fault_place(fault: Fault) -> str:
    """Where it is: a cell of a workbook, or a line and the way to the part."""
    if fault.sheet:
        place = {"sheet": fault.sheet, "row": fault.line or 1, "column": fault.column}
        if fault.column:
            return _("sheet %(sheet)s, row %(row)s, column %(column)s") % place
        return _("sheet %(sheet)s, row %(row)s") % place
    if not fault.path:
        return _("line %(line)s") % {"line": fault.line or 1}
    return _("line %(line)s, %(path)s") % {"line": fault.line or 1, "path": fault.place}


def fault_lines(name: str, faults: Iterable[Fault]) -> list[str]:
    """One line a fault: file, place, what is wrong."""
    return [
        _("%(file)s: %(place)s: %(message)s")
        % {"file": name, "place": fault_place(fault), "message": fault_text(fault)}
        for fault in faults
    ]
