"""The whole gate: checks that need no test, then every test.

Usage: ``python -m tests [--only-postgres] [pytest arguments]``.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tests.services import servers
from tests.services.install import require_programs

REPOSITORY = Path(__file__).resolve().parent.parent
TWO_LANES = ("--dist=each", "--tx=2*popen")
# A test that takes longer hangs.
PYTEST = (sys.executable, "-m", "pytest", "--timeout=300", f"--junitxml={REPOSITORY / 'var' / 'test-results.xml'}")
IMPORT_RULES = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True)
class Check:
    """A program that says nothing of interest unless it fails."""

    title: str
    command: tuple[str, ...]


CHECKS = (
    Check("Rules of style", (sys.executable, "-m", "ruff", "check", "--quiet", ".")),
    Check("Format", (sys.executable, "-m", "ruff", "format", "--check", "--quiet", ".")),
    Check("Import rules", (sys.executable, "-c", IMPORT_RULES)),
    Check("Migrations", (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")),
    Check("Types", (sys.executable, "-m", "mypy", ".")),
    Check("Known weaknesses", (sys.executable, "-m", "tests.supply.audit")),
)


def main() -> int:
    signal.signal(signal.SIGTERM, leave)
    arguments = sys.argv[1:]
    only_postgres = "--only-postgres" in arguments
    rest = [argument for argument in arguments if argument != "--only-postgres"]
    require_programs()
    with private_temporary_directory():
        # All of them, even after one has failed: what is wrong is told at once.
        verdicts = [passes(check) for check in CHECKS]
        if not all(verdicts):
            return 1
        return run_tests(only_postgres=only_postgres, arguments=rest)


def run_tests(*, only_postgres: bool, arguments: list[str]) -> int:
    lanes = () if only_postgres else TWO_LANES
    with servers.postgres() as database, servers.redis() as broker:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TEST_LANES": "postgres" if only_postgres else "both",
            "TEST_DATABASE_URL": database,
            "TEST_REDIS_URL": broker,
        }
        return run([*PYTEST, *lanes, *arguments], environment)


def passes(check: Check) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        check.command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    verdict = "FAILED" if done.returncode else f"{time.monotonic() - started:.1f} s"
    sys.stdout.write(f"{check.title}: {verdict}\n{done.stdout if done.returncode else ''}")
    sys.stdout.flush()
    return done.returncode == 0


def run(command: list[str], environment: dict[str, str]) -> int:
    """Its exit status. When we are told to leave, it is told too, and gets the time to stop what it started."""
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL)
    try:
        return process.wait()
    except BaseException:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)
        process.kill()
        raise


@contextlib.contextmanager
def private_temporary_directory() -> Iterator[None]:
    """Everything that the run writes is under it, and goes with it."""
    with tempfile.TemporaryDirectory(prefix="qms-tests-") as name:
        # PostgreSQL runs under another account and must get through to its own directory.
        Path(name).chmod(0o711)
        os.environ["TMPDIR"] = tempfile.tempdir = name
        os.environ["QMS_HOME"] = str(Path(name) / "home")
        yield


def leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
