"""Files opened once: a table, or QIF documents joined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.measurements.qif import QifDocument, merge_qif, read_qif
from scoring.measurements.table import Format, Table, format_of, read_table
from surveys import files
from surveys.models import Evidence


@dataclass(frozen=True, eq=False)
class Source:
    """At most one of ``table`` and ``document``; neither where a list of data rests on no file."""

    form: Format | None = None
    table: Table | None = None
    document: QifDocument | None = None


def opened(contents: Sequence[bytes], sheet: str = "") -> Source:
    """One table, or QIF files joined. Raises TableRefused or QifError."""
    if not contents:
        return Source()
    form = format_of(contents[0])
    if form == "qif":
        return Source(form, document=merge_qif(read_qif(content) for content in contents))
    return Source(form, table=read_table(contents[0], sheet or None))


def contents_of(rows: Iterable[Evidence]) -> list[bytes]:
    """The files as they were sent. Raises FileNotFoundError when one is gone from the disk."""
    return [files.path_of(row.pk).read_bytes() for row in rows]
