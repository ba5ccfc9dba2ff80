"""The verdicts in words: claims, reasons and reservations, each a code with parameters.

As in scoring.engine.spc.messages nothing is translated here, and the sentences are marked for extraction. Reasons that
come from the capability verdict keep the codes and the sentences that they have there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scoring.engine.spc.messages import REMARKS, Parameter, gettext_noop

CLAIMS: Final[Mapping[str, str]] = {
    "none": gettext_noop("nothing that data could show"),
    "evaluated": gettext_noop("the capability of a key process has been evaluated"),
    "capable": gettext_noop("capability reaches Ppk %(required)s"),
    "monitored": gettext_noop("characteristics are measured at a set frequency"),
    "acted_on": gettext_noop("control charts are used and their signals acted on"),
    "studied": gettext_noop("a measurement system has been analysed"),
    "gauge_fit": gettext_noop("measurement systems are fit for use"),
    "share": gettext_noop("%(declared)s%% of the data are captured automatically"),
}

OWN_REASONS: Final[Mapping[str, str]] = {
    "no_answer": gettext_noop("The item has no answer that data could be held against."),
    "nothing_claimed": gettext_noop("The answer, level %(level)s, claims nothing that measured data could show."),
    "source_removed": gettext_noop("A file that the figures were computed from has been removed."),
    "was_evaluated": gettext_noop("%(n)s values were evaluated against specification limits; Ppk is %(ppk)s."),
    "order_unknown": gettext_noop(
        "In which order the values were measured is not known, so a control chart says nothing. "
        "Name the column with the times, or confirm that the rows stand in the order of production."
    ),
    "order_backwards": gettext_noop(
        "The times run backwards at row %(row)s, so the rows are not in the order of production. "
        "Sort the file by time and send it again."
    ),
    "too_few_points": gettext_noop("The control chart has %(points)s points; a verdict needs at least %(minimum)s."),
    "measured_in_order": gettext_noop("%(points)s points stand in the order of time."),
    "no_subgroups": gettext_noop(
        "Single values in order and without signals do not show that a control chart is kept. "
        "Send subgroups, or name the column in which reactions are noted."
    ),
    "in_control": gettext_noop("%(points)s points in the order of time show no signal: there was nothing to react to."),
    "reacted": gettext_noop("Points with signals: %(flagged)s of %(points)s; a reaction is noted at each of them."),
    "not_reacted": gettext_noop(
        "Points with signals: %(flagged)s of %(points)s, of which %(beyond)s beyond the control limits; "
        "no reaction is noted at any of them."
    ),
    "partly_reacted": gettext_noop(
        "Points with signals: %(flagged)s of %(points)s; a reaction is noted at %(reacted)s of them."
    ),
    "reactions_unknown": gettext_noop(
        "Points with signals: %(flagged)s of %(points)s; the file does not say what was done about them. "
        "Name the column in which reactions are noted."
    ),
    "study_small": gettext_noop(
        "The gauge study has %(parts)s parts, %(appraisers)s appraisers and %(trials)s trials; "
        "a verdict needs at least %(least_parts)s parts, 2 appraisers and 2 trials."
    ),
    "study_declared_only": gettext_noop(
        "The file declares %(count)s measurement system studies but holds no measurements by part and appraiser, "
        "so nothing can be recomputed. Send the single values as a table."
    ),
    "was_studied": gettext_noop(
        "A gauge study of %(parts)s parts, %(appraisers)s appraisers and %(trials)s trials gives a GRR of %(grr)s%%."
    ),
    "grr_within": gettext_noop(
        "GRR is %(grr)s%%; its 95%% interval, %(low)s%% to %(high)s%%, stays within 30%%, with %(ndc)s distinct "
        "categories."
    ),
    "grr_beyond": gettext_noop(
        "GRR is %(grr)s%%; its whole 95%% interval, %(low)s%% to %(high)s%%, lies above 30%%: the gauge is not "
        "acceptable by common rules."
    ),
    "grr_straddles": gettext_noop(
        "GRR is %(grr)s%%, but its 95%% interval, %(low)s%% to %(high)s%%, holds the bound of 30%%. "
        "A study with more appraisers and parts would tell."
    ),
    "grr_coarse": gettext_noop(
        "GRR is %(grr)s%% (95%% interval %(low)s%% to %(high)s%%), but only %(ndc)s distinct categories can be told "
        "apart; common rules ask for 5. The parts of the study may be too alike."
    ),
    # No longer given; verdicts written down before GRR had an interval keep them.
    "gauge_good": gettext_noop("GRR is %(grr)s%%, at most 30%%, with %(ndc)s distinct categories."),
    "gauge_bad": gettext_noop("GRR is %(grr)s%%, above 30%%: the gauge is not acceptable by common rules."),
    "gauge_coarse": gettext_noop(
        "GRR is %(grr)s%%, but only %(ndc)s distinct categories can be told apart; common rules ask for 5. "
        "The parts of the study may be too alike."
    ),
    "inventory_open": gettext_noop(
        "The list of data is not marked as complete, so the share of the whole is not known (so far %(share)s%%)."
    ),
    "share_agrees": gettext_noop(
        "By the list of data %(share)s%% are captured automatically; %(declared)s%% were declared."
    ),
    "share_above": gettext_noop(
        "By the list of data %(share)s%% are captured automatically, more than the declared %(declared)s%%: "
        "the answer may be raised."
    ),
    "share_below": gettext_noop(
        "By the list of data only %(share)s%% are captured automatically, less than the declared %(declared)s%%."
    ),
}

CAVEATS: Final[Mapping[str, str]] = {
    "one_characteristic": gettext_noop("The data speak for this characteristic; the answer speaks for all."),
    "on_paper": gettext_noop("What the answer says about procedures and reviews is for documents to show."),
    "order_confirmed": gettext_noop("The order of the rows was confirmed by whoever sent the file."),
    "equal_times": gettext_noop("Some values carry the same time; these stand in the order of the file."),
    "reaction_planned": gettext_noop("The file holds a plan of corrective actions, but not what was done when."),
    "study_usual": gettext_noop("A usual gauge study has 10 parts, 3 appraisers and 3 trials; this one is smaller."),
    "of_study_variation": gettext_noop(
        "GRR is a share of the study variation, because no tolerance was given; it depends on the parts chosen."
    ),
    "grr_interval": gettext_noop("The 95%% interval of GRR goes from %(low)s%% to %(high)s%%."),
    "gauge_conditional": gettext_noop("A GRR from 10%% to 30%% is acceptable only where the use allows it."),
    "declared_unsupported": gettext_noop(
        "The declared %(index)s of %(declared)s is not what the data give (recomputed %(value)s)."
    ),
    "inventory_own_word": gettext_noop("The list of data is the firm's own; it was not measured by this site."),
    "devices": gettext_noop(
        "The QIF files name the device of %(known)s of %(all)s measurements; %(automatic)s of these measured by itself."
    ),
    "machine_rhythm": gettext_noop("The times in the QIF files are evenly spaced, as a machine writes them."),
    "typed_minutes": gettext_noop("The times in the QIF files are whole minutes, as people type them."),
    "rounded_digits": gettext_noop("Most values in the QIF files end in 0 or 5, as when a scale is read by eye."),
}

REASONS: Final[Mapping[str, str]] = {**REMARKS, **OWN_REASONS}
"""Every sentence that may give the reason of a verdict."""

SENTENCES: Final[Mapping[str, str]] = {**REASONS, **CAVEATS}

REFUSALS: Final[Mapping[str, str]] = {
    "time_unreadable": gettext_noop(
        "Row %(row)s: “%(text)s” in column %(column)s is no time that can be read. "
        "Write times such as 2026-11-24 08:30, or leave the column of times out."
    ),
    "no_sizes": gettext_noop(
        "A %(kind)s chart needs the sizes of the samples. Name their column, or one size for all."
    ),
    "sizes_missing": gettext_noop("Row %(row)s has a count but no sample size in column %(column)s. Fill it in."),
    "no_counts": gettext_noop("A QIF file holds measured values, not counts. Send counts as a table."),
    "no_studies": gettext_noop(
        "The QIF files hold no measurement system study. Send part, appraiser and value of each measurement as a table."
    ),
    "no_values": gettext_noop("The list of data holds no values. Enter how many values each row gives."),
}


class EvidenceError(ValueError):
    """The data cannot be used as asked. ``code`` is a key of REFUSALS and ``params`` fills its sentence."""

    def __init__(self, code: str, **params: Parameter) -> None:
        self.code = code
        self.params: Mapping[str, Parameter] = params
        super().__init__(REFUSALS[code] % params)
