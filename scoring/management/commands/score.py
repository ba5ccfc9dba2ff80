"""Batch scoring without the web: an answers file in, a results file out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firms.catalogues import industries, regions
from scoring.engine.results_file import results_frame
from scoring.library import benchmark_for
from surveys.faults import cell_fault_text
from surveys.instruments.answers_file import AnswersRefused, Catalogues, read_answers
from surveys.library import InstrumentUnknown, instrument_get, instrument_list
from surveys.management.files import REFUSED, code_and_version, read_input, write_output


class Command(BaseCommand):
    help = "Scores an answers file (CSV or XLSX; - for standard input) and writes a results file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", metavar="ANSWERS.csv")
        parser.add_argument("--instrument", required=True, metavar="CODE[@VERSION]")
        parser.add_argument("--out", required=True, metavar="RESULTS.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        code, version = code_and_version(options["instrument"])
        try:
            instrument = instrument_get(code, version)
            file = read_answers(
                read_input(options["answers"]), instrument, Catalogues(industries().keys(), regions().keys())
            )
        except InstrumentUnknown as error:
            known = ", ".join(f"{one.code}@{one.version}" for one in instrument_list())
            message = _("There is no instrument %(wanted)s. Known are: %(known)s.")
            raise CommandError(message % {"wanted": error, "known": known}, returncode=REFUSED) from error
        except AnswersRefused as refused:
            raise CommandError(_refusal(refused), returncode=REFUSED) from refused
        benchmark = benchmark_for(instrument.code)
        frame = results_frame(instrument, benchmark.indicators if benchmark else (), file)
        write_output(options["out"], frame.to_csv(index=False, lineterminator="\n").encode())


def _refusal(refused: AnswersRefused) -> str:
    count = len(refused.faults)
    head = ngettext(
        "Nothing was scored: there is %(count)d fault in the file.",
        "Nothing was scored: there are %(count)d faults in the file.",
        count,
    )
    return "\n".join([head % {"count": count}, *(cell_fault_text(fault) for fault in refused.faults)])
