"""Where a change comes from: the request's address and number, without handing the request through every function."""

from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Origin:
    """``address`` is the client's IP address; ``noted`` keeps what was already written to the access log."""

    address: str | None = None
    request_id: str = ""
    path: str = ""
    noted: set[tuple[str, ...]] = field(default_factory=set)


origin: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current_origin() -> Origin:
    """The origin of the request at hand; an empty one in tasks, commands and tests."""
    return origin.get() or Origin()
