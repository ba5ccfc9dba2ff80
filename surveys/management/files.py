"""What commands share: reading a file or standard input, writing whole or not at all."""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

STANDARD = "-"
REFUSED, WRONG_USAGE = 1, 2


def read_input(name: str) -> bytes:
    """The bytes of the file, or of standard input for ``-``. CommandError if it cannot be read."""
    if name == STANDARD:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        values = {"file": name, "problem": error.strerror}
        raise CommandError(_("%(file)s cannot be read: %(problem)s.") % values, returncode=REFUSED) from error


def write_output(name: str, data: bytes) -> None:
    """Writes the whole file or nothing: it is put in place only when it is complete. ``-`` is standard output."""
    if name == STANDARD:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = Path(name)
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(file.name).chmod(0o666 & ~mask)
        Path(file.name).replace(target)
    except OSError as error:
        values = {"file": name, "problem": error.strerror}
        raise CommandError(_("%(file)s cannot be written: %(problem)s.") % values, returncode=REFUSED) from error


def code_and_version(written: str) -> tuple[str, str | None]:
    """Splits CODE@VERSION; without a version it is None, the latest."""
    code, _at, version = written.partition("@")
    return code, version or None
