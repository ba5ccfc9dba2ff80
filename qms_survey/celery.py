"""The Celery application. Policy of a task stands in its own decorator; what all share is in settings."""

import os

from celery import Celery

from qms_survey.heartbeat import Heartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms_survey.settings")

app = Celery("qms_survey")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["consumer"].add(Heartbeat)
