"""Puts a backup back into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qms_survey.backup import BackupRefused, backup_restore, data_directory


class Command(BaseCommand):
    help = "Restores a backup into an empty, migrated database and data directory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Path(options["file"]).open("rb") as source:
                restored = backup_restore(source, data_directory())
        except OSError as error:
            values = {"file": options["file"], "problem": error.strerror}
            raise CommandError(_("%(file)s cannot be read: %(problem)s.") % values, returncode=1) from error
        except BackupRefused as refused:
            raise CommandError(str(refused), returncode=1) from refused
        self.stdout.write(
            _("Restored %(rows)d rows and %(files)d files.") % {"rows": restored.rows, "files": restored.files}
        )
