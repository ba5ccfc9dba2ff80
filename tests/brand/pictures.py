"""Logos as people upload them, and as people with other plans do."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

PNG_START = b"\x89PNG\r\n\x1a\n"
BURGUNDY = (122, 31, 74)
# What is hung behind a picture, so that the file is two things at once.
PASSENGERS = {
    "html": b"<html><script>alert(1)</script></html>",
    "zip": b"PK\x03\x04" + b"payload.exe" * 20,
    "pdf": b"%PDF-1.7 /JavaScript (app.alert(1))",
}


def drawn(mode: str = "RGBA", size: tuple[int, int] = (300, 120)) -> Image.Image:
    """A burgundy disc on nothing."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 110, 110), fill=(*BURGUNDY, 255))
    return image.convert(mode)


def saved(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def claims_to_be(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header states this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return PNG_START + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def chunks_of(png: bytes) -> list[bytes]:
    """The names of the chunks, in their order; ``behind`` where bytes follow the last."""
    found, at = [], len(PNG_START)
    while at < len(png) and found[-1:] != [b"IEND"]:
        length = int.from_bytes(png[at : at + 4], "big")
        found.append(png[at + 4 : at + 8])
        at += 12 + length
    return found if at == len(png) else [*found, b"behind"]
