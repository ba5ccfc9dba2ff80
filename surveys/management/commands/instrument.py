"""Instruments as files: list, export, check, import."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from surveys.file_faults import fault_lines
from surveys.instruments.check_benchmark import check_benchmark, is_benchmark
from surveys.instruments.check_file import Loaded, load_file
from surveys.instruments.check_source import read_source
from surveys.instruments.export import to_json
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.markdown import to_markdown
from surveys.instruments.workbook import to_workbook
from surveys.instruments.workbook_file import is_workbook
from surveys.instruments.xlsform import to_xlsform
from surveys.library import (
    InstrumentUnknown,
    VersionTaken,
    instrument_list,
    instrument_store,
    instrument_text,
    versions_of,
)
from surveys.management.files import REFUSED, STANDARD, WRONG_USAGE, code_and_version, read_input, write_output

WRITERS = {"json": to_json, "xlsx": to_workbook, "xlsform": to_xlsform}
FORMATS = ("yaml", *WRITERS, "md")


class Command(BaseCommand):
    help = "Lists, exports, checks and imports instruments. docs/instruments.md describes the file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="list|export|check|import")
        listing = actions.add_parser("list", help="Every instrument with its versions.")
        listing.add_argument("--format", choices=("table", "json"), default="table")
        export = actions.add_parser("export", help="Writes an instrument as a file.")
        export.add_argument("instrument", metavar="CODE[@VERSION]")
        export.add_argument("--format", choices=FORMATS, default="yaml")
        export.add_argument("--lang", choices=("zh-hans", "en"), help="one language; only with --format md")
        export.add_argument("--out", default=STANDARD, metavar="FILE")
        check = actions.add_parser("check", help="Lists every fault of a file with its place and how to mend it.")
        check.add_argument("file", metavar="FILE")
        check.add_argument("--benchmark", metavar="FIGURES.yaml", help="also: do these published figures fit the file?")
        importing = actions.add_parser("import", help="Checks a file and keeps it.")
        importing.add_argument("file", metavar="FILE")
        for one in (check, importing):
            one.add_argument("--adopt", action="store_true", help="take of a foreign XLSForm what can be taken")

    def handle(self, *args: Any, **options: Any) -> None:
        actions = {"list": self.list, "export": self.export, "check": self.check_file, "import": self.import_file}
        actions[options["action"]](options)

    def list(self, options: Mapping[str, Any]) -> None:
        instruments = instrument_list(drafts=True)
        language = get_language() or "zh-hans"
        if options["format"] == "json":
            rows = [
                {
                    "code": one.code,
                    "version": one.version,
                    "versions": versions_of(one.code),
                    "status": one.status,
                    "items": len(one.items),
                    "title": one.title.to_dict(),
                }
                for one in instruments
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for one in instruments:
            self.stdout.write(
                f"{one.code:<22} {one.version:<8} {one.status:<10} {len(one.items):>3}  {one.title.pick(language)}"
            )

    def export(self, options: Mapping[str, Any]) -> None:
        if options["lang"] and options["format"] != "md":
            message = _("--lang goes with --format md only: the other formats carry both languages.")
            raise CommandError(message, returncode=WRONG_USAGE)
        code, version = code_and_version(options["instrument"])
        try:
            text = instrument_text(code, version)
        except InstrumentUnknown as error:
            known = ", ".join(f"{one.code}@{one.version}" for one in instrument_list(drafts=True))
            message = _("There is no instrument %(wanted)s. Known are: %(known)s.")
            raise CommandError(message % {"wanted": error, "known": known}, returncode=REFUSED) from error
        write_output(options["out"], exported(text, options["format"], options["lang"]))

    def check_file(self, options: Mapping[str, Any]) -> None:
        name = options["file"]
        data = read_input(name)
        if benchmark_in(data):
            refuse_if(name, figure_faults(data))
        else:
            loaded = load(name, data, adopt=options["adopt"])
            self.tell(name, loaded)
            if options["benchmark"]:
                figures = read_input(options["benchmark"])
                refuse_if(options["benchmark"], figure_faults(figures, loaded.raw))
        self.stdout.write(_("%(file)s: no fault found.") % {"file": name})

    def import_file(self, options: Mapping[str, Any]) -> None:
        name = options["file"]
        loaded = load(name, read_input(name), adopt=options["adopt"])
        wanted = f"{loaded.raw['code']}@{loaded.raw['version']}"
        try:
            new = instrument_store(text=loaded.text)
        except VersionTaken as error:
            message = _(
                "%(wanted)s is published with other content, and a published version never changes. "
                "Give the file a new version number."
            )
            raise CommandError(message % {"wanted": wanted}, returncode=REFUSED) from error
        except OSError as error:
            message = _("%(file)s cannot be written: %(problem)s.")
            values = {"file": error.filename, "problem": error.strerror}
            raise CommandError(message % values, returncode=REFUSED) from error
        self.tell(name, loaded)
        done = _("%(wanted)s is kept.") if new else _("%(wanted)s is here already, with the same content.")
        self.stdout.write(done % {"wanted": wanted})

    def tell(self, name: str, loaded: Loaded) -> None:
        """What was left out or changed on the way in."""
        for line in fault_lines(name, loaded.notices):
            self.stderr.write(line)


def exported(text: str, form: str, language: str | None) -> bytes:
    if form == "yaml":
        return text.encode()
    raw = read_source(text).raw
    return to_markdown(raw, language) if form == "md" else WRITERS[form](raw)


def load(name: str, data: bytes, *, adopt: bool) -> Loaded:
    try:
        return load_file(data, adopt=adopt)
    except FileRefused as refused:
        raise refusal(name, list(refused.faults)) from refused


def benchmark_in(data: bytes) -> bool:
    """Whether the file holds published figures rather than an instrument."""
    try:
        return not is_workbook(data) and is_benchmark(read_source(data).raw)
    except FileRefused:
        return False


def figure_faults(data: bytes, instrument: Mapping[str, Any] | None = None) -> list[Fault]:
    """The faults of a benchmark file, held against the instruments that are here and ``instrument``."""

    def find(code: str) -> Mapping[str, Any] | None:
        if instrument is not None and instrument["code"] == code:
            return instrument
        try:
            return read_source(instrument_text(code)).raw
        except InstrumentUnknown:
            return None

    return check_benchmark(data, find, [one.code for one in instrument_list(drafts=True)])


def refuse_if(name: str, faults: list[Fault]) -> None:
    if faults:
        raise refusal(name, faults)


def refusal(name: str, faults: list[Fault]) -> CommandError:
    count = len(faults)
    head = ngettext("%(file)s has %(count)d fault.", "%(file)s has %(count)d faults.", count)
    return CommandError(
        "\n".join([head % {"file": name, "count": count}, *fault_lines(name, faults)]), returncode=REFUSED
    )
