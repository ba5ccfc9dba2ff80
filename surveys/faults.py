"""Says in the reader's language what is wrong with an answer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.instruments.answers_file import CellFault
from surveys.instruments.coding import AnswerFault

REASONS = {
    "na_not_allowed": gettext_lazy("“Not applicable” may not be chosen for this item."),
    "not_a_number": gettext_lazy("This is not a number. Write digits only, such as 62.5."),
    "out_of_range": gettext_lazy("The number must lie between %(low)s and %(high)s."),
    "off_step": gettext_lazy("Choose a multiple of %(step)s inside one of the bands %(bands)s."),
    "none_and_others": gettext_lazy("“%(none)s” stands for none of the options and cannot be chosen with another."),
    "unknown_value": gettext_lazy("This value is not among the answers. Write one of: %(allowed)s, NA, DK, DECLINE."),
    "empty_file": gettext_lazy("The file is empty. Begin with a header row: firm, then one column an item."),
    "not_a_table": gettext_lazy("The file is neither CSV nor XLSX. Save it from the spreadsheet as CSV UTF-8 or XLSX."),
    "unreadable_rows": gettext_lazy("The rows do not fit the header (%(problem)s). Every row needs as many cells."),
    "unreadable_workbook": gettext_lazy("The workbook cannot be opened. Save it again as XLSX, without a password."),
    "too_many_cells": gettext_lazy(
        "The sheet reaches over %(cells)s cells; %(limit)s can be read. Delete what stands far from the answers."
    ),
    "unknown_encoding": gettext_lazy("The text is neither UTF-8 nor GB18030. Save the file as CSV UTF-8."),
    "first_column_is_firm": gettext_lazy("The first column must be called “firm”."),
    "unknown_column": gettext_lazy("Column %(position)s is not known. Use the item codes of the instrument."),
    "repeated_column": gettext_lazy("Column %(position)s repeats an earlier one. Keep one of them."),
    "firm_missing": gettext_lazy("The firm's identifier is missing."),
    "firm_repeated": gettext_lazy("This firm stands already in row %(first)s. Each firm may have one row."),
    "unknown_size": gettext_lazy("The size must be micro, small, medium or large, or empty."),
    "unknown_industry": gettext_lazy("The industry must be a division of GB/T 4754 from C13 to C43, or empty."),
    "unknown_region": gettext_lazy("The region must be a province code of GB/T 2260, such as 31, or empty."),
}


def answer_fault_text(fault: AnswerFault) -> str:
    return str(REASONS[fault.reason]) % fault.detail


def cell_fault_text(fault: CellFault) -> str:
    """One line: row, column, what stands there, what is wrong and how to mend it."""
    message = str(REASONS[fault.reason]) % fault.detail
    if not fault.row:
        return message
    place = {"row": fault.row, "column": fault.column or "?", "value": fault.value, "message": message}
    if fault.value:
        return _("Row %(row)s, column %(column)s, “%(value)s”: %(message)s") % place
    return _("Row %(row)s, column %(column)s: %(message)s") % place
