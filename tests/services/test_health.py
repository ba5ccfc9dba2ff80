"""`/healthz` and `/readyz`, without and with the things they ask after."""

import pytest
from django.test import Client

from tests.services.site import Site


def test_the_process_is_alive_whatever_it_leans_on(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_without_a_broker_the_site_is_not_ready_and_says_which_part_is_missing(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert {name: part["ok"] for name, part in response.json()["parts"].items()} == {
        "database": True,
        "broker": False,
        "worker": False,
    }


@pytest.mark.django_db
def test_a_fault_does_not_tell_where_the_broker_is(client: Client) -> None:
    assert "sock" not in client.get("/readyz").content.decode()


@pytest.mark.django_db
def test_an_answer_about_health_is_never_kept(client: Client) -> None:
    assert "no-store" in client.get("/readyz").headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.services
def test_with_postgresql_and_redis_every_part_is_ready(live_site_services: Site) -> None:
    assert live_site_services.get("/readyz")[0] == 200
    assert all(part["ok"] for part in live_site_services.readiness()["parts"].values())


@pytest.mark.services
def test_the_site_really_runs_on_postgresql(live_site_services: Site) -> None:
    question = "from django.db import connection; print(connection.vendor)"
    said = live_site_services.manage("shell", "--verbosity", "0", "--command", question)
    assert said.strip() == "postgresql"


@pytest.mark.services
def test_an_installation_that_runs_has_no_fault(live_site_services: Site) -> None:
    assert "FAULT" not in live_site_services.manage("doctor")
