"""The product's settings for a run in which machines break: real servers, and patience measured in seconds."""

from qms_survey.settings import *  # noqa: F403
from qms_survey.settings import CELERY_BEAT_SCHEDULE, CELERY_BROKER_TRANSPORT_OPTIONS, QMS_HOME

REPORTS_DIR = QMS_HOME / "disk" / "reports"
REPORT_LEASE_SECONDS = 8
REPORT_RESEND_SECONDS = 2
REPORT_PAUSE_SECONDS = 1
# Nothing is found out beforehand: the disk is to run full under the writing.
REPORT_LEAST_FREE_BYTES = 0
CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] = 20
CELERY_BEAT_SCHEDULE["reports-sweep"]["schedule"] = 1.0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
