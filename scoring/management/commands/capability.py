"""Capability indices, control limits and signals of a column of measured values, on standard output."""

import json
import math
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from scoring.engine.spc.as_json import JsonObject, gauge_object, study_object, verdict_object
from scoring.engine.spc.capability import Limits
from scoring.engine.spc.distributions import DISTRIBUTIONS
from scoring.engine.spc.messages import REFUSALS, SpcError, shown
from scoring.engine.spc.run_rules import RULE_SETS
from scoring.engine.spc.sigma import OF_INDIVIDUALS, OF_SUBGROUPS
from scoring.engine.spc.study import Options, Study, study
from scoring.evidence.computing import gauge_of
from scoring.evidence.mapping import GaugeMapping
from scoring.evidence.sources import opened
from scoring.management.capability_text import refusal_text, study_text
from scoring.management.gauge_text import gauge_text
from scoring.measurements.measured import Measured, Wanted, measured
from scoring.measurements.qif_messages import REFUSALS as QIF_REFUSALS
from scoring.measurements.qif_messages import QifError
from scoring.measurements.table_messages import TableRefused
from surveys.management.files import REFUSED, WRONG_USAGE, read_input

CONTRADICTIONS = frozenset({"estimator_needs_subgroups", "estimator_needs_individuals"})
"""Refusals that come from the arguments alone, whatever the file holds."""


class Command(BaseCommand):
    help = "Computes capability indices with intervals, control limits and signals of measured values (CSV, XLSX, QIF)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="CSV, XLSX or QIF; - for standard input")
        parser.add_argument(
            "--column", action="append", required=True, help="header or letter; in QIF the characteristic; repeatable"
        )
        parser.add_argument("--lsl", type=number, help="lower specification limit")
        parser.add_argument("--usl", type=number, help="upper specification limit")
        parser.add_argument("--target", type=number, help="target value, needed for Cpm")
        groups = parser.add_mutually_exclusive_group()
        groups.add_argument("--subgroup", metavar="COLUMN", help="column with the name of the subgroup")
        groups.add_argument("--subgroup-size", type=size, metavar="N", help="subgroups of N consecutive rows")
        parser.add_argument("--confidence", type=level, default=0.95)
        parser.add_argument("--sigma", choices=[*OF_SUBGROUPS, *OF_INDIVIDUALS], help="estimator of the within sigma")
        parser.add_argument("--distribution", choices=DISTRIBUTIONS, help="for the percentile method; else by rule")
        parser.add_argument("--rules", choices=list(RULE_SETS), default="western-electric", help="run rules")
        parser.add_argument("--required-ppk", type=number, help="adds the verdict on this requirement")
        gauge = parser.add_argument_group("gauge study", "computed instead where both columns are named")
        gauge.add_argument("--part", metavar="COLUMN", help="column with the part measured")
        gauge.add_argument("--appraiser", metavar="COLUMN", help="column with who measured")
        gauge.add_argument("--tolerance", type=positive, help="width of the tolerance; else of --lsl and --usl, if any")
        parser.add_argument("--sheet", help="sheet of a workbook")
        parser.add_argument("--decimal", choices=[".", ","], help="decimal mark, when the column cannot tell")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        require_whole(options)
        data = read_input(options["file"])
        try:
            self.stdout.write(_gauge(data, options) if options["part"] else _capability(data, options))
        except TableRefused as error:
            raise CommandError(refusal_text(error), returncode=REFUSED) from error
        except QifError as error:
            raise CommandError(_(QIF_REFUSALS[error.code]) % error.params, returncode=REFUSED) from error
        except SpcError as error:
            code = WRONG_USAGE if error.code in CONTRADICTIONS else REFUSED
            raise CommandError(_(REFUSALS[error.code]) % shown(error.params), returncode=code) from error


def require_whole(options: dict[str, Any]) -> None:
    """CommandError where a gauge study is only half asked for."""
    if bool(options["part"]) != bool(options["appraiser"]):
        raise CommandError(_("A gauge study needs both --part and --appraiser."), returncode=WRONG_USAGE)
    if options["part"] and len(options["column"]) > 1:
        raise CommandError(_("A gauge study has one column of values: give --column once."), returncode=WRONG_USAGE)
    if options["tolerance"] is not None and not options["part"]:
        raise CommandError(
            _("--tolerance is for gauge studies; give limits with --lsl and --usl."), returncode=WRONG_USAGE
        )


