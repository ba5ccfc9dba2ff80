"""What operators are told: a number for each request, routes instead of ids, figures for those who may read them."""

import json
import logging
import subprocess
import sys
import uuid

import pytest
from django.test import Client
from pytest_django import Settings

from firms.context import Origin, origin
from qms_survey.errors import without_people
from qms_survey.logs import JsonFormatter, RequestFilter
from tests.services.site import Site

pytestmark = pytest.mark.django_db


def record(message: str = "Hello", **extra: object) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": "qms", "levelname": "INFO", "msg": message, **extra})
    RequestFilter().filter(made)
    return made


def test_a_log_line_carries_the_number_of_its_request() -> None:
    token = origin.set(Origin(request_id="abc12345"))
    told = json.loads(JsonFormatter().format(record()))
    origin.reset(token)
    assert (told["request_id"], told["message"], told["level"]) == ("abc12345", "Hello", "INFO")


def test_outside_a_request_there_is_no_number() -> None:
    assert record().request_id == "-"  # type: ignore[attr-defined]


def test_a_json_line_is_one_line_whatever_it_tells() -> None:
    assert "\n" not in JsonFormatter().format(record("one\ntwo"))


def test_a_traceback_stands_in_the_json_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        made = record(exc_info=sys.exc_info())
    assert "ValueError: broken" in json.loads(JsonFormatter().format(made))["traceback"]


def test_a_request_is_logged_by_its_route_without_ids(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    secret = uuid.uuid4()
    with caplog.at_level(logging.INFO, logger="qms_survey.requests"):
        client.get(f"/assessments/{secret}/results/")
    line = caplog.records[-1]
    assert (line.route, line.status) == ("assessments/<uuid:assessment_id>/results/", 302)  # type: ignore[attr-defined]
    assert str(secret) not in line.getMessage()


def test_a_method_that_nobody_knows_is_counted_as_other(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="qms_survey.requests"):
        client.generic("BREW", "/healthz")
    assert caplog.records[-1].method == "OTHER"  # type: ignore[attr-defined]


def test_this_machine_may_read_the_figures(client: Client) -> None:
    client.get("/healthz")
    body = client.get("/metrics").content.decode()
    assert 'qms_requests_total{method="GET",route="healthz",status="200"}' in body
    assert "qms_report_wait_seconds 0.0" in body


def test_another_machine_may_not(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_behind_a_proxy_only_the_token_counts(client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(("given", "status"), [("Bearer right", 200), ("Bearer wrong", 404), ("right", 404), ("", 404)])
def test_with_a_token_only_its_holder_may_read(client: Client, settings: Settings, given: str, status: int) -> None:
    settings.METRICS_TOKEN = "right"
    assert client.get("/metrics", headers={"Authorization": given}).status_code == status


def test_an_error_goes_to_sentry_without_anybody_in_it() -> None:
    event = {
        "request": {"url": "https://x/firms/1/", "cookies": "sessionid=1"},
        "user": {"email": "wang@example.com"},
        "breadcrumbs": {"values": [1]},
        "exception": {"values": [{"type": "ValueError", "value": "no mail for wang@example.com"}]},
        "logentry": {"message": "wang@example.com failed", "params": ["wang@example.com"]},
    }
    assert "wang" not in json.dumps(without_people(event, {}))


def test_sentry_is_off_unless_it_is_named() -> None:
    import sentry_sdk  # noqa: PLC0415 - what it holds when nothing has called it

    assert not sentry_sdk.is_initialized()


@pytest.mark.parametrize(
    ("variable", "value"), [("LOG_FORMAT", "xml"), ("LOG_LEVEL", "loud"), ("EMAIL_URL", "foo://host")]
)
def test_a_setting_that_is_not_understood_stops_the_program_with_one_line(variable: str, value: str) -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"PATH": "", variable: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert variable in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.services
def test_all_web_processes_are_counted_together(live_site_services: Site) -> None:
    before = requests_counted(live_site_services)
    for _ in range(20):
        live_site_services.get("/healthz")
    assert requests_counted(live_site_services) >= before + 20


def requests_counted(site: Site) -> float:
    lines = site.get("/metrics")[1].decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("qms_requests_total") and "healthz" in line)
