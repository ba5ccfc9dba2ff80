"""Where the hosts stand: each in a network of its own if the system lets us make one, otherwise on ports of its own."""

import contextlib
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from tests.services.servers import free_port

LOOPBACK = "127.0.0.1"
# Addresses set aside for benchmarks between networks: no real network has them.
NETWORK = "198.18.77"
WEB_PORT = 8000


@dataclass(frozen=True)
class Place:
    """``enter`` stands before a command that is to run there."""

    name: str
    address: str
    port: int
    enter: tuple[str, ...] = ()


@dataclass(frozen=True)
class Network:
    """``centre`` is the address of the machine that all hosts reach, with the database and the queue."""

    centre: str
    places: tuple[Place, ...]

    @property
    def apart(self) -> bool:
        """Whether each host has a network of its own."""
        return self.centre != LOOPBACK


@contextlib.contextmanager
def network(*names: str) -> Iterator[Network]:
    with contextlib.ExitStack() as stack:
        mark = secrets.token_hex(2)
        if stack.enter_context(bridge(mark)):
            places = [stack.enter_context(namespace(mark, name, number)) for number, name in enumerate(names, 2)]
            yield Network(f"{NETWORK}.1", tuple(places))
        else:
            yield Network(LOOPBACK, tuple(Place(name, LOOPBACK, free_port()) for name in names))


@contextlib.contextmanager
def bridge(mark: str) -> Iterator[bool]:
    """A switch of our own in this machine; False where the system refuses one, or the addresses are taken."""
    name = f"qms{mark}"
    made = shutil.which("unshare") is not None and ip("link", "add", name, "type", "bridge")
    try:
        yield made and ip("address", "add", f"{NETWORK}.1/24", "dev", name) and ip("link", "set", name, "up")
    finally:
        if made:
            ip("link", "delete", name)


@contextlib.contextmanager
def namespace(mark: str, name: str, number: int) -> Iterator[Place]:
    """A host with its own address, loopback device, ports and host name, plugged into the switch."""
    space, here, there, address = f"qms{mark}{name}", f"q{mark}{number}h", f"q{mark}{number}t", f"{NETWORK}.{number}"
    inside = ("netns", "exec", space, "ip")
    made = ip("netns", "add", space)
    try:
        plugged = (
            made
            and ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", space)
            and ip("link", "set", here, "master", f"qms{mark}", "up")
            and ip(*inside, "address", "add", f"{address}/24", "dev", there)
            and ip(*inside, "link", "set", there, "up")
            and ip(*inside, "link", "set", "lo", "up")
        )
        if not plugged:
            raise RuntimeError(f"The network of {name} could not be made, though the switch could.")
        named = ("unshare", "--uts", "sh", "-c", 'hostname "$0" && exec "$@"', name)
        yield Place(name, address, WEB_PORT, ("ip", "netns", "exec", space, *named))
    finally:
        ip("netns", "delete", space)


def ip(*words: str) -> bool:
    """Whether the system did it."""
    with contextlib.suppress(OSError):
        return subprocess.run(["ip", *words], capture_output=True, check=False).returncode == 0
    return False
