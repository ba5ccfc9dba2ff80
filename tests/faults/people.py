"""Simulated people: each in a thread, over HTTP, with a journal of what they asked for and what was acknowledged.

What gets no answer is sent again, as the page does: a save under the same key, another press of the same button.
"""

import contextlib
import http.client
import json
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 10.0
PAUSE = 0.05
TOKEN = "f" * 32
# How many submissions one person makes: each is followed by a report of a second or so.
MOST_SUBMISSIONS = 3


@dataclass(frozen=True)
class Answered:
    """``status`` 0 where no whole answer came."""

    status: int
    to: str = ""
    body: bytes = b""


@dataclass
class Save:
    """``version`` is what the site acknowledged; None while it has not."""

    assessment: str
    item: str
    value: str
    key: str
    based_on: int
    version: int | None = None


@dataclass
class Person:
    port: int
    firm: str
    draft: str
    session: str
    items: list[str]
    seed: int
    saves: list[Save] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    submitted: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    # The pool: how often it was asked for, how often that was acknowledged, by what was asked.
    asked: dict[str, int] = field(default_factory=lambda: {"give": 0, "withdraw": 0})
    acknowledged: dict[str, int] = field(default_factory=lambda: {"give": 0, "withdraw": 0})
    unanswered: int = 0
    refused: list[str] = field(default_factory=list)
    conflicts: int = 0

    def work(self, until: threading.Event) -> None:
        dice = random.Random(self.seed)
        while not until.is_set():
            self._act(dice)
            time.sleep(PAUSE)

    def _act(self, dice: random.Random) -> None:
        chance = dice.random()
        if chance < 0.04 and len(self.submitted) < MOST_SUBMISSIONS:
            self._submit_and_go_on()
        elif chance < 0.08 and self.submitted:
            self._order(dice.choice(self.submitted), dice.choice(["en", "zh-hans"]))
        elif chance < 0.2:
            self._consent()
        else:
            self._save(dice.choice(self.items))

    def _save(self, item: str) -> None:
        save = self._waiting() or self._new_save(item)
        form = {"choice": save.value, "version": save.based_on, "key": save.key}
        told = self._post(
            f"/assessments/{save.assessment}/answers/{save.item}/", {f"{save.item}-{k}": v for k, v in form.items()}
        )
        if told.status == 200:
            save.version = self.versions[save.item] = json.loads(told.body)["version"]
        elif told.status == 409:
            self.conflicts += 1
            self.versions[save.item] = json.loads(told.body)["version"]
            self.saves.remove(save)

    def _waiting(self) -> Save | None:
        return next((save for save in self.saves[-1:] if save.version is None), None)

    def _new_save(self, item: str) -> Save:
        value = str(1 + len(self.saves) % 5)
        self.saves.append(Save(self.draft, item, value, str(uuid.uuid4()), self.versions.get(item, 1)))
        return self.saves[-1]

    def _submit_and_go_on(self) -> None:
        """Pressed until it is done, and so is the button that begins the next assessment from this one."""
        while self._waiting():
            self._save("")
        done = self.draft
        self._insist(f"/assessments/{done}/submit/", {}, f"/assessments/{done}/results/")
        self.submitted.append(done)
        to = self._insist(f"/assessments/{done}/reopen/", {}, "/review/")
        self.draft = to.split("/")[2]
        self.versions.clear()

    def _order(self, assessment: str, language: str) -> None:
        told = self._post(f"/assessments/{assessment}/reports/", {"language": language})
        if told.status == 302 and told.to.startswith("/reports/"):
            self.reports.append(told.to.split("/")[2])

    def _consent(self) -> None:
        """Given, withdrawn, given again; each pressed until it is acknowledged."""
        what = "give" if self.acknowledged["give"] == self.acknowledged["withdraw"] else "withdraw"
        self.asked[what] = self.acknowledged[what] + 1
        told = self._post(f"/firms/{self.firm}/access/pool/{what}/", {})
        self.acknowledged[what] += told.status == 302 and told.to.endswith("/access/")

    def _insist(self, path: str, form: dict[str, object], leads_to: str) -> str:
        until = time.monotonic() + 6 * PATIENCE
        while time.monotonic() < until:
            told = self._post(path, form)
            if told.status == 302 and leads_to in told.to:
                return told.to
            time.sleep(PAUSE * 4)
        raise TimeoutError(path)

    def _post(self, path: str, form: dict[str, object]) -> Answered:
        told = self._sent(path, urlencode(form))
        self.unanswered += told.status == 0 or told.status >= 500
        if told.status not in {0, 200, 302, 409} and told.status < 500:
            self.refused.append(f"{told.status} {path}")
        return told

    def _sent(self, path: str, body: str) -> Answered:
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            return Answered(response.status, response.headers.get("Location", ""), response.read())
        return Answered(0)
