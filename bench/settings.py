"""The product's settings, with parts small enough that a few hundred thousand firms make work for two."""

from qms_survey.settings import *  # noqa: F403

RELEASE_PART_FIRMS = 16_384
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "bench.urls"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
