"""When a long-running command is to end."""

import os
import signal
import subprocess
import sys

import pytest

from qms_survey.stopping import SIGNALS, StopRequest, caught_signals

HANDLER = "import signal, sys; signal.signal({number}, lambda *_: None); print(flush=True); sys.stdin.read()"


@pytest.fixture
def handlers_restored() -> None:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers_restored")
@pytest.mark.parametrize("number", SIGNALS)
def test_each_stop_signal_makes_a_request(number: signal.Signals) -> None:
    request = StopRequest()
    assert not request.made()
    os.kill(os.getpid(), number)
    assert request.made()


@pytest.mark.usefixtures("handlers_restored")
def test_a_hang_up_that_nohup_has_muted_stays_muted() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    request = StopRequest()
    os.kill(os.getpid(), signal.SIGHUP)
    assert not request.made()


@pytest.mark.parametrize("number", SIGNALS)
def test_the_handlers_of_another_process_can_be_seen(number: signal.Signals) -> None:
    command = [sys.executable, "-c", HANDLER.format(number=int(number))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        assert number in caught_signals(other.pid)


def test_a_process_that_is_gone_catches_nothing() -> None:
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    assert caught_signals(gone.pid) == frozenset()
