"""Somebody with a browser, who may ask any host of the site: cookies go to all of them, as behind a load balancer."""

import contextlib
import http.client
import json
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.scale.hosts import Host
from tests.services.processes import wait_until

PATIENCE = 30.0
BUILD_SECONDS = 60.0


@dataclass(frozen=True)
class Page:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def to(self) -> str:
        return self.headers.get("location", "")

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Browser:
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, host: Host, path: str) -> Page:
        return self._ask(host, "GET", path, "")

    def post(self, host: Host, path: str, **form: str | int) -> Page:
        """With the token against forged forms, which any page of any host has given before."""
        return self._ask(host, "POST", path, urlencode(form))

    def sign_in(self, host: Host, email: str, password: str) -> Page:
        self.get(host, "/accounts/login/")
        return self.post(host, "/accounts/login/", login=email, password=password)

    def save(self, host: Host, assessment: str, item: str, choice: str) -> int:
        """The answer's version after the save."""
        form = {f"{item}-choice": choice, f"{item}-version": 1, f"{item}-key": str(uuid.uuid4())}
        told = self.post(host, f"/assessments/{assessment}/answers/{item}/", **form)
        assert told.status == 200, told.text
        return int(json.loads(told.body)["version"])

    def report(self, host: Host, assessment: str, language: str) -> str:
        """The address of the report, ordered at ``host`` and waited for there."""
        address = self.post(host, f"/assessments/{assessment}/reports/", language=language).to
        assert address.startswith("/reports/"), address
        assert wait_until(lambda: self.state(host, address) == "ready", BUILD_SECONDS), self.state(host, address)
        return address

    def state(self, host: Host, report: str) -> Any:
        return json.loads(self.get(host, f"{report}status/").body)["state"]

    def _ask(self, host: Host, method: str, path: str, body: str) -> Page:
        connection = http.client.HTTPConnection(host.place.address, host.place.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, path, body, self._headers())
            response = connection.getresponse()
            for told in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: one.value for name, one in SimpleCookie(told).items()}
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Page(response.status, headers, response.read())

    def _headers(self) -> dict[str, str]:
        return {
            "Host": "localhost",
            "Accept": "text/html, application/json",
            "Accept-Language": self.language,
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
        }