def _gauge(data: bytes, options: dict[str, Any]) -> str:
    """The gauge study as asked for. Raises what reading and computing raise."""
    mapping = GaugeMapping(
        values=options["column"][0],
        part=options["part"],
        appraiser=options["appraiser"],
        tolerance=options["tolerance"] or _width(options),
        decimal=options["decimal"],
    )
    source = opened([data], options["sheet"] or "")
    if source.table is None:
        raise CommandError(_("A gauge study is read from CSV or XLSX."), returncode=REFUSED)
    done = gauge_of(source, mapping, options["confidence"])
    assert done.gauge is not None  # noqa: S101 - a table gives a study or is refused
    if options["format"] == "json":
        described = {"format": source.form, "characteristic": done.name, "unit": done.unit}
        return json.dumps(described | gauge_object(done.gauge), allow_nan=False, indent=2)
    return gauge_text(done.name, done.unit, done.gauge)


def _width(options: dict[str, Any]) -> float | None:
    lsl, usl = options["lsl"], options["usl"]
    return None if lsl is None or usl is None else usl - lsl


def _capability(data: bytes, options: dict[str, Any]) -> str:
    """The study as asked for. Raises what reading and computing raise."""
    wanted = Wanted(
        columns=tuple(options["column"]),
        subgroup=options["subgroup"],
        subgroup_size=options["subgroup_size"],
        sheet=options["sheet"],
        decimal=options["decimal"],
    )
    found = measured(data, wanted)
    result = _study(found, _limits(found, options), options)
    required = options["required_ppk"]
    if options["format"] == "json":
        return json.dumps(_object(found, result, required), allow_nan=False, indent=2)
    return study_text(found, result, required)


def number(written: str) -> float:
    """A finite number, as an argument."""
    try:
        value = float(written)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ArgumentTypeError(_("“%(written)s” is not a number.") % {"written": written})
    return value


def positive(written: str) -> float:
    """A number above 0, as an argument."""
    value = number(written)
    if value <= 0:
        raise ArgumentTypeError(_("“%(written)s” is not above 0.") % {"written": written})
    return value


def level(written: str) -> float:
    """A confidence level between 0 and 1, as an argument."""
    value = number(written)
    if not 0 < value < 1:
        raise ArgumentTypeError(_("“%(written)s” is not between 0 and 1.") % {"written": written})
    return value


def size(written: str) -> int:
    """The size of subgroups, a whole number of 2 or more, as an argument."""
    value = number(written)
    if value < 2 or value != int(value):
        raise ArgumentTypeError(_("“%(written)s” is not a whole number of 2 or more.") % {"written": written})
    return int(value)


def _limits(found: Measured, options: dict[str, Any]) -> Limits:
    """The limits given; without any, those of the file. Contradictory limits are wrong usage if they were given."""
    lsl, usl, target = options["lsl"], options["usl"], options["target"]
    given = lsl is not None or usl is not None
    try:
        return Limits(lsl, usl, target) if given else Limits(found.lower, found.upper, target)
    except SpcError as error:
        message = _("Give the lower limit with --lsl, the upper limit with --usl, or both.")
        if error.code != "no_limits":
            message = _(REFUSALS[error.code]) % shown(error.params)
        raise CommandError(message, returncode=WRONG_USAGE) from error


def _study(found: Measured, limits: Limits, options: dict[str, Any]) -> Study:
    chosen = Options(options["confidence"], options["sigma"], options["distribution"], options["rules"])
    return study(found.values, limits, found.subgroups, chosen, found.remarks)


def _object(found: Measured, result: Study, required: float | None) -> JsonObject:
    described: JsonObject = {"format": found.format, "characteristic": found.name, "unit": found.unit}
    described |= {"blank_cells": found.blank, **study_object(result)}
    notes = [{"code": each.code, "message": each.message, "params": dict(each.params)} for each in found.warnings]
    described["warnings"] = [*notes, *described["warnings"]]
    if required is not None:
        described["verdict"] = verdict_object(result.verdict(required))
    return described
