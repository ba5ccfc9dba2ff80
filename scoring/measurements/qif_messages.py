"""What the QIF reader says: refusals and warnings as a code with parameters, and the English sentence for each code.

The reader translates nothing. A page or a command looks the code up here, hands the sentence to its own gettext and
fills in the parameters, so the sentences are marked for extraction and kept whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Parameter = str | int


def gettext_noop(message: str) -> str:
    """Marks a sentence for the extraction of translations and changes nothing."""
    return message


REFUSALS: Final[Mapping[str, str]] = {
    "empty": gettext_noop("The file is empty. Export it again from the measuring software."),
    "too_large": gettext_noop(
        "The file has %(size)s bytes; at most %(limit)s bytes are read. "
        "Export the results without the CAD geometry, or split them into several files."
    ),
    "encoding": gettext_noop(
        "The text encoding “%(encoding)s” does not fit the content (%(reason)s). Save the file as UTF-8."
    ),
    "malformed": gettext_noop(
        "The XML is damaged at line %(line)s, column %(column)s (%(reason)s). Export the file again."
    ),
    "truncated": gettext_noop("The file breaks off at line %(line)s, column %(column)s. Copy or export it again."),
    "doctype": gettext_noop(
        "The file declares a document type or entities (“%(name)s”). QIF uses neither: remove the declaration."
    ),
    "too_deep": gettext_noop(
        "Elements are nested more than %(limit)s deep at “%(element)s”. QIF never is: export the file again."
    ),
    "too_many_elements": gettext_noop(
        "The file has more than %(limit)s elements. Export fewer parts or leave the CAD geometry out."
    ),
    "token_too_long": gettext_noop(
        "One element or one text is longer than %(limit)s bytes. Export the results without the CAD geometry."
    ),
    "not_qif": gettext_noop(
        "The file begins with the element “%(root)s”, not with “QIFDocument”, so it is not QIF. "
        "Choose the QIF export of the measuring software."
    ),
    "namespace": gettext_noop(
        "“QIFDocument” belongs to the namespace “%(namespace)s”. "
        "QIF 2.0, 2.1 and 3.0 use http://qifstandards.org/xsd/qif2 or qif3."
    ),
    "version": gettext_noop("QIF version %(version)s cannot be read; 2.0, 2.1 and 3.0 can. Export one of these."),
    "not_as_published": gettext_noop(
        "The file says that it is QIF, but its elements are not those that the standard publishes "
        "(found: %(names)s). Nothing was read. Ask the maker of the software for a valid QIF export."
    ),
    "nothing_to_read": gettext_noop(
        "The file is QIF but holds no characteristic, result, statistic or measuring device. "
        "Export the results or the statistics, not only the model or the rules."
    ),
    "no_documents": gettext_noop("There is no QIF document to join."),
}

WARNINGS: Final[Mapping[str, str]] = {
    "namespace_missing": gettext_noop("The file names no QIF namespace; it was read as QIF %(version)s."),
    "version_unknown": gettext_noop("QIF version %(version)s is not known; the file was read as QIF 3.0."),
    "version_mismatch": gettext_noop("The file says version %(version)s but uses the namespace %(namespace)s."),
    "unknown_elements": gettext_noop(
        "Elements that are not part of published QIF were left out (%(count)s): %(names)s."
    ),
    "units_missing": gettext_noop("The file names no units. Confirm the unit before the figures are used."),
    "unit_unknown": gettext_noop(
        "Values in units that cannot be converted were left out of the series (%(count)s): %(names)s."
    ),
    "units_mixed": gettext_noop("Values in another unit than their limits were converted (%(count)s)."),
    "statistics_unit_differs": gettext_noop(
        "Declared statistics are in another unit than the limits of their characteristic (%(count)s): %(names)s."
    ),
    "limits_declared_as_deviations": gettext_noop(
        "Tolerances marked as deviations from the nominal were read as limits, because the nominal lies between them "
        "(%(count)s): %(names)s. Confirm the limits."
    ),
    "limit_flag_missing": gettext_noop(
        "Tolerances do not say whether they are limits or deviations (%(count)s): %(names)s. Confirm the limits."
    ),
    "limits_suspicious": gettext_noop(
        "Tolerances leave the nominal outside, or deviate by as much as the nominal itself (%(count)s): %(names)s. "
        "Confirm the limits."
    ),
    "limits_reversed": gettext_noop(
        "Tolerances with a minimum above the maximum were not used (%(count)s): %(names)s."
    ),
    "nominal_missing": gettext_noop("Deviations without a nominal were not used (%(count)s): %(names)s."),
    "fit_not_read": gettext_noop("Tolerances given only as a fit class were not used (%(count)s): %(names)s."),
    "zone_one_sided": gettext_noop(
        "Geometric tolerance zones have an upper limit only and their values are not normal (%(count)s): %(names)s."
    ),
    "zone_signed": gettext_noop(
        "Zone characteristics hold signed deviations, which cannot be compared with the width of the zone "
        "(%(count)s): %(names)s."
    ),
    "material_condition": gettext_noop(
        "Tolerances grow with the size of the feature, maximum or least material condition (%(count)s): %(names)s. "
        "Pass and fail are taken from the file and no index is computed."
    ),
    "characteristic_differs": gettext_noop(
        "Characteristics with other limits in other files were kept apart (%(count)s): %(names)s."
    ),
    "rows_grouped": gettext_noop("%(rows)s rows became %(parts)s values, one for each part and characteristic."),
    "batch_without_parts": gettext_noop(
        "Results list several values of a characteristic without naming the parts (%(count)s); each counts as one part."
    ),
    "value_missing": gettext_noop("Measurements have no value (%(count)s)."),
    "value_not_number": gettext_noop("Values that are not numbers were left out (%(count)s): %(names)s."),
    "status_differs": gettext_noop("Measurements have a status that their value and limits contradict (%(count)s)."),
    "time_unreadable": gettext_noop("Time stamps cannot be read (%(count)s): %(names)s."),
    "time_zones_mixed": gettext_noop("Some times name a time zone and some do not; those without count as UTC."),
    "no_times": gettext_noop("Values without usable times stand in the order of the files, which need not be theirs."),
    "serial_text": gettext_noop("Serial numbers are texts that need not identify a part (%(count)s): %(names)s."),
    "duplicate_id": gettext_noop(
        "Ids occur twice among elements of one kind; the first counts (%(count)s): %(names)s."
    ),
    "duplicate_file": gettext_noop("Files that are copies of another file were left out (%(count)s)."),
    "duplicate_results": gettext_noop("Results that are copies of other results were left out (%(count)s)."),
    "results_id_reused": gettext_noop(
        "Results share an identifier but not their values, so all were kept (%(count)s)."
    ),
    "document_id_reused": gettext_noop("Different files carry the same document identifier (%(count)s): %(names)s."),
    "unresolved_references": gettext_noop(
        "References lead nowhere (%(count)s): %(names)s. Add the file that holds their targets."
    ),
}


@dataclass(frozen=True, slots=True)
class QifWarning:
    """Something the reader assumed or left out, to be shown beside the figures."""

    code: str
    params: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return WARNINGS[self.code] % self.params


class QifError(Exception):
    """The file is refused. ``code`` is a key of REFUSALS and ``params`` fills its sentence."""

    def __init__(self, code: str, **params: Parameter) -> None:
        self.code = code
        self.params: Mapping[str, Parameter] = params
        super().__init__(self.message)

    @property
    def message(self) -> str:
        return REFUSALS[self.code] % self.params


def listed(names: list[str], at_most: int = 5) -> str:
    """The first distinct names, comma separated, with an ellipsis when there are more."""
    distinct = list(dict.fromkeys(name[:60] for name in names))
    return ", ".join(distinct[:at_most]) + (", …" if len(distinct) > at_most else "")


def counted(code: str, names: list[str]) -> tuple[QifWarning, ...]:
    """One warning for all the names, or none when there are none."""
    return (QifWarning(code, {"count": len(names), "names": listed(names)}),) if names else ()
