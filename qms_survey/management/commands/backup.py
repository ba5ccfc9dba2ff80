"""Writes everything into one file."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qms_survey.backup import backup_write, data_directory


class Command(BaseCommand):
    help = "Writes rows, uploads, reports and keys into one file, while the site goes on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["file"])
        try:
            with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
                written = backup_write(file, data_directory())
            Path(file.name).replace(target)
        except OSError as error:
            values = {"file": target, "problem": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(problem)s.") % values, returncode=1) from error
        self.stdout.write(
            _("%(file)s: %(rows)d rows and %(files)d files.")
            % {"file": target, "rows": written.rows, "files": written.files}
        )
