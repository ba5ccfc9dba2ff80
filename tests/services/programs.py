"""Finds the programs that tests need, and knows the packages that bring them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

POSTGRES_HOMES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/pgsql")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ON_MACOS = ("Chromium", "Google Chrome")


def postgres_directory() -> Path | None:
    """Where ``initdb`` and ``postgres`` are: Debian keeps them off the PATH, one directory for each version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = (path for home in POSTGRES_HOMES for path in Path(home).glob("*/bin/initdb"))
    newest = max(installed, key=lambda path: path.stat().st_mtime, default=None)
    return newest.parent if newest else None


def redis_server() -> Path | None:
    return _on_path("redis-server", "valkey-server")


def chromium() -> Path | None:
    named = os.environ.get("TEST_CHROMIUM")
    if named:
        return Path(named)
    on_macos = (Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in CHROMIUM_ON_MACOS)
    return _on_path(*CHROMIUM_NAMES) or next((path for path in on_macos if path.exists()), None)


def chinese_font() -> Path | None:
    """Any font with Chinese characters: without one, every screenshot shows boxes."""
    if not shutil.which("fc-list"):
        return None
    listed = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, text=True, check=True).stdout
    return next((Path(line.rstrip(": ")) for line in listed.splitlines()), None)


def xgettext() -> Path | None:
    return _on_path("xgettext")


def pdftotext() -> Path | None:
    return _on_path("pdftotext")


def _on_path(*names: str) -> Path | None:
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


@dataclass(frozen=True)
class Program:
    """``replaced_by`` is the environment variable that makes a program on this machine unnecessary."""

    find: Callable[[], Path | None]
    debian: str
    homebrew: str
    replaced_by: str | None = None

    def is_missing(self) -> bool:
        return not (self.replaced_by and os.environ.get(self.replaced_by)) and self.find() is None


PROGRAMS = (
    Program(postgres_directory, "postgresql", "postgresql@17", "TEST_DATABASE_URL"),
    Program(redis_server, "redis-server", "redis", "TEST_REDIS_URL"),
    Program(chromium, "chromium", "--cask chromium"),
    Program(chinese_font, "fonts-noto-cjk fontconfig", "fontconfig"),
    Program(xgettext, "gettext", "gettext"),
    Program(pdftotext, "poppler-utils", "poppler"),
)


def missing() -> list[Program]:
    return [program for program in PROGRAMS if program.is_missing()]
