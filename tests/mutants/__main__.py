"""Changes the modules that everything hangs on, and sees whether the tests notice: ``python -m tests.mutants [NAME]``.

Status 1 where a change went unnoticed that is not known to mean the same.
"""

import sys

import pytest

from tests.mutants.running import Mutation

# Each module with the tests that are to notice; the quick ones first.
MODULES: dict[str, tuple[str, ...]] = {
    "firms.gate": (
        "tests/firms/test_gate_edges.py", "tests/firms/test_gate.py", "tests/firms/test_consent.py",
        "tests/firms/test_tokens.py", "tests/firms/test_organisations.py",
    ),
    "scoring.engine.release.suppression": (
        "tests/release/test_suppression_edges.py", "tests/release/test_suppression.py",
    ),
}  # fmt: skip
# Changes that change nothing anybody can see, each with its reason.
SAME = {
    # A number too large for its column was an error before Django met it itself.
    "'(ObjectDoesNotExist, ValidationError, ValueError, TypeError,': without OverflowError",
    # A row belongs to one firm.
    "'(str(person.pk), str(firm_id), row._meta.label_lower, str(ro': without str(firm_id)",
}


def main() -> int:
    chosen = sys.argv[1:] or list(MODULES)
    return max(judged(name) for name in chosen)


def judged(name: str) -> int:
    mutation = Mutation(name)
    options = ["-q", "--no-header", "--no-summary", "-p", "no:cacheprovider", "--show-capture=no", *MODULES[name]]
    pytest.main(options, plugins=[mutation])
    unnoticed = [one for one in mutation.tally.survived if one.what not in SAME]
    same = len(mutation.tally.survived) - len(unnoticed)
    told = f"{mutation.tally.all} changes, {mutation.tally.killed} noticed, {same} that mean the same"
    print(f"{name}: {told if mutation.whole else 'the tests fail without any change'}")  # noqa: T201
    for one in unnoticed:
        print(f"  line {one.line}: {one.what}")  # noqa: T201
    return int(bool(unnoticed) or not mutation.whole)


if __name__ == "__main__":
    sys.exit(main())
