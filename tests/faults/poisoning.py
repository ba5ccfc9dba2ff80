"""An app that does harm where the pages of a report are set, if the firm's name asks for it."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.apps import AppConfig


def endless() -> None:
    while True:
        pass


def greedy() -> None:
    held = []
    while True:
        held.append(bytearray(16 * 1024 * 1024))


def deadly() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


HARM: dict[str, Callable[[], None]] = {"poison endless": endless, "poison greedy": greedy, "poison deadly": deadly}


class Poisoning(AppConfig):
    name = "tests.faults.poisoning"
    label = "poisoning"
    path = os.path.dirname(__file__)  # noqa: PTH120 - a string, as Django wants it

    def ready(self) -> None:
        from reports import services  # noqa: PLC0415 - models are ready only now

        whole = services.write_report

        def write(models: Any, form: str, **options: Any) -> bytes:
            HARM.get(models[0].firm.name, lambda: None)()
            return whole(models, form, **options)

        services.write_report = write
