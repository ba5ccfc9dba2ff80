"""Setting a report reaches for nothing: no address is called and no file is read, whatever the texts ask for."""

import sys
import threading
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from reports.builders.model import ReportModel
from reports.typesetting import typeset
from tests.builders.pdf_reading import text_of
from tests.builders.sample import sample

SECRET = "canaryZQ7x3"
# Texts of a model that the template compares instead of setting them.
STRUCTURE = {"code", "op", "kind", "state", "language", "built_on", "submitted_on", "status", "verify_at", "level"}
PAYLOADS = """
#image("{url}") | #image("{file}") | #include "{file}" | #read("{file}") | #import "{url}": * | #link("{url}")[x]
#json("{file}") | #csv("{file}") | #plugin("{file}") | #eval("read(\\"{file}\\")") | $ #read("{file}") $ | `{file}`
#bibliography("{file}") | #sys.inputs | #raw(read("{file}")) | #attach("{file}") | #pdf.embed("{file}")
<img src="{url}"> | <link rel="attachment" href="file://{file}"> | <iframe src="{url}"></iframe> | <script src="{url}">
<object data="file://{file}"> | <svg><image xlink:href="{url}"/></svg> | <style>@import url({url})</style> | url({url})
<meta http-equiv="refresh" content="0;url={url}"> | <base href="{url}"> | <!ENTITY x SYSTEM "file://{file}"> &x; | {url}
<xi:include href="{file}"/> | ../../../../../../../../..{file} | file://{file} | data:text/html,<img src={url}>
\\input{{{file}}}
""".replace("\n", "|").strip("|").split("|")  # fmt: skip


class Listener(BaseHTTPRequestHandler):
    """Anything that reaches it was reached for."""

    heard: list[str] = []

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_HEAD = do_POST = do_GET

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def listener() -> Iterator[str]:
    Listener.heard = []
    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/reached"
    server.shutdown()
    server.server_close()


class Watch:
    """What this process opened or connected to while it was on; Python's own audit of itself. A hook stays for ever."""

    def __init__(self) -> None:
        self.on = False
        self.calls: list[str] = []
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and (
            event.startswith(("socket.", "urllib.", "subprocess.", "os.exec", "os.spawn")) or event == "open"
        ):
            self.calls.append(f"{event} {arguments[0] if event == 'open' else arguments[1:2]}")


WATCH = Watch()


def filled(part: Any, texts: Iterator[str], name: str = "") -> Any:
    """The same model with the next of the texts in every place where a text stands."""
    if isinstance(part, str):
        return part if name in STRUCTURE or not part else next(texts)
    if isinstance(part, tuple):
        return tuple(filled(one, texts, name) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: filled(getattr(part, one.name), texts, one.name) for one in fields(part)})
    return part


def asking(url: str, file: Path) -> Iterator[str]:
    return cycle([one.strip().format(url=url, file=file) for one in PAYLOADS])


def test_setting_a_report_reaches_for_nothing(listener: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text(SECRET)
    model: ReportModel = filled(sample("en"), asking(listener, canary))
    typeset(sample("en"))
    WATCH.calls, WATCH.on = [], True
    made = typeset(model)
    WATCH.on = False
    assert WATCH.calls == []
    assert Listener.heard == []
    assert SECRET not in text_of(made)
    assert SECRET.encode() not in made
