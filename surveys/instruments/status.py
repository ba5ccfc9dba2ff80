"""Marks an instrument file as a draft or as published, and leaves everything else as it was written."""

import re
from collections.abc import Mapping
from typing import Any

from surveys.instruments.check_source import read_source
from surveys.instruments.export import content_of, to_yaml
from surveys.instruments.faults import FileRefused

DRAFT, PUBLISHED = "draft", "published"
STATUS = re.compile(r"^status\s*:.*$", re.MULTILINE)
VERSION = re.compile(r"^version\s*:.*$", re.MULTILINE)


def with_status(text: str, raw: Mapping[str, Any], status: str) -> str:
    """The file with this status. ``raw`` are its plain values; expects a file without faults.

    One line changes, so that comments and layout stay. Where the status does not stand on a line of its own, the whole
    file is written anew.
    """
    wanted, line = {**raw, "status": status}, f"status: {status}"
    place, written = (STATUS, line) if STATUS.search(text) else (VERSION, rf"\g<0>\n{line}")
    tried = place.sub(written, text, count=1)
    return tried if _says(tried, wanted) else to_yaml(wanted).decode()


def same_content(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two files say the same, whatever their status."""
    return content_of({**one, "status": DRAFT}) == content_of({**other, "status": DRAFT})


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return bool(read_source(text).raw == wanted)
    except FileRefused:
        return False
