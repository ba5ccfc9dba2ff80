"""Static files are sent packed and kept for ever; pages for everybody are asked for again only if they changed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from whitenoise.middleware import WhiteNoiseMiddleware

from firms.models import Firm, Person

COMPRESSED = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
PACKED = {"HTTP_ACCEPT_ENCODING": "gzip"}
Ask = Callable[..., HttpResponse]

# An answer that ends gives connections back.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The static files as the site serves them: collected as `make run` does, under the names that pages use."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, STORAGES=COMPRESSED):
        call_command("collectstatic", interactive=False, verbosity=0)
        server = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))

        def ask(name: str, **headers: str) -> HttpResponse:
            response = server(RequestFactory().get(staticfiles_storage.url(name), **headers))
            response.close()
            return response

        yield ask


@pytest.mark.parametrize("name", ["css/site.css", "js/questionnaire.js", "vendor/bootstrap.min.css", "img/mark.svg"])
def test_a_static_file_is_packed_and_kept_for_ever(ask: Ask, name: str) -> None:
    response = ask(name, **PACKED)
    assert "immutable" in response.headers["Cache-Control"]
    assert int(response.headers["Cache-Control"].partition("max-age=")[2].partition(",")[0]) >= 365 * 24 * 3600
    assert response.headers["Content-Encoding"] == "gzip"


def test_a_static_file_has_its_content_in_its_name(ask: Ask) -> None:
    name = Path(staticfiles_storage.url("css/site.css")).name
    assert name.count(".") == 2
    assert name != "site.css"


def test_a_browser_that_has_the_file_is_told_so_without_the_file(ask: Ask) -> None:
    seen = ask("css/site.css").headers["Last-Modified"]
    assert ask("css/site.css", HTTP_IF_MODIFIED_SINCE=seen).status_code == 304


@pytest.mark.parametrize("name", ["manifest", "service-worker", "api:instruments", "api:openapi-json"])
def test_what_is_for_everybody_is_sent_again_only_if_it_changed(name: str) -> None:
    first = Client().get(reverse(name))
    again = Client().get(reverse(name), headers={"if-none-match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize("name", ["home", "firm-list"])
def test_what_belongs_to_a_firm_is_kept_nowhere(
    firm: Firm, alice: Person, signed_in: Callable[[Person], Client], name: str
) -> None:
    response = signed_in(alice).get(reverse(name), follow=True)
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))
    assert "ETag" not in response.headers
