__version__ = "0.1.0"

# The settings that the next line reads ask for the version.
from qms_survey.celery import app as celery_app

__all__ = ["__version__", "celery_app"]
