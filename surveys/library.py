"""Where instruments are found: the files that come with the product."""

from functools import lru_cache
from pathlib import Path

from surveys.instruments.model import Instrument
from surveys.instruments.parse import parse_instrument

BUNDLED = Path(__file__).parent / "data" / "instruments"


class InstrumentUnknown(LookupError):
    """There is no instrument of this code, or not in this version."""


def bundled_files() -> dict[tuple[str, str], Path]:
    """(code, version) of each bundled instrument, to its file; the file's name says both."""
    found = {}
    for path in sorted(BUNDLED.glob("*.yaml")):
        code, _, version = path.stem.rpartition("-")
        found[code, version] = path
    return found


def versions_of(code: str) -> list[str]:
    """The versions of one instrument, oldest first."""
    versions = [version for known, version in bundled_files() if known == code]
    return sorted(versions, key=_version_key)


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def instrument_get(code: str, version: str | None = None) -> Instrument:
    """The instrument, in its latest version unless one is named. InstrumentUnknown if there is none."""
    versions = versions_of(code)
    wanted = version or (versions[-1] if versions else "")
    path = bundled_files().get((code, wanted))
    if path is None:
        raise InstrumentUnknown(f"{code}@{version}" if version else code)
    return _instrument(path)


@lru_cache(maxsize=64)
def _instrument(path: Path) -> Instrument:
    """Read once a process: a published file never changes."""
    return parse_instrument(path.read_text(encoding="utf-8"))


def instrument_list() -> list[Instrument]:
    """The latest version of every instrument."""
    codes = sorted({code for code, _ in bundled_files()}, key=lambda code: (code != "bluebook", code))
    return [instrument_get(code) for code in codes]
