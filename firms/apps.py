"""The ground floor: who people are, which firms there are, and who may see what."""

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "firms"
