"""Keeps people out of the logs: e-mail addresses, names and secret links are masked before a record is written."""

import logging
import re
from typing import Any

EMAIL = re.compile(r"([\w.!#$%&'*+/=?^`{|}~-]{1,64})@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)")
SECRET_LINK = re.compile(r"(/invitations/|/campaigns/join/|/work/|/key/|/confirm-email/)[^/\s\"']+", re.ASCII)
API_TOKEN = re.compile(r"qms_[A-Za-z0-9_-]{8,}", re.ASCII)
LINE_BREAKS = str.maketrans({"\r": "\\r", "\n": "\\n"})


class MaskingFilter(logging.Filter):
    """Put on every handler. Covers the message, its arguments and the traceback; forged line breaks are escaped."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.args = _without_people(record.args)
        record.msg, record.args = masked(record.getMessage()).translate(LINE_BREAKS), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        return True


def masked(text: str) -> str:
    """``li.wei@example.com`` becomes ``l***@example.com``: enough to recognise a problem, too little for a person."""
    text = EMAIL.sub(lambda found: f"{found[1][0]}***@{found[2]}", text)
    return API_TOKEN.sub("qms_***", SECRET_LINK.sub(r"\1***", text))


def _without_people(arguments: Any) -> Any:
    if isinstance(arguments, dict):
        return {key: _unnamed(value) for key, value in arguments.items()}
    return tuple(_unnamed(value) for value in arguments) if isinstance(arguments, tuple) else arguments


def _unnamed(value: Any) -> Any:
    """A person in a log line is an id, never a name. Told by label: logging is set up before models can be imported."""
    label = getattr(getattr(value, "_meta", None), "label_lower", "")
    return f"person {value.pk}" if label == "firms.person" else value
