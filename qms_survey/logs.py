"""How a log line looks: with the request's number, one line or one JSON object, and nothing that names a person."""

import json
import logging
from datetime import UTC, datetime

from firms.context import current_origin

# What a caller may add to a record with ``extra`` and finds again in JSON.
EXTRAS = ("route", "method", "status", "milliseconds")


class RequestFilter(logging.Filter):
    """Gives every record the number of the request in which it was made; "-" outside any request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_origin().request_id or "-"
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for a log collector. Put behind the masking filter."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in EXTRAS if hasattr(record, name)},
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            told["traceback"] = record.exc_text
        return json.dumps(told, ensure_ascii=False)
