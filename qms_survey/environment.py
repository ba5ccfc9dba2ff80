"""Reads environment variables: a value that is not understood stops the program and says how to mend it."""

import ipaddress
import os
import secrets
import stat
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
# A Unix socket's path may not be longer than this on Linux (108) or macOS (104).
LONGEST_SOCKET_PATH = 100
LONGEST_NUMBER = 9
EMAIL_REFUSED = "EMAIL_URL is not understood: write smtp+tls://user:password@host:587 or console:."


def boolean(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in TRUE | FALSE:
        return raw in TRUE
    raise ImproperlyConfigured(f"{name}={raw!r} is not understood: write 1 or 0.")


def positive_integer(name: str, *, default: int, largest: int) -> int:
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    if raw.isascii() and raw.isdigit() and 1 <= int(raw) <= largest:
        return int(raw)
    raise ImproperlyConfigured(f"{name}={raw!r} is not understood: write a whole number from 1 to {largest}.")


def address(name: str, *, default: str) -> str:
    """An IP address of this machine; 0.0.0.0 and :: stand for all of them."""
    raw = os.environ.get(name, "").strip() or default
    try:
        return str(ipaddress.ip_address(raw))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}={raw!r} is not understood: write an IP address, such as 0.0.0.0."
        ) from error


def web_address(name: str, *, default: str) -> str:
    """Scheme, host and port of a site, without a slash at the end."""
    raw = (os.environ.get(name, "").strip() or default).rstrip("/")
    parts = urlsplit(raw)
    if parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment):
        return raw
    raise ImproperlyConfigured(f"{name}={raw!r} is not understood: write an address such as https://qms.example.com.")


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    raw = os.environ.get(name, "").strip() or default
    if raw in choices:
        return raw
    raise ImproperlyConfigured(f"{name}={raw!r} is not understood: write one of {', '.join(choices)}.")


def whole_number_or_none(name: str, *, default: int) -> int | None:
    """A whole number; None where the variable is there and empty, which is not the same as not being there."""
    raw = os.environ.get(name, str(default)).strip()
    if not raw:
        return None
    if raw.isascii() and raw.isdigit() and len(raw) <= LONGEST_NUMBER:
        return int(raw)
    raise ImproperlyConfigured(f"{name}={raw!r} is not understood: write a whole number, such as {default}.")


def words(name: str, *, default: list[str]) -> list[str]:
    """A comma-separated list; ``*`` is refused where host names are meant."""
    found = [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
    if "*" in found:
        raise ImproperlyConfigured(f"{name} may not be '*': name the hosts that the site answers to.")
    return found or default


def kept_secret_key(path: Path) -> str:
    """The key made at the first start and kept, readable by its owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def database_from_url(url: str | None, default_file: Path) -> dict[str, Any]:
    """SQLite in WAL mode by default; any Django database by URL, with kept connections."""
    if not url:
        url = f"sqlite:///{default_file}"
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=300, conn_health_checks=True))
    except ValueError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is not understood: write postgres://user:password@host:5432/name or sqlite:////path/file."
        ) from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        }
    return config


def email_from_url(url: str | None, directory: Path) -> dict[str, Any]:
    """Files in a directory by default; SMTP by URL."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": directory}
    try:
        found = dict(dj_email_url.parse(url))
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(EMAIL_REFUSED) from error
    # A scheme that the parser does not know comes back without a way to send.
    if "EMAIL_BACKEND" not in found:
        raise ImproperlyConfigured(EMAIL_REFUSED)
    return found


def embedded_broker_socket(home: Path) -> Path:
    """Where the embedded broker listens: beside the data, or in the temporary directory if that path is too long."""
    socket = home / "broker.sock"
    if len(str(socket)) <= LONGEST_SOCKET_PATH:
        return socket
    return Path(tempfile.gettempdir()) / f"qms-{os.getuid()}-{sha256(str(home).encode()).hexdigest()[:16]}.sock"


def embedded_broker_url(home: Path) -> str:
    return f"redis+socket://{embedded_broker_socket(home)}"
