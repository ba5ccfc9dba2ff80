"""Good files to break, and breaking them at random; the same seed gives the same broken file."""

import io
import random
import zipfile
from collections.abc import Mapping

SNIPPETS = (
    b"", b"\n", b"\r\n", b",", b";", b"\t", b'"', b"'", b"<", b">", b"&", b"&#0;", b"&a ", b"*a", b"<<: ", b"{", b"}",
    b"[", b"]", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xe8\xb4", "质".encode(), "１２".encode(), b"=1+1",
    b"-1", b"1e999", b"NaN", b"9" * 400, b"A" * 5000, b"!!python/object:os.system ", b"../../etc/passwd",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
)  # fmt: skip
ZIP = b"PK\x03\x04"


def broken(good: bytes, chance: random.Random) -> bytes:
    """A workbook is broken inside as often as outside: most broken archives are refused before anything is read."""
    if good.startswith(ZIP) and chance.random() < 0.7:
        return broken_part(good, chance)
    return broken_bytes(good, chance)


def broken_bytes(good: bytes, chance: random.Random) -> bytes:
    data = bytearray(good or b" ")
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        stop = min(len(data), start + chance.choice((0, 1, 1, 2, 8, 60)))
        passage = bytes(data[start:stop])
        data[start:stop] = chance.choice((chance.choice(SNIPPETS), passage * 2, b"", bytes([chance.randrange(256)])))
    return bytes(data)


def broken_part(good: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    return zipped({**parts, name: broken_bytes(parts[name], chance)})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
