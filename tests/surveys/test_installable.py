"""The page can be installed, and the worker knows every file that a questionnaire page needs."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Person
from tests.filling import started


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "zh-hans"), ("en", "en")])
def test_the_manifest_speaks_the_language_of_the_page(db: None, language: str, name: str) -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": language})
    manifest = client.get(reverse("manifest")).json()
    assert (manifest["lang"], manifest["start_url"]) == (name, "/home/")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


def test_the_worker_reaches_the_whole_site_and_is_never_old(db: None) -> None:
    response = Client().get("/service-worker.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"


def test_the_worker_keeps_every_file_of_a_questionnaire_page(firm: Firm, alice: Person) -> None:
    client = Client()
    client.force_login(alice)
    page = client.get(reverse("assessment-part", args=[started(firm, alice).pk, "RD"])).text
    worker = client.get("/service-worker.js").text
    needed = set(re.findall(r'"(/static/[^"]+)"', page))
    assert len(needed) >= 7
    assert sorted(path for path in needed if f'"{path}"' not in worker) == []
