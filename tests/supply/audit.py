"""Asks for known weaknesses of the pinned packages. Usage: ``python -m tests.supply.audit``.

Exit status 1 where one is known. Where nobody could be asked (no network), it says so and goes on.
"""

import json
import subprocess
import sys

from tests.supply.inventory import REPOSITORY

COMMAND = (
    sys.executable, "-m", "pip_audit", "--requirement", "requirements.txt", "--no-deps", "--disable-pip",
    "--progress-spinner", "off", "--format", "json",
)  # fmt: skip
SECONDS = 120


def main() -> int:
    done = subprocess.run(COMMAND, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=SECONDS)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return say(f"Nobody could be asked for known weaknesses: {done.stderr.strip()[-200:]}")
    weak = [one for one in found if one.get("vulns")]
    asked = [one for one in found if "skip_reason" not in one]
    if weak:
        lines = (f"{one['name']} {one['version']}: {', '.join(bug['id'] for bug in one['vulns'])}" for one in weak)
        say("Known weaknesses:\n" + "\n".join(lines))
        return 1
    return say(f"{len(asked)} of {len(found)} packages were asked for: no known weakness.")


def say(text: str) -> int:
    sys.stdout.write(f"{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
