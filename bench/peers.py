"""The programs that the product is measured against, in a virtual environment of their own under var/."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PINS = Path(__file__).with_name("peers.txt")
HOME = Path(os.environ.get("QMS_BENCH_PEERS") or REPOSITORY / "var" / "bench-peers")


class PeersMissing(Exception):
    """They could not be installed; the text says why."""


def peers_python() -> Path:
    """The interpreter that has them; installed first where they are not, or not in these versions."""
    mark, interpreter = HOME / "installed", HOME / "bin" / "python"
    wanted = hashlib.sha256(PINS.read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text() != wanted:
        _run(sys.executable, "-m", "venv", "--clear", str(HOME))
        _run(str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(PINS))
        mark.write_text(wanted)
    return interpreter


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise PeersMissing(said[-1] if said else f"{command[0]} ended with status {done.returncode}")
