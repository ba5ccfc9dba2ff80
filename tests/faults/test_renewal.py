"""A new version is taken up while people are at work: no request fails, and no report is lost."""

import contextlib
import http.client
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.processes import processes_of, wait_until
from tests.services.site import Site, running_site

CLIENTS = 4
PAUSE = 0.3
SECONDS = 150.0
ADDRESSES = ("/accounts/login/", "/", "/spc/", "/static/js/outbox.js")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path) as site:
        yield site


def children_of(site: Site) -> set[int]:
    """The web server's processes, and the workers with the scheduler."""
    found = processes_of(site.home)
    web = next(one for one in found if one.parent == site.process.pid and "granian" in one.command)
    celery = {one.pid for one in found if one.parent == site.process.pid and "celery" in one.command}
    return celery | {one.pid for one in found if one.parent == web.pid and "resource_tracker" not in one.command}


def status(port: int, path: str) -> int:
    """Asked once more where the connection broke before an answer, as browsers and proxies do."""
    for _attempt in range(2):
        with contextlib.suppress(ConnectionError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            with contextlib.closing(connection):
                connection.request("GET", path, headers={"Connection": "close"})
                return connection.getresponse().status
    return 0


def ask_until(stop: threading.Event, port: int, answers: list[int]) -> None:
    while not stop.is_set():
        answers += [status(port, path) for path in ADDRESSES]
        time.sleep(PAUSE)


@pytest.mark.services
@pytest.mark.timeout(SECONDS + 200)
def test_no_request_fails_while_every_process_is_replaced(site: Site) -> None:
    stop, answers, before = threading.Event(), [], children_of(site)
    threads = [threading.Thread(target=ask_until, args=(stop, site.port, answers)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    site.process.send_signal(signal.SIGUSR1)
    replaced = wait_until(lambda: not before & children_of(site), SECONDS)
    time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join()
    assert replaced
    assert [one for one in answers if one not in {200, 302, 404}] == []
    assert len(answers) > 50
    assert wait_until(lambda: site.readiness()["ready"], 60)
