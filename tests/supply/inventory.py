"""What the product is made of: every pinned package with its version, hashes and licence."""

import importlib.metadata
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^\s;\\]+)(?P<marker> ;[^\\]*)?")
HASH = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")
# Where a package says nothing of its licence in its metadata, its licence file was read.
READ_BY_HAND = {"pyxform": "BSD-2-Clause", "qrcode": "BSD-3-Clause"}
SAID_OTHERWISE = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


@dataclass(frozen=True)
class Package:
    """``licence`` is None where the package is for another system and not installed here."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str | None


def packages(file: Path = REPOSITORY / "requirements.txt") -> list[Package]:
    return [Package(name, version, hashes, licence_of(name)) for name, version, hashes in pins(file.read_text("utf-8"))]


def pins(text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, version and hashes of each requirement."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        if found := PINNED.match(block):
            yield found["name"], found["version"], tuple(HASH.findall(block))


def licence_of(name: str) -> str | None:
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    if expression := said.get("License-Expression"):
        return expression
    classified = [one.rsplit("::", 1)[-1].strip() for one in said.get_all("Classifier") or [] if "License" in one]
    plain = [SAID_OTHERWISE.get(one, one) for one in classified] or [(said.get("License") or "").splitlines()[0]]
    return " AND ".join(sorted(set(plain)))
