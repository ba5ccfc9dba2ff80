"""Where instruments are found: the files that come with the product, then those that were imported here."""

import os
import tempfile
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from surveys.instruments.check_source import read_source
from surveys.instruments.export import content_of
from surveys.instruments.model import Instrument
from surveys.instruments.parse import parse_instrument

BUNDLED = Path(__file__).parent / "data" / "instruments"
PUBLISHED = "published"


class InstrumentUnknown(LookupError):
    """There is no instrument of this code, or not in this version."""


class VersionTaken(ValueError):
    """A published version with other content stands under this code and version."""


def imported() -> Path:
    """The directory of the imported instruments."""
    return Path(settings.QMS_HOME) / "instruments"


def instrument_files() -> dict[tuple[str, str], Path]:
    """(code, version) of each instrument, to its file; the file's name says both. Bundled files come first."""
    found = dict(bundled_files())
    for key, path in _files_in(imported()).items():
        found.setdefault(key, path)
    return found


@cache
def bundled_files() -> dict[tuple[str, str], Path]:
    """Those that come with the product: they do not change while it runs."""
    return _files_in(BUNDLED)


def _files_in(folder: Path) -> dict[tuple[str, str], Path]:
    found: dict[tuple[str, str], Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        code, _, version = path.stem.rpartition("-")
        found.setdefault((code, version), path)
    return found


def versions_of(code: str) -> list[str]:
    """The versions of one instrument, oldest first."""
    versions = [version for known, version in instrument_files() if known == code]
    return sorted(versions, key=_version_key)


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def instrument_file(code: str, version: str | None = None) -> Path:
    """The file of a version; without one, of the latest published version, or of the latest draft if none is."""
    if version and (code, version) in bundled_files():
        return bundled_files()[code, version]
    files = instrument_files()
    candidates = [version] if version else versions_of(code)[::-1]
    paths = [files[code, one] for one in candidates if (code, one) in files]
    if not paths:
        raise InstrumentUnknown(f"{code}@{version}" if version else code)
    return next((path for path in paths if _instrument(path).status == PUBLISHED), paths[0])


def instrument_get(code: str, version: str | None = None) -> Instrument:
    """The instrument, in its latest published version unless one is named. InstrumentUnknown if there is none."""
    return _instrument(instrument_file(code, version))


def instrument_text(code: str, version: str | None = None) -> str:
    """The file as it was written. InstrumentUnknown if there is none."""
    return instrument_file(code, version).read_text(encoding="utf-8")


def instrument_list(*, drafts: bool = False) -> list[Instrument]:
    """The latest published version of every instrument; with ``drafts`` also those that have none yet."""
    codes = sorted({code for code, _ in instrument_files()}, key=lambda code: (code != "bluebook", code))
    found = [instrument_get(code) for code in codes]
    return [one for one in found if drafts or one.status == PUBLISHED]


def _instrument(path: Path) -> Instrument:
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _parsed(path: Path, _changed: int) -> Instrument:
    """Read once for each state of the file: a draft may be imported again while the site runs."""
    return parse_instrument(path.read_text(encoding="utf-8"))


def instrument_store(*, text: str) -> bool:
    """Keeps a checked instrument; False if exactly this content is here already.

    A draft may be replaced. A published version never changes: VersionTaken if it would.
    """
    raw = read_source(text).raw
    code, version = raw["code"], raw["version"]
    existing = instrument_files().get((code, version))
    if existing is not None:
        there = read_source(existing.read_text(encoding="utf-8")).raw
        if content_of(there) == content_of(raw):
            return False
        if there.get("status") == PUBLISHED or existing.parent == BUNDLED:
            raise VersionTaken(f"{code}@{version}")
    _put(imported() / f"{code}-{version}.yaml", text, replace=existing is not None)
    return True


def _put(target: Path, text: str, *, replace: bool) -> None:
    """Writes the whole file or nothing. A file that somebody else has just put there is never written over."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".tmp", delete=False) as file:
        file.write(text.encode())
    written = Path(file.name)
    written.chmod(0o644)
    try:
        if replace:
            written.replace(target)
        else:
            os.link(written, target)
    except FileExistsError as error:
        raise VersionTaken(target.stem) from error
    finally:
        written.unlink(missing_ok=True)
