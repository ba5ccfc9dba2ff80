"""The product's settings, read from an environment that no developer's shell can colour, with data of its own.

Two things differ from a running site. Passwords are hashed with a cheap function, for each test signs somebody in, and
static files have their plain names, for nothing was collected; the tests of the running site have the real ones.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SETTINGS_VARIABLES = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "BIND",
    "CLAMD_URL",
    "DATABASE_URL",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "HTTPS",
    "PORT",
    "PUBLIC_URL",
    "QMS_DEMO",
    "QMS_HOME",
    "REDIS_URL",
    "REPORT_KEEP_DAYS",
    "REPORT_SIGNING_KEY",
    "REPORT_SIGNING_PASSWORD",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "OIDC_SERVER_URL",
    "RELEASE_DISTRIBUTION_THRESHOLD",
    "RELEASE_SECRET",
    "RELEASE_SHARE_THRESHOLD",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SENTRY_DSN",
    "PROMETHEUS_MULTIPROC_DIR",
    "METRICS_TOKEN",
    "LOG_LEVEL",
    "LOG_FORMAT",
)
# `make test` runs two pytest processes side by side, the second one on PostgreSQL: see tests/lanes.py.
POSTGRES_LANE = os.environ.get("TEST_LANES") == "both" and os.environ.get("PYTEST_XDIST_WORKER") == "gw1"
ON_POSTGRES = POSTGRES_LANE or os.environ.get("TEST_LANES") == "postgres"

for name in SETTINGS_VARIABLES:
    os.environ.pop(name, None)
os.environ["QMS_HOME"] = tempfile.mkdtemp(prefix="qms-home-")
atexit.register(shutil.rmtree, os.environ["QMS_HOME"], ignore_errors=True)
if ON_POSTGRES:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from qms_survey.preparing import compile_catalogues  # noqa: E402
from qms_survey.settings import *  # noqa: E402, F403
from qms_survey.settings import DATABASES, LOCALE_PATHS, QMS_HOME, STORAGES  # noqa: E402

# Before anything is imported that asks for a text: Django reads a language's texts once a process.
compile_catalogues(LOCALE_PATHS)

if not ON_POSTGRES:
    # A file, as on a real site: a database in memory knows neither write-ahead log nor a second connection.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(QMS_HOME) / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# WhiteNoise warns of a directory that is not there.
(QMS_HOME / "static").mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Messages stay in the process; the tests of the running site have a real queue and a real worker.
CELERY_BROKER_URL = "memory://"
