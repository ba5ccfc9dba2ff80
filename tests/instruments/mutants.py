"""Broken instrument files by the thousand: bytes and parts exchanged at random, the same for the same seed."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from surveys.instruments.check_source import read_source
from surveys.instruments.export import to_yaml
from tests.instruments.bundled import INSTRUMENT_FILES
from tests.instruments.rich import RICH

Place = tuple[Any, Any]
VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 5, 101, 1e308, -1e308, 2.5, "", " ", "x", "PR-01", "index", "items", "dimensions",
    "yes", "NA", "1.0.0", "质量", "\x00", "\ud800", "a" * 5000, [], {}, [[]], [{}], [None], {"": None}, {"rule": "map"},
    {"zh-hans": "甲", "en": "A"}, {"any": []}, {"all": [{}]}, {"not": None}, {"item": "PR-01", "at_least": 3},
    {"item": ["PR-01"], "is": {}}, {"node": "index", "below": "x"}, [[0, 0], [1, 1]], [[1, 1], [0, 0]],
]  # fmt: skip
SNIPPETS = [
    b"", b"\n", b"  ", b"\t", b":", b"- ", b"{", b"}", b"[", b"]", b"&a ", b"*a", b"!!set ", b"'", b'"', b"#", b"|",
    b">", b"%", b"\x00", b"\xff", b"\xe8\xb4", "质".encode(), b"<<: ", b"? ", b"9" * 400, b"...\n", b"---\n", b"@",
]  # fmt: skip


def bases() -> list[str]:
    """The sample with every rule, many times over, and each bundled file: small files are quick and hit more often."""
    small = sorted(INSTRUMENT_FILES, key=lambda path: path.stat().st_size)[:3]
    return [RICH] * 40 + [path.read_text(encoding="utf-8") for path in small]


def mutants(count: int, seed: int) -> Iterator[bytes]:
    texts = bases()
    raws = {text: json.loads(json.dumps(read_source(text).raw)) for text in set(texts)}
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        text = chance.choice(texts)
        yield changed_bytes(text, chance) if number % 2 else changed_parts(raws[text], chance)


def changed_bytes(text: str, chance: random.Random) -> bytes:
    """One to four places overwritten, cut out, doubled or filled with what YAML takes for syntax."""
    data = bytearray(text.encode())
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data))
        stop = min(len(data), start + chance.choice([0, 1, 1, 2, 8, 60]))
        passage = bytes(data[start:stop])
        data[start:stop] = chance.choice([chance.choice(SNIPPETS), passage * 2, b"", bytes([chance.randrange(256)])])
    return bytes(data)


def changed_parts(raw: Any, chance: random.Random) -> bytes:
    """One to three parts of the file removed, exchanged, doubled, renamed or moved; written as JSON or YAML."""
    raw = copy.deepcopy(raw)
    for _ in range(chance.randint(1, 3)):
        places = list(all_places(raw))
        if places:
            holder, key = chance.choice(places)
            chance.choice(CHANGES)(holder, key, chance, places)
    return written(raw, chance)


def written(raw: Any, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return json.dumps(raw, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    try:
        return to_yaml(raw)
    except Exception:  # to_yaml writes only files without faults
        return json.dumps(raw).encode()


def all_places(part: Any) -> Iterator[Place]:
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in entries:
        yield part, key
        yield from all_places(value)


def remove(holder: Any, key: Any, chance: random.Random, places: list[Place]) -> None:
    del holder[key]


def exchange(holder: Any, key: Any, chance: random.Random, places: list[Place]) -> None:
    holder[key] = copy.deepcopy(chance.choice(VALUES))


def copy_elsewhere(holder: Any, key: Any, chance: random.Random, places: list[Place]) -> None:
    other, place = chance.choice(places)
    holder[key] = copy.deepcopy(other[place])


def double(holder: Any, key: Any, chance: random.Random, places: list[Place]) -> None:
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))


def rename(holder: Any, key: Any, chance: random.Random, places: list[Place]) -> None:
    if isinstance(holder, dict):
        holder[chance.choice(["", "x", f"{key}s", str(key)[:-1], "rule", "code"])] = holder.pop(key)


def nudge(holder: Any, key: Any, chance: random.Random, places: list[Place]) -> None:
    value = holder[key]
    if isinstance(value, int | float):
        holder[key] = chance.choice([value + 1, value - 1, -value, value * 10, value + 0.5, str(value)])
    elif isinstance(value, str):
        holder[key] = chance.choice([value[:-1], value + "x", value.upper(), value * 50])


CHANGES: list[Callable[[Any, Any, random.Random, list[Place]], None]] = [
    remove, exchange, exchange, copy_elsewhere, double, rename, nudge, nudge,
]  # fmt: skip


CELLS: list[Any] = [
    None, True, 0.0, -1.0, 3.0, 2.5, 1e308, "", " ", "x", "PR", "PR-01", "index", "{", "[[0, 0]]", "&a b",
    "{item: PR-01, is: 2}", "select_one", "select_one PR-01", "begin_group", "end_group", "begin_repeat", "note",
    "text", "${PR-01} > 2", "${", "yes", "NA", "title", "format", "dimensions", "scoring",
]  # fmt: skip
Sheets = dict[str, list[list[Any]]]


def workbook_mutants(sheets: Sheets, count: int, seed: int) -> Iterator[Sheets]:
    """One to four cells exchanged, rows or columns removed or doubled, or a whole sheet gone."""
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        found = copy.deepcopy(sheets)
        for _ in range(chance.randint(1, 4)):
            name = chance.choice(list(found))
            chance.choice(SHEET_CHANGES)(found, name, chance)
        yield found


def change_cell(sheets: Sheets, name: str, chance: random.Random) -> None:
    row = chance.choice(sheets[name] or [[None]])
    if row:
        row[chance.randrange(len(row))] = chance.choice(CELLS)


def remove_row(sheets: Sheets, name: str, chance: random.Random) -> None:
    if len(sheets[name]) > 1:
        del sheets[name][chance.randrange(len(sheets[name]))]


def double_row(sheets: Sheets, name: str, chance: random.Random) -> None:
    if sheets[name]:
        sheets[name].insert(chance.randrange(len(sheets[name])), list(chance.choice(sheets[name])))


def cut_rows(sheets: Sheets, name: str, chance: random.Random) -> None:
    width = chance.randrange(1, 6)
    sheets[name] = [row[:width] for row in sheets[name]]


def remove_sheet(sheets: Sheets, name: str, chance: random.Random) -> None:
    if len(sheets) > 1 and chance.random() < 0.1 and name != "survey":
        del sheets[name]


SHEET_CHANGES = [change_cell, change_cell, change_cell, remove_row, double_row, cut_rows, remove_sheet]
