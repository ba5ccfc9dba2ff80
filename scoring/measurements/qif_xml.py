"""Walks through the XML of a QIF file with bounded memory and hands over the small pieces that matter.

Everything a hostile file can do is refused here: size, document types and entities, depth, number of elements, endless
tokens, foreign encodings. Names are compared without their namespace, because real files mix prefixes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from scoring.measurements.qif_messages import QifError

MAX_BYTES: Final = 32 * 1024 * 1024

# expat's codes for input that ends too early: no element, unclosed token, partial character, unclosed CDATA section.
_ENDS_EARLY: Final = frozenset({3, 5, 6, 20})
_BAD_ENCODING: Final = frozenset({18, 19})
# expat reads no multi-byte encoding but Unicode's own; Chinese software still writes these.
_CHINESE: Final = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936"})
_DECLARATION: Final = re.compile(
    rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"'][^>]{0,200}?\?>"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes, elements, depth, and bytes of a single tag or text."""

    bytes: int = MAX_BYTES
    elements: int = 1_000_000
    depth: int = 100
    token: int = 4 * 1024 * 1024


class Step(NamedTuple):
    """One thing met on the way: an element opened or closed outside the records, or a whole record."""

    kind: Literal["open", "record", "close"]
    path: tuple[str, ...]
    element: Element


IsRecord: TypeAlias = Callable[[str, str], bool]


class _Source(io.BytesIO):
    """Counts what expat has taken since the last element, to stop a token that would fill the memory."""

    def __init__(self, data: bytes, limit: int) -> None:
        super().__init__(data)
        self.since_event = 0
        self._limit = limit

    def read(self, size: int | None = -1, /) -> bytes:
        chunk = super().read(size)
        self.since_event += len(chunk)
        if self.since_event > self._limit:
            raise QifError("token_too_long", limit=self._limit)
        return chunk


@dataclass(slots=True)
class _Walk:
    limits: Limits
    is_record: IsRecord
    names: list[str] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    elements: int = 0
    record_depth: int = 0

    def start(self, element: Element) -> Iterator[Step]:
        name = local_name(element)
        self.elements += 1
        self._check(name)
        parent = self.names[-1] if self.names else ""
        self.names.append(name)
        self.open.append(element)
        if self.record_depth:
            return
        if self.is_record(parent, name):
            self.record_depth = len(self.open)
        else:
            yield Step("open", tuple(self.names), element)

    def end(self, element: Element) -> Iterator[Step]:
        depth = len(self.open)
        if self.record_depth in (0, depth):
            yield Step("record" if self.record_depth else "close", tuple(self.names), element)
            self.record_depth = 0
            self._forget(element)
        self.names.pop()
        self.open.pop()

    def _check(self, name: str) -> None:
        if self.elements > self.limits.elements:
            raise QifError("too_many_elements", limit=self.limits.elements)
        if len(self.open) >= self.limits.depth:
            raise QifError("too_deep", limit=self.limits.depth, element=name[:60])

    def _forget(self, element: Element) -> None:
        # The parser may already be siblings ahead, so the element is taken out by identity, not from the end.
        element.clear()
        if len(self.open) > 1:
            self.open[-2].remove(element)


def steps(data: bytes, is_record: IsRecord, limits: Limits) -> Iterator[Step]:
    """Everything outside the records, and each record as a whole subtree, in the order of the file.

    ``is_record(parent, name)`` says which elements are kept whole. An element handed over is emptied afterwards.
    Raises QifError for everything that is not well-formed XML within the limits.
    """
    if len(data) > limits.bytes:
        raise QifError("too_large", size=len(data), limit=limits.bytes)
    if not data or data.isspace():
        raise QifError("empty")
    source = _Source(as_unicode(data), limits.token)
    walk = _Walk(limits, is_record)
    for event, element in _events(source):
        source.since_event = 0
        yield from walk.start(element) if event == "start" else walk.end(element)


def _events(source: _Source) -> Iterator[tuple[str, Element]]:
    try:
        yield from iterparse(source, events=("start", "end"), forbid_dtd=True)
    except ParseError as error:
        raise _refusal(error) from None
    except DefusedXmlException as error:
        raise QifError("doctype", name=str(getattr(error, "name", "") or "")[:60]) from None
    except (LookupError, ValueError) as error:
        raise QifError("encoding", encoding="?", reason=str(error)[:120]) from None


def _refusal(error: ParseError) -> QifError:
    line, column = error.position
    reason = str(error).partition(":")[0]
    if error.code in _BAD_ENCODING:
        return QifError("encoding", encoding="?", reason=reason)
    if error.code in _ENDS_EARLY:
        return QifError("truncated", line=line, column=column)
    return QifError("malformed", line=line, column=column, reason=reason)


def as_unicode(data: bytes) -> bytes:
    """The same document in an encoding that the parser knows; Chinese encodings are turned into UTF-8."""
    declaration = _DECLARATION.match(data)
    if declaration is None or (declared := declaration[1].decode("ascii").lower()) not in _CHINESE:
        return data
    try:
        return data[declaration.end() :].decode("gb18030").encode("utf-8")
    except UnicodeDecodeError as error:
        raise QifError("encoding", encoding=declared, reason=f"byte {error.start}") from None


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace(element: Element) -> str:
    """The namespace of an element, empty when it has none."""
    return element.tag[1:].rpartition("}")[0] if element.tag.startswith("{") else ""


def child(element: Element | None, *names: str) -> Element | None:
    """The first child with one of the names."""
    if element is None:
        return None
    return next((inner for inner in element if local_name(inner) in names), None)


def children(element: Element | None, *names: str) -> list[Element]:
    """All children with one of the names, or all children when no name is given."""
    if element is None:
        return []
    return [inner for inner in element if not names or local_name(inner) in names]


def down(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of names, each step the first that fits."""
    for name in path:
        element = child(element, name)
    return element


def text(element: Element | None, *path: str) -> str | None:
    """The text at the end of a path, with white space folded; None when it is absent or blank."""
    found = down(element, *path)
    folded = " ".join(found.text.split()) if found is not None and found.text else ""
    return folded or None


def descendants(element: Element | None, *names: str) -> list[Element]:
    """All elements below with one of the names, at whatever depth, in document order."""
    return [] if element is None else [inner for inner in element.iter() if local_name(inner) in names]
