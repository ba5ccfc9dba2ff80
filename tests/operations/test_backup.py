"""A backup holds everything; restored elsewhere, every row and file is the same."""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from firms.models import Firm, Person
from qms_survey.backup import BackupRefused, backup_restore, backup_write
from tests.filling import submitted
from tests.services import servers

REPOSITORY = Path(__file__).resolve().parents[2]


def manage(home: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "QMS_HOME": str(home), "LANG": "C.UTF-8"} | variables
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def rows_in(backup: Path) -> "list[dict[str, object]]":
    """Every row as it was written; the order of keys inside a JSON value is the database's own."""
    with tarfile.open(backup) as archive:
        rows = archive.extractfile("rows.jsonl")
        assert rows is not None
        return [json.loads(line) for line in rows.read().splitlines()]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the demo in it, and a file as the worker leaves it."""
    home = tmp_path_factory.mktemp("filled")
    assert manage(home, "migrate", "-v", "0").returncode == 0
    assert manage(home, "demo_accounts").returncode == 0
    (home / "reports").mkdir()
    (home / "reports" / "one.pdf").write_bytes(b"%PDF- one")
    assert manage(home, "backup", str(home / "all.tar.gz")).returncode == 0
    return home


def test_restored_elsewhere_every_row_and_file_is_the_same(filled: Path, tmp_path: Path) -> None:
    assert manage(tmp_path, "migrate", "-v", "0").returncode == 0
    restored = manage(tmp_path, "restore", str(filled / "all.tar.gz"))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert manage(tmp_path, "backup", str(tmp_path / "again.tar.gz")).returncode == 0
    assert rows_in(tmp_path / "again.tar.gz") == rows_in(filled / "all.tar.gz")
    assert (tmp_path / "reports" / "one.pdf").read_bytes() == b"%PDF- one"
    assert (tmp_path / "secret_key").read_text() == (filled / "secret_key").read_text()


@pytest.fixture
def new_database_url(postgres_url: str) -> Iterator[str]:
    with servers.new_database(postgres_url) as url:
        yield url


@pytest.mark.services
def test_a_backup_of_sqlite_is_restored_into_postgresql(filled: Path, tmp_path: Path, new_database_url: str) -> None:
    variables = {"DATABASE_URL": new_database_url}
    assert manage(tmp_path, "migrate", "-v", "0", **variables).returncode == 0
    restored = manage(tmp_path, "restore", str(filled / "all.tar.gz"), **variables)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert manage(tmp_path, "backup", str(tmp_path / "again.tar.gz"), **variables).returncode == 0
    assert rows_in(tmp_path / "again.tar.gz") == rows_in(filled / "all.tar.gz")


def test_a_database_that_is_not_empty_is_not_written_over(firm: Firm, alice: Person, tmp_path: Path) -> None:
    submitted(firm, alice)
    backup = io.BytesIO()
    backup_write(backup, tmp_path)
    backup.seek(0)
    with pytest.raises(BackupRefused, match="not empty"):
        backup_restore(backup, tmp_path)


@pytest.mark.parametrize("damage", [b"", b"not a backup at all", b"\x1f\x8b\x08\x00broken"])
def test_what_is_no_backup_is_refused_in_words(db: None, tmp_path: Path, damage: bytes) -> None:
    with pytest.raises(BackupRefused, match="damaged"):
        backup_restore(io.BytesIO(damage), tmp_path)


def test_a_path_that_leads_out_of_the_directory_is_refused(db: None, tmp_path: Path) -> None:
    evil = io.BytesIO()
    with tarfile.open(fileobj=evil, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../outside"), io.BytesIO())
    evil.seek(0)
    with pytest.raises(BackupRefused):
        backup_restore(evil, tmp_path)
    assert not (tmp_path.parent / "outside").exists()


def test_the_seals_of_the_audit_trail_hold_after_a_restore(filled: Path, tmp_path: Path) -> None:
    assert manage(tmp_path, "migrate", "-v", "0").returncode == 0
    assert manage(tmp_path, "restore", str(filled / "all.tar.gz")).returncode == 0
    check = "from firms.audit import *; print([audit_verify(chain) for chain in audit_chains()])"
    assert manage(tmp_path, "shell", "-v", "0", "-c", check).stdout.strip() == "[None]"
