"""What must be in place before the site can start: compiled messages, tables, static files."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections

STAMP_NAME = ".collected-from"


def compile_catalogues(directories: Iterable[Path]) -> list[Path]:
    """Write the .mo beside each .po that is newer. Returns what was written."""
    sources = [source for directory in directories for source in sorted(directory.glob("*/LC_MESSAGES/*.po"))]
    return [compile_catalogue(source) for source in sources if is_stale(source)]


def is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def compile_catalogue(source: Path) -> Path:
    """Written under a name of our own first: who starts at the same moment never reads, or takes away, half a file."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    compiled, unfinished = source.with_suffix(".mo"), source.with_suffix(f".{os.getpid()}.mo")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    return unfinished.replace(compiled)


def collect_static() -> bool:
    """Collect unless nothing changed since the last time: compressing takes seconds. True if it was done."""
    stamp = Path(settings.STATIC_ROOT) / STAMP_NAME
    wanted = static_fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)
    return True


def static_fingerprint() -> str:
    """A digest of name, size and time of every static file that would be collected."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def migrate() -> None:
    """Raises django.db.OperationalError where the database does not answer. Keeps no connection open."""
    call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()


def forget_counts() -> None:
    """Takes away the counts of web processes that are gone: a new site counts from nothing."""
    for file in Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).glob("*.db"):
        file.unlink(missing_ok=True)
