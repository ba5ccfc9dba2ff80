"""`manage.py serve`, the heart of `make run`: starts everything, restarts what dies, leaves nothing."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, STDOUT

import pytest

from qms_survey import broker
from qms_survey.environment import embedded_broker_url
from tests.services.processes import child_of, processes_of, wait_until
from tests.services.servers import free_port
from tests.services.site import REPOSITORY, SERVE, Site, end, launch, running_site, site_environment

# Supervisor, guard, broker, two workers with a child each, web server with two, scheduler.
WHOLE_SITE = 11
COUNT_PEOPLE = "from firms.models import Person; print(Person.objects.count())"
ADD_PERSON = "from firms.models import Person; Person.objects.create_user('a@example.com', 'correct-horse-battery')"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path) as site:
        assert wait_until(lambda: len(processes_of(tmp_path)) >= WHOLE_SITE)
        yield site


@pytest.fixture(scope="module")
def standing_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """For the tests after which a site stands as before."""
    with running_site(tmp_path_factory.mktemp("standing")) as site:
        yield site


def refusal(environment: dict[str, str]) -> tuple[int, str]:
    """Exit status and all that was said by a site that does not start."""
    done = subprocess.run(
        SERVE, cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL, stdout=PIPE, stderr=STDOUT, timeout=60
    )
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_stops_every_process_and_is_a_success(site: Site, number: signal.Signals) -> None:
    assert site.stop(number) == 0
    assert processes_of(site.home) == []
    assert not broker.answers(embedded_broker_url(site.home))


def test_a_supervisor_killed_outright_leaves_nothing(site: Site) -> None:
    os.killpg(site.process.pid, signal.SIGKILL)
    site.process.wait()
    assert wait_until(lambda: processes_of(site.home) == [])


def test_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    with running_site(tmp_path) as first:
        first.manage("shell", "--verbosity", "0", "--command", ADD_PERSON)
    with running_site(tmp_path) as second:
        assert second.manage("shell", "--verbosity", "0", "--command", COUNT_PEOPLE).strip() == "1"


def test_a_worker_that_dies_is_missed_at_once_and_started_again(standing_site: Site) -> None:
    worker = child_of(standing_site, "--queues celery,batch")
    os.kill(worker.pid, signal.SIGKILL)
    assert standing_site.wait_for_line("batch worker was killed by signal 9")
    assert standing_site.readiness()["parts"]["worker"]["ok"] is False
    assert wait_until(lambda: standing_site.readiness()["ready"])
    assert child_of(standing_site, "--queues celery,batch").pid != worker.pid


def test_while_the_first_worker_is_away_the_other_does_its_work(standing_site: Site) -> None:
    worker = child_of(standing_site, "--queues celery ")
    os.kill(worker.pid, signal.SIGKILL)
    assert standing_site.wait_for_line("worker was killed by signal 9")
    assert standing_site.readiness()["ready"]
    assert wait_until(lambda: len(processes_of(standing_site.home)) >= WHOLE_SITE)


def test_a_broker_that_dies_is_started_again_and_the_worker_finds_it(standing_site: Site) -> None:
    os.kill(child_of(standing_site, "valkey-server").pid, signal.SIGKILL)
    assert standing_site.wait_for_line("broker was killed by signal 9")
    assert wait_until(lambda: standing_site.readiness()["ready"])


def test_two_sites_run_side_by_side(standing_site: Site, tmp_path: Path) -> None:
    with running_site(tmp_path) as other:
        assert (standing_site.readiness()["ready"], other.readiness()["ready"]) == (True, True)


def test_a_second_site_on_the_same_data_is_refused(standing_site: Site) -> None:
    status, said = refusal(site_environment(standing_site.home, free_port()))
    assert status == 1
    assert "already running" in said
    assert standing_site.readiness()["ready"]


def test_a_broker_left_by_a_crash_is_taken_over(tmp_path: Path) -> None:
    with running_site(tmp_path):
        # The guard first: it would do what it is there for.
        for one in sorted(processes_of(tmp_path), key=lambda one: "guard.py" not in one.command):
            os.kill(one.pid, signal.SIGSTOP if "valkey" in one.command else signal.SIGKILL)
    [broker_left] = processes_of(tmp_path)
    os.kill(broker_left.pid, signal.SIGCONT)
    with running_site(tmp_path) as successor:
        assert successor.readiness()["ready"]
    assert processes_of(tmp_path) == []


def test_a_port_in_use_is_refused_with_the_line_to_type(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, said = refusal(site_environment(tmp_path, port))
    assert status == 1
    assert f"PORT={port + 1} make run" in said
    assert processes_of(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eighty", "whole number"),
        ("DEBUG", "maybe", "write 1 or 0"),
        ("ALLOWED_HOSTS", "*", "name the hosts"),
        ("DATABASE_URL", "nonsense", "postgres://"),
        ("REDIS_URL", "nonsense", "redis://"),
    ],
)
def test_a_value_that_is_not_understood_stops_the_start(tmp_path: Path, name: str, value: str, words: str) -> None:
    status, said = refusal(site_environment(tmp_path, free_port()) | {name: value})
    assert (status, "Traceback" in said) == (2, False)
    assert name in said
    assert words in said


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    url = f"postgres://nobody@127.0.0.1:{free_port()}/none"
    status, said = refusal(site_environment(tmp_path, free_port(), DATABASE_URL=url))
    assert (status, "Traceback" in said) == (1, False)
    assert "The database cannot be used" in said


def test_a_site_that_people_reach_by_https_under_its_own_name_becomes_ready(tmp_path: Path) -> None:
    with running_site(tmp_path, HTTPS="1", ALLOWED_HOSTS="quality.example.org") as site:
        assert site.said[-1].startswith("Ready:")


def test_make_interrupted_by_itself_stops_the_site(tmp_path: Path) -> None:
    makefile = tmp_path / "Makefile"
    makefile.write_text("run:\n\t@exec $(PY) manage.py serve --stop-with-parent\n")
    command = ("make", "-f", str(makefile), f"PY={sys.executable}", "run")
    site = launch(site_environment(tmp_path, free_port()), command)
    site.wait_for_line("Ready:")
    os.kill(site.process.pid, signal.SIGINT)
    assert wait_until(lambda: processes_of(tmp_path) == [])
    end(site)
