"""The processes that make up a site on one machine: broker, worker, scheduler, web server."""

import http.client
import json
import signal
import sys
from pathlib import Path

from django.conf import settings

from qms_survey import broker, heartbeat
from qms_survey.environment import embedded_broker_socket
from qms_survey.serving import Service

HOST = "127.0.0.1"
WEB_WORKERS, THREADS_PER_WEB_WORKER = 2, 2
ANSWER_SECONDS = 5.0
RENEWAL_SECONDS = 20
# In a container root is the usual user; `doctor` says that elsewhere it should not be.
ROOT_WARNING = "ignore:You're running the worker with superuser privileges"
# The broker goes last: the others still say good-bye to it.
BROKER_RANK, OTHER_RANK = 1, 2


def broker_service() -> Service | None:
    """None where ``REDIS_URL`` names a broker of its own. Raises FileNotFoundError where no server is to be had."""
    if not broker.is_embedded(settings.REDIS_URL):
        return None
    binary = broker.server_binary()
    if binary is None:
        raise FileNotFoundError("valkey-server")
    directory = settings.QMS_HOME / "broker"
    directory.mkdir(exist_ok=True)
    command = broker.server_command(binary, embedded_broker_socket(settings.QMS_HOME), directory)
    return Service("broker", command, rank=BROKER_RANK, before_start=stop_leftover_broker)


def stop_leftover_broker() -> None:
    broker.stop_leftover(settings.REDIS_URL)


def worker_services() -> tuple[Service, Service]:
    """One worker for what somebody waits for, and one that takes work on many firms too: a long batch delays nobody.

    Each has one process at work. The second beats for both queues; when it dies, nobody is known to serve the batch.
    """
    first = Service("worker", worker_command("worker", "celery"), rank=OTHER_RANK, renewal=signal.SIGTERM)
    second = Service(
        "batch worker",
        worker_command("batch", "celery,batch"),
        rank=OTHER_RANK,
        before_start=forget_heartbeat,
        after_death=forget_heartbeat,
        renewal=signal.SIGTERM,
    )
    return first, second


def worker_command(name: str, queues: str) -> tuple[str, ...]:
    told = ("--hostname", f"{name}@%h", "--queues", queues, "--concurrency", "1", "--loglevel", "WARNING")
    return celery("worker", *told, "--without-gossip", "--without-mingle")


def forget_heartbeat() -> None:
    """A dead worker's last sign of life must not vouch for its successor. A shared broker has other workers."""
    if broker.is_embedded(settings.REDIS_URL) and broker.answers(settings.REDIS_URL):
        heartbeat.forget(settings.REDIS_URL)


def scheduler_service() -> Service:
    return Service("scheduler", celery("beat", "--loglevel", "WARNING"), rank=OTHER_RANK, renewal=signal.SIGTERM)


def celery(subcommand: str, *options: str) -> tuple[str, ...]:
    return (sys.executable, "-W", ROOT_WARNING, "-m", "celery", "--quiet", "--app", "qms_survey", subcommand, *options)


def web_service() -> Service:
    options = {
        "--interface": "wsgi",
        "--host": settings.BIND,
        "--port": str(settings.PORT),
        "--workers": str(WEB_WORKERS),
        "--blocking-threads": str(THREADS_PER_WEB_WORKER),
        "--workers-kill-timeout": "3",
        # When all are renewed: how long the next one stands before the one before it goes.
        "--respawn-interval": str(RENEWAL_SECONDS),
        "--log-level": "warning",
    }
    words = (word for pair in options.items() for word in pair)
    flags = ("--no-ws", "--no-access-log", "--respawn-failed-workers")
    command = (sys.executable, "-m", "granian", *words, *flags, "qms_survey.wsgi:application")
    return Service("web server", command, rank=OTHER_RANK, renewal=signal.SIGHUP)


def readiness() -> dict[str, str]:
    """What the running site says of its parts: the faulty ones with their fault; empty when all is well."""
    # Asked first, so that a site that is still starting does not fill its log with refusals.
    if broker.answers(settings.REDIS_URL) and heartbeat.seconds_since(settings.REDIS_URL) is None:
        return {"worker": "no sign of life yet"}
    connection = http.client.HTTPConnection(HOST, settings.PORT, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/readyz", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
        response = connection.getresponse()
        return faults(response.status, response.read())
    except (OSError, http.client.HTTPException) as error:
        return {"web server": type(error).__name__}
    finally:
        connection.close()


def faults(status: int, body: bytes) -> dict[str, str]:
    if status == http.HTTPStatus.OK:
        return {}
    try:
        parts = json.loads(body)["parts"]
    except (ValueError, KeyError, TypeError):
        return {"web server": f"HTTP {status}"}
    return {name: str(part["fault"]) for name, part in parts.items() if not part["ok"]}


def broker_log() -> Path:
    return Path(settings.QMS_HOME) / "broker" / broker.LOG_NAME
