"""A backup holds everything; restored elsewhere, every row and file is the same."""

import io
import json
import os
import subprocess
import sys
import tarfile
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from firms.models import Firm, Person
from qms_survey.backup import BackupRefused, backup_restore, backup_write, snapshot
from surveys.library import instrument_get
from surveys.models import Assessment
from surveys.services import NewAnswer, answer_save
from tests.access import world
from tests.access.test_matrix import PARTS
from tests.filling import NOW, started, submitted
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


# --- while the site runs ---


@pytest.mark.django_db(transaction=True)
def test_others_go_on_writing_while_the_rows_are_read() -> None:
    with snapshot():
        before = Person.objects.count()
        with ThreadPoolExecutor() as pool:
            assert pool.submit(somebody_signs_up).result(timeout=15)
        assert Person.objects.count() == before
    assert Person.objects.count() == before + 1


def somebody_signs_up() -> bool:
    try:
        return bool(Person.objects.create_user("meanwhile@example.com", "x" * 12))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_was_written_meanwhile_is_in_it_whole_or_not_at_all(firm: Firm, alice: Person, tmp_path: Path) -> None:
    assessment, stop = started(firm, alice), threading.Event()
    with ThreadPoolExecutor() as pool:
        told = pool.submit(save_until, stop, assessment, alice)
        for number in range(3):
            with (tmp_path / f"{number}.tar.gz").open("wb") as file:
                backup_write(file, tmp_path)
        stop.set()
    rows = [row for number in range(3) for row in rows_in(tmp_path / f"{number}.tar.gz")]
    assert told.result() > 0
    assert counted(rows, "surveys.answer", "version") == counted(rows, "surveys.savereceipt")


def save_until(stop: threading.Event, assessment: Assessment, person: Person) -> int:
    """Each save is two rows in one transaction: the answer with its version, and the receipt."""
    item, saves = instrument_get("bluebook").item("RD-01"), 0
    try:
        while not stop.is_set():
            answer = NewAnswer(str(1 + saves % 5), key=uuid.uuid4())
            answer_save(assessment=assessment, item=item, answer=answer, person=person, now=NOW)
            saves += 1
    finally:
        connection.close()
    return saves


def counted(rows: "list[dict[str, Any]]", model: str, field: str = "") -> int:
    return sum(row["fields"][field] if field else 1 for row in rows if row["model"] == model)


def test_a_file_that_goes_meanwhile_is_left_out(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").mkdir()
    listed = [tmp_path / "reports" / name for name in ("gone.pdf", "there.pdf")]
    listed[1].write_bytes(b"%PDF-")
    monkeypatch.setattr("qms_survey.backup._files_under", lambda path: listed if path.name == "reports" else [])
    assert backup_write(io.BytesIO(), tmp_path).files == 1


# --- every kind of row ---


@pytest.fixture
def everything(db: None, tmp_path: Path) -> Path:
    world.build(*PARTS)
    with (tmp_path / "all.tar.gz").open("wb") as file:
        backup_write(file, tmp_path)
    return tmp_path / "all.tar.gz"


def restored_rows(backup: Path, home: Path, **variables: str) -> "list[dict[str, object]]":
    home.mkdir()
    for words in (["migrate", "-v", "0"], ["restore", str(backup)], ["backup", str(home / "again.tar.gz")]):
        done = manage(home, *words, **variables)
        assert (done.returncode, done.stderr) == (0, "")
    return rows_in(home / "again.tar.gz")


@pytest.mark.services
def test_every_kind_of_row_goes_to_either_database(everything: Path, tmp_path: Path, new_database_url: str) -> None:
    """In the lane on PostgreSQL this leads from there into SQLite."""
    rows = rows_in(everything)
    assert len({row["model"] for row in rows}) > 30
    assert restored_rows(everything, tmp_path / "sqlite") == rows
    assert restored_rows(everything, tmp_path / "postgresql", DATABASE_URL=new_database_url) == rows
