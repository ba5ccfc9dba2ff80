"""People at work on a site: each in a thread of their own, one request after the other on a kept connection."""

import contextlib
import http.client
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

SECONDS = 8.0
WARM_SECONDS = 1.5
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Load:
    """How a run went: answers a second, the times in order, and how many were no success."""

    rate: float
    times: list[float]
    wrong: int

    @property
    def p95(self) -> float:
        return self.times[int(len(self.times) * 0.95)]


Send = Callable[[http.client.HTTPConnection], int]


def load(port: int, senders: Sequence[Send], *, good: int = 200, seconds: float = SECONDS) -> Load:
    """What so many senders get answered. The site is warmed by the same requests first, which do not count."""
    _work(port, senders, good, min(WARM_SECONDS, seconds))
    return _work(port, senders, good, seconds)


def _work(port: int, senders: Sequence[Send], good: int, seconds: float) -> Load:
    times: list[float] = []
    wrong: list[int] = []
    broken: list[Exception] = []
    until = time.perf_counter() + seconds

    def work(send: Send) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while (start := time.perf_counter()) < until:
                status = send(connection)
                times.append(time.perf_counter() - start)
                if status != good:
                    wrong.append(status)
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=work, args=(send,)) for send in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return Load(len(times) / seconds, sorted(times), len(wrong))


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, with the token that a form needs."""

    session: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}; csrftoken={self.token}", "X-CSRFToken": self.token}


def visitor(port: int, address: str, session: str) -> Visitor:
    """Opens a page with a form, as a browser would, and keeps the token that comes with it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address, headers={"Cookie": f"sessionid={session}"})
    response = connection.getresponse()
    response.read()
    found = re.search(r"csrftoken=([^;]+)", response.headers.get("Set-Cookie", ""))
    if found is None:
        raise RuntimeError(f"no token came with {address}: {response.status}")
    return Visitor(session, found[1])


def ask(connection: http.client.HTTPConnection, address: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    connection.request("GET", address, headers=dict(headers))
    response = connection.getresponse()
    return response.status, response.read()


def post(
    connection: http.client.HTTPConnection, address: str, form: Sequence[tuple[str, str]], headers: Mapping[str, str]
) -> tuple[int, bytes]:
    body = urlencode(form).encode()
    connection.request("POST", address, body, {**headers, "Content-Type": FORM})
    response = connection.getresponse()
    return response.status, response.read()


def wait_for(port: int, address: str = "/healthz") -> None:
    """Until the site answers at all, if only that there is no such page."""
    for _ in range(300):
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            if ask(connection, address, {})[0] < 500:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
