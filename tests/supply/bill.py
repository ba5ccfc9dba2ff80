"""Writes docs/licences.md and docs/sbom.cdx.json (CycloneDX 1.6) from the pins: ``python -m tests.supply.bill``."""

import json
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from qms_survey import __version__
from tests.supply.inventory import REPOSITORY, Package, packages

LICENCES, BILL = REPOSITORY / "docs" / "licences.md", REPOSITORY / "docs" / "sbom.cdx.json"
HEAD = """# Packages that the product runs on

Written by `make bill` from `requirements.txt`, where each is pinned with its hashes. `docs/sbom.cdx.json` says the same
for programs (CycloneDX). All are used as they come, linked by import; none is changed.

| package | version | licence |
|---|---|---|
"""
NOT_HERE = "for other systems"


def licences_page(known: list[Package]) -> str:
    return HEAD + "".join(f"| {one.name} | {one.version} | {one.licence or NOT_HERE} |\n" for one in known)


def bill(known: list[Package]) -> str:
    """The same for the same pins: no time stamp, no random serial number."""
    made = Bom(components=map(component, known))
    made.metadata.component = Component(
        name="qms-survey", version=__version__, type=ComponentType.APPLICATION, bom_ref="qms-survey"
    )
    made.register_dependency(made.metadata.component, made.components)
    told = json.loads(JsonV1Dot6(made).output_as_string())
    told.pop("serialNumber", None)
    told.pop("dependencies", None)
    told["metadata"].pop("timestamp", None)
    told["metadata"].pop("tools", None)
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


def component(one: Package) -> Component:
    purl = PackageURL("pypi", name=one.name, version=one.version)
    return Component(
        name=one.name,
        version=one.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        licenses=[DisjunctiveLicense(name=one.licence)] if one.licence else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in one.hashes[:1]]
        if len(one.hashes) == 1
        else [],
    )


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(LICENCES, licences_page(packages()))
    write(BILL, bill(packages()))
