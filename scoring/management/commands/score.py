"""Batch scoring without the web: an answers file in, a results file out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firms.catalogues import industries, regions
from scoring.engine.results_file import results_frame
from scoring.library import benchmark_for
from surveys.faults import cell_fault_text
from surveys.instruments.answers_file import AnswersRefused, Catalogues, read_answers
from surveys.instruments.faults import FileRefused
from surveys.instruments.model import Instrument
from surveys.instruments.parse import parse_instrument
from surveys.library import InstrumentUnknown, instrument_get, instrument_list
from surveys.management.files import REFUSED, code_and_version, read_input, write_output


class Command(BaseCommand):
    help = "Scores an answers file (CSV or XLSX; - for standard input) and writes a results file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", metavar="ANSWERS.csv")
        parser.add_argument("--instrument", required=True, metavar="CODE[@VERSION] | FILE.yaml")
        parser.add_argument("--out", required=True, metavar="RESULTS.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        instrument = _instrument(options["instrument"])
        catalogues = Catalogues(industries().keys(), regions().keys())
        try:
            file = read_answers(read_input(options["answers"]), instrument, catalogues)
        except AnswersRefused as refused:
            raise CommandError(_refusal(refused), returncode=REFUSED) from refused
        benchmark = benchmark_for(instrument.code)
        frame = results_frame(instrument, benchmark.indicators if benchmark else (), file)
        write_output(options["out"], frame.to_csv(index=False, lineterminator="\n").encode())


def _instrument(name: str) -> Instrument:
    """The instrument of this code and version, or the one in a file that is still being written."""
    if name.endswith((".yaml", ".yml")):
        return _from_file(name)
    code, version = code_and_version(name)
    try:
        return instrument_get(code, version)
    except InstrumentUnknown as error:
        known = ", ".join(f"{one.code}@{one.version}" for one in instrument_list())
        message = _("There is no instrument %(wanted)s. Known are: %(known)s.")
        raise CommandError(message % {"wanted": error, "known": known}, returncode=REFUSED) from error


def _from_file(name: str) -> Instrument:
    try:
        return parse_instrument(read_input(name).decode())
    except UnicodeDecodeError as error:
        message = _("%(file)s is not UTF-8. Save the instrument file as UTF-8.")
        raise CommandError(message % {"file": name}, returncode=REFUSED) from error
    except FileRefused as refused:
        head = _("The instrument file %(file)s cannot be used.") % {"file": Path(name).name}
        raise CommandError("\n".join([head, *(str(one) for one in refused.faults)]), returncode=REFUSED) from refused


def _refusal(refused: AnswersRefused) -> str:
    count = len(refused.faults)
    head = ngettext(
        "Nothing was scored: there is %(count)d fault in the file.",
        "Nothing was scored: there are %(count)d faults in the file.",
        count,
    )
    return "\n".join([head % {"count": count}, *(cell_fault_text(fault) for fault in refused.faults)])
