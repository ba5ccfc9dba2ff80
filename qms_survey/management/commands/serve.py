"""Runs the whole site in the foreground until it is told to stop."""

import contextlib
import errno
import fcntl
import io
import os
import socket
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from qms_survey import broker, preparing, site_services
from qms_survey.guard import Guard
from qms_survey.serving import POLL_SECONDS, Service, Supervisor
from qms_survey.stopping import RenewalRequest, StopRequest
from qms_survey.terminal import terminal_language

READY_SECONDS = 90.0
BROKER_SECONDS = 15.0
# A service that dies this often before the site is ready will not come up by trying once more.
DEATHS_BEFORE_READY = 3
DEMO_COMMAND = "demo_accounts"


class Command(BaseCommand):
    help = "Runs the site: broker, worker, scheduler and web server, until Ctrl-C."
    # The database is migrated by the command itself, after the lock on the data directory.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stop-with-parent", action="store_true", help="stop too when the process that started this one stops"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        request, self.renewal = StopRequest(watch_parent=options["stop_with_parent"]), RenewalRequest()
        with translation.override(terminal_language()), sole_owner(settings.QMS_HOME):
            require_free_port(settings.PORT)
            broker.client(settings.REDIS_URL).close()  # refuses an address that is none
            self.serve(request)

    def serve(self, request: StopRequest) -> None:
        with contextlib.closing(Guard()) as guard:
            supervisor = Supervisor(guard, settings.BASE_DIR, self.say)
            try:
                self.run_until(request, supervisor)
            finally:
                supervisor.stop()

    def run_until(self, request: StopRequest, supervisor: Supervisor) -> None:
        sign_ins = self.prepare()
        embedded = embedded_broker()
        if embedded:
            supervisor.start(embedded)
        self.wait(request, supervisor, BROKER_SECONDS, broker_faults)
        for service in (*site_services.worker_services(), site_services.web_service()):
            supervisor.start(service)
        self.wait(request, supervisor, READY_SECONDS, site_services.readiness)
        supervisor.start(site_services.scheduler_service())
        if not request.made():
            self.say(f"Ready: http://{site_services.HOST}:{settings.PORT}")
            self.say(sign_ins)
        while not request.made():
            supervisor.tend()
            if self.renewal.taken():
                supervisor.renew()
            time.sleep(POLL_SECONDS)

    def prepare(self) -> str:
        """Returns what the demo has to say, for the person to read when the site is ready."""
        preparing.compile_catalogues(settings.LOCALE_PATHS)
        self.say(_("Preparing the database ..."))
        try:
            preparing.migrate()
        except OperationalError as error:
            raise CommandError(_("The database cannot be used: %(reason)s") % {"reason": error}) from error
        self.say(_("Preparing the static files ..."))
        preparing.collect_static()
        preparing.forget_counts()
        return demo_sign_ins()

    def wait(
        self, request: StopRequest, supervisor: Supervisor, seconds: float, faults: Callable[[], dict[str, str]]
    ) -> None:
        """Until there are no faults or a stop is asked for; a CommandError when it takes too long."""
        until = time.monotonic() + seconds
        while not request.made() and (found := faults()):
            supervisor.tend()
            if supervisor.deaths() >= DEATHS_BEFORE_READY or time.monotonic() > until:
                raise CommandError(_("The site did not start: %(faults)s") % {"faults": in_words(found)})
            time.sleep(POLL_SECONDS)

    def say(self, text: str) -> None:
        # The terminal may be gone: that is no reason to stop before everything else has been stopped.
        with contextlib.suppress(OSError):
            if text:
                self.stdout.write(text)
                self.stdout.flush()


@contextlib.contextmanager
def sole_owner(home: Path) -> Iterator[None]:
    """Hold a lock on the data directory. The system takes it back with the process, however that ends."""
    with (home / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                _(
                    "A site is already running on the data in %(home)s. Stop it first, or start one with data and port "
                    "of its own: QMS_HOME=/another/directory PORT=%(port)d make run"
                )
                % {"home": home, "port": settings.PORT + 1}
            ) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def require_free_port(port: int) -> None:
    family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.BIND, port))
        except OSError as error:
            raise CommandError(port_refusal(port, error)) from error


def port_refusal(port: int, error: OSError) -> str:
    if error.errno == errno.EACCES:
        reason = _("Port %(port)d may be used by the administrator only. Choose another: PORT=%(other)d make run")
        return reason % {"port": port, "other": 8000}
    reason = _("Port %(port)d is already in use. Choose another: PORT=%(other)d make run")
    return reason % {"port": port, "other": port + 1 if port < 65535 else port - 1}


def embedded_broker() -> Service | None:
    try:
        return site_services.broker_service()
    except FileNotFoundError as error:
        raise CommandError(
            _(
                "There is no server for the queue: install Valkey or Redis so that valkey-server or redis-server "
                "is on the PATH, or set REDIS_URL=redis://host:6379/0."
            )
        ) from error


def broker_faults() -> dict[str, str]:
    if broker.answers(settings.REDIS_URL):
        return {}
    if broker.is_embedded(settings.REDIS_URL):
        return {"broker": _("it does not answer; see %(log)s") % {"log": site_services.broker_log()}}
    return {"broker": _("the server that REDIS_URL names does not answer")}


def in_words(faults: dict[str, str]) -> str:
    return "; ".join(f"{name}: {fault}" for name, fault in faults.items())


def demo_sign_ins() -> str:
    """The demo creates what is missing and tells the sign-ins of what it created; nothing when all was there."""
    if not settings.QMS_DEMO or DEMO_COMMAND not in get_commands():
        return ""
    told = io.StringIO()
    call_command(DEMO_COMMAND, stdout=told)
    return told.getvalue().strip()
