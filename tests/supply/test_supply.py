"""Every package is pinned with hashes, has a licence that goes with ours, and stands in the bill of materials."""

import json
import re

import pytest

from tests.supply.bill import BILL, LICENCES, bill, licences_page
from tests.supply.inventory import REPOSITORY, Package, packages, pins

KNOWN = packages()
# Licences that let an Apache-2.0 product import the package; the copyleft ones cover only the package's own files.
TAKEN = {"MIT", "MIT-0", "MIT-CMU", "BSD", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "MPL-2.0",
         "LGPL-3.0-only", "Zlib", "CC0-1.0", "Unlicense", "ISC"}  # fmt: skip


def test_there_are_pins() -> None:
    assert len(KNOWN) > 50


@pytest.mark.parametrize("package", KNOWN, ids=lambda one: one.name)
def test_every_package_is_pinned_with_a_hash(package: Package) -> None:
    assert package.hashes


@pytest.mark.parametrize("package", [one for one in KNOWN if one.licence is not None], ids=lambda one: one.name)
def test_every_licence_goes_with_ours(package: Package) -> None:
    parts = re.split(r" AND | OR |[()]", package.licence or "")
    assert {part.strip() for part in parts if part.strip()} <= TAKEN


def test_the_licences_page_is_what_the_pins_say() -> None:
    cells = [line.split(" | ") for line in LICENCES.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert {row[0].removeprefix("| "): row[1] for row in cells[1:]} == {one.name: one.version for one in KNOWN}


def test_the_bill_names_every_package_with_its_version() -> None:
    told = json.loads(BILL.read_text("utf-8"))["components"]
    assert {one["name"]: one["version"] for one in told} == {one.name: one.version for one in KNOWN}


def test_the_same_pins_give_the_same_bill() -> None:
    assert bill(KNOWN) == bill(KNOWN)
    assert licences_page(KNOWN) == licences_page(KNOWN)


def test_a_requirement_without_a_hash_would_be_found() -> None:
    assert list(pins("djangos==5.2.1\n    # via x\n")) == [("djangos", "5.2.1", ())]


def test_what_runs_and_what_tests_agree_on_every_version() -> None:
    runtime = {one.name: one.version for one in KNOWN}
    tools = {name: version for name, version, _ in pins((REPOSITORY / "requirements-dev.txt").read_text("utf-8"))}
    assert {name for name in runtime.keys() & tools.keys() if runtime[name] != tools[name]} == set()
