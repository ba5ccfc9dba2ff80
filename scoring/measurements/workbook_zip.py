"""Unpacks the parts of a workbook piece by piece within a budget, whatever sizes the archive claims."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from scoring.measurements.table_builder import MAX_BYTES
from scoring.measurements.table_messages import refused

MAX_INFLATED: Final = 512 * 1024 * 1024
_PIECE: Final = 4 * 1024 * 1024
_LOCAL_HEADER: Final = struct.Struct("<26xHH")


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked."""

    left: int = MAX_INFLATED

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise refused("inflates", limit=MAX_INFLATED)


def parts_of(data: bytes) -> Mapping[str, ZipInfo]:
    """The parts of the archive by their path."""
    if len(data) > MAX_BYTES:
        raise refused("too_large", size=len(data), limit=MAX_BYTES)
    try:
        return {info.filename: info for info in ZipFile(io.BytesIO(data)).infolist()}
    except (BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise refused("damaged_workbook", detail=str(error)) from None


def inflated(data: bytes, info: ZipInfo, budget: Budget) -> Iterator[bytes]:
    """The content of a part in pieces of at most 4 MiB."""
    try:
        names, extra = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    except struct.error as error:
        raise refused("damaged_workbook", detail=str(error)) from None
    start = info.header_offset + _LOCAL_HEADER.size + names + extra
    packed = memoryview(data)[start : start + info.compress_size]
    if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise refused("damaged_workbook", detail=info.filename)
    pieces = _stored(packed) if info.compress_type == ZIP_STORED else _deflated(packed, info.filename)
    for piece in pieces:
        budget.take(len(piece))
        yield piece


def _stored(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _PIECE):
        yield bytes(packed[start : start + _PIECE])


def _deflated(packed: memoryview, name: str) -> Iterator[bytes]:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        piece = machine.decompress(packed, _PIECE)
        while piece or machine.unconsumed_tail:
            yield piece
            piece = machine.decompress(machine.unconsumed_tail, _PIECE)
    except zlib.error as error:
        raise refused("damaged_workbook", detail=f"{name}: {error}") from None
