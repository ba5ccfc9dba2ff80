"""The settings of tests.pipeline, with pages that a poisoned firm's name makes fail, and little patience."""

from tests.pipeline.settings import *  # noqa: F403
from tests.pipeline.settings import INSTALLED_APPS

INSTALLED_APPS += ["tests.faults.poisoning.Poisoning"]
REPORT_SECONDS = 8
REPORT_LEASE_SECONDS = 25
REPORT_MEMORY_MB = 300
