"""The process that outlives its supervisor only to stop what that one left."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms_survey.guard import Guard, group_alive, groups_left, signal_group, stop_groups
from tests.services.processes import read_process, wait_until

STUBBORN = "trap '' TERM; echo deaf; while :; do sleep 0.1; done"


@pytest.fixture
def stubborn() -> Iterator[subprocess.Popen[bytes]]:
    """A process that will not hear SIGTERM, with a child of its own."""
    with subprocess.Popen(["sh", "-c", STUBBORN], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout
        process.stdout.readline()
        yield process
        signal_group(process.pid, signal.SIGKILL)


@pytest.fixture
def orphan() -> Iterator[int]:
    """The group of a process whose parent has gone, as after the death of a supervisor."""
    command = ["setsid", "--fork", "sh", "-c", "echo $$; exec sleep 100"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        group = int(parent.stdout.readline())
    yield group
    signal_group(group, signal.SIGKILL)


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([], set()),
        ([b"+7\n", b"+9\n"], {7, 9}),
        ([b"+7\n", b"+9\n", b"-7\n"], {9}),
        ([b"+7\n", b"-7\n", b"-7\n"], set()),
        ([b"+7\n", b"-7\n", b"+7\n"], {7}),
    ],
)
def test_what_was_not_struck_off_the_list_is_left(lines: list[bytes], left: set[int]) -> None:
    assert groups_left(lines) == left


def test_a_group_that_does_not_listen_is_killed_with_its_children(stubborn: subprocess.Popen[bytes]) -> None:
    stop_groups([stubborn.pid], grace=0.2)
    assert stubborn.wait(timeout=5) == -signal.SIGKILL
    assert wait_until(lambda: not group_alive(stubborn.pid))


def test_the_end_of_the_pipe_stops_what_is_watched(orphan: int) -> None:
    guard = Guard()
    guard.watch(orphan)
    guard.close()
    assert not group_alive(orphan)


def test_what_was_forgotten_is_left_alone(orphan: int) -> None:
    guard = Guard()
    guard.watch(orphan)
    guard.forget(orphan)
    guard.close()
    assert group_alive(orphan)


def test_a_guard_that_was_killed_is_replaced_and_learns_the_list_again(orphan: int) -> None:
    guard = Guard()
    guard.watch(orphan)
    os.kill(guard.pid, signal.SIGKILL)
    wait_until(lambda: read_process(Path(f"/proc/{guard.pid}")).command == "")
    guard.forget(0)
    guard.close()
    assert not group_alive(orphan)
