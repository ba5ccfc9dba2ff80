"""Secrets that are handed out once: 256 random bits, kept only as a SHA-256."""

import hashlib
import secrets
from dataclasses import dataclass

BYTES = 32


@dataclass(frozen=True)
class Secret:
    """``raw`` goes to the person and is never stored; ``digest`` is what the database keeps."""

    raw: str
    digest: str


def new_secret(prefix: str = "") -> Secret:
    raw = prefix + secrets.token_urlsafe(BYTES)
    return Secret(raw, digest_of(raw))


def digest_of(raw: str) -> str:
    """A plain hash is enough: what is hashed is random, so there is nothing to guess faster."""
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
