"""Installs the programs that are missing where that is allowed, else says the one line to type."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.services.programs import Program, missing

APT = ("apt-get", "-o", "Dpkg::Options::=--force-confold")
# While this file says 101, no package starts its server: the tests start their own.
START_POLICY = Path("/usr/sbin/policy-rc.d")
# Debian would make a cluster of its own that nobody asked for.
CLUSTER_CONFIGURATION = Path("/etc/postgresql-common/createcluster.conf")


def require_programs() -> None:
    """Exits with status 1 and the line to type where something is missing that may not be installed here."""
    absent = missing()
    if not absent:
        return
    packages = debian_packages(absent)
    if not can_install():
        sys.exit(f"The tests need programs that are not on this machine. Type:\n\n    {line_to_type(absent)}\n")
    sys.stdout.write(f"Installing {' '.join(packages)} ...\n")
    sys.stdout.flush()
    with no_services_started():
        apt("update", "-qq")
        apt("install", "-y", "-qq", "--no-install-recommends", *packages)
    if still := missing():
        sys.exit(f"Installed, and yet not found: {' '.join(debian_packages(still))}")


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def line_to_type(programs: list[Program]) -> str:
    if sys.platform == "darwin":
        return " && ".join(f"brew install {program.homebrew}" for program in programs)
    packages = " ".join(debian_packages(programs))
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"


def debian_packages(programs: list[Program]) -> list[str]:
    return [package for program in programs for package in program.debian.split()]


def apt(*words: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        [*APT, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"apt-get {words[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


@contextlib.contextmanager
def no_services_started() -> Iterator[None]:
    write_new(CLUSTER_CONFIGURATION, "create_main_cluster = false\n")
    ours = write_new(START_POLICY, "#!/bin/sh\nexit 101\n")
    try:
        yield
    finally:
        if ours:
            START_POLICY.unlink()


def write_new(path: Path, text: str) -> bool:
    """False, and nothing written, where the machine has such a file already."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return True
