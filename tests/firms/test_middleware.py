"""Where a request comes from: believed only as far as our own proxies wrote it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from firms.context import current_origin
from firms.middleware import OriginMiddleware, client_address, request_id


def request(**headers):
    return RequestFactory().get("/path/", REMOTE_ADDR="192.0.2.1", headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.66, 198.51.100.9", "198.51.100.9"),
        (2, "198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (2, "198.51.100.9", "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "<script>", None),
    ],
)
def test_a_forwarded_address_is_believed_as_far_as_our_proxies_go(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert client_address(request(x_forwarded_for=forwarded)) == address


@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [(0, "abcd1234", False), (1, "abcd1234", True), (1, "a\nb", False), (1, "x" * 65, False)],
)
def test_a_request_number_is_taken_from_a_proxy_only(settings, proxies, given, kept):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert (request_id(request(x_request_id=given)) == given) is kept


def test_the_origin_lasts_as_long_as_the_request():
    seen = []

    def view(asked):
        seen.append(current_origin())
        return HttpResponse()

    response = OriginMiddleware(view)(request())
    assert (seen[0].address, seen[0].path) == ("192.0.2.1", "/path/")
    assert response.headers["X-Request-ID"] == seen[0].request_id
    assert current_origin().address is None
