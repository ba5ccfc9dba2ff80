"""Migrations on a database with firms in it: back to the release before and forth again; no row is the worse for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import servers

REPOSITORY = Path(__file__).resolve().parents[2]
# The last migration of each app in the release before this one, upper floors first.
BEFORE = (("reports", "0001"), ("scoring", "0001"), ("surveys", "0003"))
# What the release before knew, and this one must not change.
KEPT = """
import json
from firms.models import Firm, PoolConsent
from surveys.models import Assessment, Snapshot
from scoring.models import Result
from reports.models import Report
rows = {
    "firms": list(Firm.objects.order_by("pk").values_list("pk", "name", "credit_code", "size")),
    "consents": list(PoolConsent.objects.order_by("pk").values_list("firm", "withdrawn_at")),
    "assessments": list(Assessment.objects.order_by("pk").values_list("pk", "status", "instrument_hash")),
    "snapshots": list(Snapshot.objects.order_by("assessment").values_list("assessment", "content_hash")),
    "results": list(Result.objects.order_by("assessment").values_list("assessment", "index", "level")),
    "reports": list(Report.objects.order_by("pk").values_list("pk", "assessment", "language", "format")),
}
print(json.dumps(rows, default=str))
"""


def manage(home: Path, *words: str, **variables: str) -> str:
    environment = {"PATH": os.environ["PATH"], "QMS_HOME": str(home), "LANG": "C.UTF-8"} | variables
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def kept(home: Path, **variables: str) -> dict[str, list[object]]:
    return json.loads(manage(home, "shell", "--no-imports", "-c", KEPT, **variables).strip().splitlines()[-1])


def there_and_back(home: Path, **variables: str) -> None:
    manage(home, "migrate", "-v", "0", **variables)
    manage(home, "demo", "--firms", "40", "-v", "0", **variables)
    manage(home, "demo_accounts", **variables)
    before = kept(home, **variables)
    for app, name in BEFORE:
        manage(home, "migrate", app, name, "-v", "0", **variables)
    manage(home, "migrate", "-v", "0", **variables)
    assert kept(home, **variables) == before
    assert len(before["firms"]) == 41 and len(before["reports"]) == 1


def test_back_and_forth_on_sqlite(tmp_path: Path) -> None:
    there_and_back(tmp_path)


@pytest.mark.services
def test_back_and_forth_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    with servers.new_database(postgres_url) as database:
        there_and_back(tmp_path, DATABASE_URL=database)


def test_every_migration_can_be_undone(tmp_path: Path) -> None:
    """A migration that cannot is refused unless it says why."""
    code = (
        "from django.db.migrations.loader import MigrationLoader; "
        "loader = MigrationLoader(None); "
        "print([str(m) for (app, _), m in loader.disk_migrations.items() if app in "
        "('firms', 'surveys', 'scoring', 'reports') and not all(o.reversible for o in m.operations)])"
    )
    assert manage(tmp_path, "shell", "--no-imports", "-c", code).strip().splitlines()[-1] == "[]"
