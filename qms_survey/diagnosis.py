"""Looks at an installation part by part: what is wrong, and what mends it."""

import hashlib
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import redis
from django.conf import settings
from django.core.checks import run_checks
from django.db import Error as DatabaseFault
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from qms_survey import broker, heartbeat, preparing
from reports import signing
from reports.downloads import files_missing

LEAST_FREE_MEGABYTES = 500
FONTS = Path(settings.BASE_DIR) / "reports" / "fonts"


class State(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """``words`` say what was found; ``mend`` what to do about it, None where nothing needs doing."""

    state: State
    words: str
    mend: str | None = None


def good(words: str) -> Finding:
    return Finding(State.GOOD, words)


def warning(words: str, mend: str) -> Finding:
    return Finding(State.WARNING, words, mend)


def fault(words: str, mend: str) -> Finding:
    return Finding(State.FAULT, words, mend)


def data_directory() -> Finding:
    home = Path(settings.QMS_HOME)
    if not os.access(home, os.W_OK | os.X_OK):
        return fault(
            _("%(home)s cannot be written to.") % {"home": home},
            _("Give it to the account that runs the site, or set QMS_HOME to another directory."),
        )
    free = shutil.disk_usage(home).free // 1_000_000
    words = _("%(home)s, %(free)d MB free.") % {"home": home, "free": free}
    if free < LEAST_FREE_MEGABYTES:
        return warning(words, _("Make room: a full disk stops the site."))
    return good(words)


def secret_key() -> Finding:
    file = Path(settings.QMS_HOME) / "secret_key"
    if os.environ.get("SECRET_KEY"):
        return good(_("Taken from SECRET_KEY."))
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return fault(
            _("Others on this machine can read %(file)s.") % {"file": file},
            _("Type: chmod 600 %(file)s") % {"file": file},
        )
    return good(_("Kept in %(file)s, readable by its owner only.") % {"file": file})


def account() -> Finding:
    if os.geteuid() == 0:
        return warning(_("This is the administrator's account."), _("On a server, run the site under its own account."))
    return good(_("An ordinary account."))


def database() -> Finding:
    try:
        waiting = unapplied_migrations()
    except DatabaseFault as error:
        return fault(
            _("It does not answer: %(reason)s") % {"reason": str(error).strip()},
            _("Start the server that DATABASE_URL names, or mend DATABASE_URL."),
        )
    if waiting:
        return fault(
            _("%(kind)s; %(count)d migrations are not applied.") % {"kind": connection.display_name, "count": waiting},
            _("Start the site, or type: .venv/bin/python manage.py migrate"),
        )
    return good(_("%(kind)s; all migrations are applied.") % {"kind": connection.display_name})


def unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def queue() -> Finding:
    url = settings.REDIS_URL
    if broker.answers(url):
        return good(_("It answers."))
    if not broker.is_embedded(url):
        return fault(_("The server that REDIS_URL names does not answer."), _("Start that server, or mend REDIS_URL."))
    if broker.server_binary() is None:
        return fault(
            _("There is no server program for it."),
            _("Install Valkey or Redis so that valkey-server is on the PATH, or set REDIS_URL."),
        )
    return good(_("The embedded one; it starts with the site."))


def worker() -> Finding:
    try:
        silent = heartbeat.seconds_since(settings.REDIS_URL) is None
    except (redis.RedisError, OSError):
        silent = True
    if silent:
        return warning(
            _("None gives a sign of life: reports wait."),
            _("Start the site, or a worker of its own: .venv/bin/python -m celery -A qms_survey worker"),
        )
    return good(_("At least one listens."))


def static_files() -> Finding:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"] and not manifest.exists():
        return fault(
            _("They were not collected: every page would fail."),
            _("Start the site, or type: .venv/bin/python manage.py collectstatic"),
        )
    return good(_("In place."))


def report_fonts() -> Finding:
    damaged = [name for name, digest in published_digests(FONTS / "SHA256SUMS") if digest_of(FONTS / name) != digest]
    if damaged:
        return fault(
            _("Missing or damaged: %(files)s. Reports would lack characters.") % {"files": ", ".join(damaged)},
            _("Type: git checkout -- %(directory)s") % {"directory": FONTS},
        )
    return good(_("Complete."))


def report_signing() -> Finding:
    faults = list(signing.signing_faults(timezone.now()))
    if faults:
        return fault(" ".join(faults), _("Mend REPORT_SIGNING_KEY and REPORT_SIGNING_PASSWORD, or unset both."))
    if signing.is_configured():
        return good(_("Every PDF is signed."))
    return good(_("No key is configured: PDFs are not signed."))


def report_files() -> Finding:
    """Finished reports lie where this machine looks for them: on several machines that takes a directory they share."""
    try:
        looked_at, missing = files_missing()
    except DatabaseFault:
        return warning(_("Not looked at: the database does not answer."), _("Mend the database first."))
    if missing:
        return fault(
            _("Of the last %(count)d finished reports, %(missing)d are not in %(directory)s.")
            % {"count": looked_at, "missing": missing, "directory": settings.REPORTS_DIR},
            _("All machines need the same directory as QMS_HOME: mount it here, or point QMS_HOME to where it is."),
        )
    return good(_("All in place in %(directory)s.") % {"directory": settings.REPORTS_DIR})


def published_digests(file: Path) -> list[tuple[str, str]]:
    """(file name, SHA-256) pairs of a list as sha256sum writes it."""
    pairs = (line.split(maxsplit=1) for line in file.read_text().splitlines() if line.strip())
    return [(name.strip().lstrip("*"), digest) for digest, name in pairs]


def digest_of(file: Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None


def translations() -> Finding:
    sources = [source for directory in settings.LOCALE_PATHS for source in Path(directory).glob("*/LC_MESSAGES/*.po")]
    stale = [source for source in sources if preparing.is_stale(source)]
    if stale:
        return warning(
            _("Older than their source: %(files)s.") % {"files": ", ".join(map(str, stale))},
            _("Start the site: it compiles them."),
        )
    return good(_("Compiled."))


def settings_for_deployment() -> Finding:
    if settings.DEBUG:
        return warning(_("DEBUG is on: errors show the inside of the site to everybody."), _("Unset DEBUG."))
    serious = [str(message) for message in run_checks() if message.is_serious()]
    if serious:
        return fault("; ".join(serious), _("Mend what is named; docs/settings.md describes every variable."))
    return good(_("Understood."))


Examination = Callable[[], Finding]


def examinations() -> dict[str, Examination]:
    """Each part by the name that the person reads."""
    return {
        _("Settings"): settings_for_deployment,
        _("Account"): account,
        _("Data directory"): data_directory,
        _("Secret key"): secret_key,
        _("Database"): database,
        _("Queue"): queue,
        _("Worker"): worker,
        _("Static files"): static_files,
        _("Fonts of the reports"): report_fonts,
        _("Signature of the reports"): report_signing,
        _("Files of the reports"): report_files,
        _("Translations"): translations,
    }
