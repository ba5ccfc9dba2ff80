"""Sends errors to Sentry where an operator has named one: without people, answers, addresses or cookies."""

from typing import Any

import sentry_sdk

from firms.masking import masked


def sentry_start(dsn: str, release: str) -> None:
    """Nothing is sent unless this was called; settings call it when SENTRY_DSN is set."""
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0.0,
        before_send=without_people,
    )


def without_people(event: Any, _hint: dict[str, Any]) -> Any:
    """Drops what could name a firm or a person: request data, user, breadcrumbs; masks the error's own text."""
    for part in ("request", "user", "breadcrumbs", "extra"):
        event.pop(part, None)
    for error in event.get("exception", {}).get("values", []):
        error["value"] = masked(str(error.get("value") or ""))
    if "logentry" in event:
        event["logentry"] = {"message": masked(str(event["logentry"].get("message", "")))}
    return event
