"""The settings of tests.pipeline; releases too are looked after within seconds."""

from tests.pipeline.settings import *  # noqa: F403
from tests.pipeline.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_SCHEDULE["releases-sweep"]["schedule"] = 2.0
