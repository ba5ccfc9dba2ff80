"""Everything in one file: rows, uploads, reports, keys. Restored whole, also from SQLite into PostgreSQL and back.

The file is a tar.gz with ``manifest.json``, ``rows.jsonl`` (Django's JSON lines, one object a line) and ``files/``.
Rows are read in one snapshot of the database, so the site may go on working meanwhile.
"""

import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

FORMAT = 1
ROWS, FILES, MANIFEST = "rows.jsonl", "files", "manifest.json"
# Of the data directory: what people and workers put there. The rest is made anew at the next start.
KEPT = ("reports", "evidence", "instruments", "mail", "secret_key", "release_secret")
# Rows that migrations write by themselves, and sessions: whoever was signed in signs in again.
NOT_KEPT = ("contenttypes.contenttype", "auth.permission", "sessions.session")


class BackupRefused(ValueError):
    """The file cannot be restored here; the message says why and what to do."""


class ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts times to milliseconds; the seals of the audit trail are over every digit."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written or restored."""

    rows: int
    files: int


def models_in_order() -> list[type[Model]]:
    """Every model whose rows are kept, those that others refer to first."""
    listed = [(config, list(config.get_models(include_auto_created=True))) for config in apps.get_app_configs()]
    ordered = serializers.sort_dependencies(listed, allow_cycles=True)
    return [model for model in ordered if model._meta.managed and model._meta.label_lower not in NOT_KEPT]


def applied_migrations() -> dict[str, str]:
    """The last applied migration of each app: the shape the rows have."""
    applied = MigrationRecorder(connection).applied_migrations()
    last: dict[str, str] = {}
    for app, name in sorted(applied):
        last[app] = name
    return last


def backup_write(target: IO[bytes], home: Path) -> Summary:
    """Writes the backup to ``target``. The rows are one consistent state of the database."""
    with tempfile.TemporaryFile() as rows, tarfile.open(fileobj=target, mode="w:gz") as archive:
        with snapshot():
            shape, (count, digest) = applied_migrations(), _write_rows(rows)
        files = [path for name in KEPT for path in _files_under(home / name)]
        manifest = {"format": FORMAT, "rows": count, "rows_sha256": digest, "migrations": shape, "files": len(files)}
        _add_bytes(archive, MANIFEST, json.dumps(manifest).encode())
        _add_file(archive, ROWS, rows)
        kept = sum(_add_path(archive, path, f"{FILES}/{path.relative_to(home).as_posix()}") for path in files)
    return Summary(count, kept)


@contextmanager
def snapshot() -> Iterator[None]:
    """A transaction in which every query sees the same state, and beside which others go on writing."""
    # Within a transaction that is open already, its own isolation holds.
    fresh = not connection.in_atomic_block
    with _only_reading(), transaction.atomic():
        if fresh and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def _only_reading() -> Iterator[None]:
    """SQLite's transactions begin with the right to write, which one process has at a time; this one needs none."""
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # type: ignore[attr-defined]


def _write_rows(rows: IO[bytes]) -> tuple[int, str]:
    digest, count = sha256(), 0
    for model in models_in_order():
        for row in model._base_manager.order_by("pk").iterator(chunk_size=500):
            line = serializers.serialize("jsonl", [row], ensure_ascii=False, cls=ExactEncoder).encode()
            rows.write(line)
            digest.update(line)
            count += 1
    rows.seek(0)
    return count, digest.hexdigest()


def _files_under(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink() and one.suffix != ".part")


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    _add_file(archive, name, io.BytesIO(data))


def _add_path(archive: tarfile.TarFile, path: Path, name: str) -> bool:
    """False where somebody has removed the file since it was listed, as people and the daily tidying do."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return False
    with file:
        _add_file(archive, name, file)
    return True


def _add_file(archive: tarfile.TarFile, name: str, file: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = file.seek(0, io.SEEK_END)
    entry.mode = 0o600
    file.seek(0)
    archive.addfile(entry, file)


def backup_restore(source: IO[bytes], home: Path) -> Summary:
    """Puts everything back into an empty installation. BackupRefused if it is not empty, or the file is not whole.

    Rows are restored in one transaction; files are put in place only when the rows are in.
    """
    _require_empty()
    with tempfile.TemporaryDirectory(dir=home) as staging:
        manifest = _unpack(source, Path(staging))
        _require_fitting(manifest, Path(staging))
        with transaction.atomic():
            count = _read_rows(Path(staging) / ROWS)
        files = _put_files(Path(staging) / FILES, home)
    return Summary(count, files)


def _require_empty() -> None:
    filled = [model._meta.label for model in models_in_order() if model._base_manager.exists()]
    if filled:
        raise BackupRefused(
            f"The database is not empty ({', '.join(filled[:3])}). Restore into a fresh one: another QMS_HOME or "
            "DATABASE_URL, migrated and nothing more."
        )


def _unpack(source: IO[bytes], staging: Path) -> dict[str, Any]:
    try:
        with tarfile.open(fileobj=source, mode="r:gz") as archive:
            for entry in archive:
                _unpack_one(archive, entry, staging)
        manifest: dict[str, Any] = json.loads((staging / MANIFEST).read_text())
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise BackupRefused(f"The file is not a backup, or it is damaged ({error}). Take another copy.") from error
    return manifest


def _unpack_one(archive: tarfile.TarFile, entry: tarfile.TarInfo, staging: Path) -> None:
    """A plain file inside the directory, or nothing: no links, no devices, no path that leads out."""
    target = (staging / entry.name).resolve()
    content = archive.extractfile(entry) if entry.isreg() else None
    if content is None or not target.is_relative_to(staging.resolve()):
        raise BackupRefused(f"The backup holds something that no backup holds ({entry.name}). Take another copy.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)


def _require_fitting(manifest: dict[str, Any], staging: Path) -> None:
    if manifest.get("format") != FORMAT:
        raise BackupRefused("The backup was written by another version of the program. Restore with that version.")
    with (staging / ROWS).open("rb") as rows:
        digest = sha256()
        while block := rows.read(1 << 20):
            digest.update(block)
    if digest.hexdigest() != manifest["rows_sha256"]:
        raise BackupRefused("The rows in the backup are damaged: their checksum differs. Take another copy.")
    here = applied_migrations()
    differing = sorted(app for app, name in manifest["migrations"].items() if here.get(app) != name)
    if differing:
        raise BackupRefused(
            f"The database has another shape than the backup ({', '.join(differing)}). Install the version of the "
            "program that wrote it, restore, then upgrade."
        )


def _read_rows(path: Path) -> int:
    count = 0
    with connection.constraint_checks_disabled(), path.open(encoding="utf-8") as lines:
        for row in serializers.deserialize("jsonl", lines):
            row.save(force_insert=True)
            count += 1
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_in_order()):
            cursor.execute(statement)
    return count


def _put_files(staged: Path, home: Path) -> int:
    count = 0
    for path in _files_under(staged) if staged.is_dir() else []:
        target = home / PurePosixPath(path.relative_to(staged).as_posix())
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
        count += 1
    return count


def data_directory() -> Path:
    return Path(settings.QMS_HOME)
