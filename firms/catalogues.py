"""Industries (GB/T 4754 divisions) and provinces (GB/T 2260): data files, read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from ruamel.yaml import YAML

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Entry:
    code: str
    zh_hans: str
    en: str

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.en if (get_language() or "").startswith("en") else self.zh_hans


@cache
def industries() -> dict[str, Entry]:
    return _read("industries")


@cache
def regions() -> dict[str, Entry]:
    return _read("regions")


def industry_name(code: str) -> str:
    """The division's name in the language of the page; a code that the catalogue no longer has stands for itself."""
    return _name(industries(), code)


def region_name(code: str) -> str:
    return _name(regions(), code)


def industry_choices() -> list[tuple[str, str]]:
    """For a select: code and name, so that both those who know the code and those who do not find theirs."""
    return [(entry.code, f"{entry.code} {entry.name}") for entry in industries().values()]


def region_choices() -> list[tuple[str, str]]:
    return [(entry.code, entry.name) for entry in regions().values()]


def _name(entries: dict[str, Entry], code: str) -> str:
    return entries[code].name if code in entries else code


def _read(catalogue: str) -> dict[str, Entry]:
    rows = YAML(typ="safe").load(DATA / f"{catalogue}.yaml")[catalogue]
    return {str(row["code"]): Entry(str(row["code"]), row["zh-hans"], row["en"]) for row in rows}
