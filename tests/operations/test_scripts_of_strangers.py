"""What a stranger types is shown as text: on no page does it become a tag, a handler, a link or a template."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access import table, world
from tests.access.test_matrix import PARTS

# In every payload; where the page has it as more than text, it would have run.
MARK = "zq9x"
# 7191 x 7 and as the template languages would print it.
SUM, RESULT = "7191*7", "50337"
PAYLOADS = [
    f"<script>{MARK}()</script>",
    f"</script><script>{MARK}()</script>",
    f"<ScRiPt src=//{MARK}.example></sCrIpT>",
    f"<scr<script>ipt>{MARK}()</scr</script>ipt>",
    f"<img src=x onerror={MARK}()>",
    f'"><img src=x onerror="{MARK}()">',
    f"'><svg/onload={MARK}()>",
    f'" onfocus={MARK}() autofocus x="',
    f"' onmouseover='{MARK}()' x='",
    f"<svg><animate onbegin={MARK}() attributeName=x>",
    f"<svg><script>{MARK}()</script></svg>",
    f"<math href=javascript:{MARK}()>x</math>",
    f"<a href='javascript:{MARK}()'>x</a>",
    f"javascript:{MARK}()//",
    f"data:text/html,<script>{MARK}()</script>",
    f"<iframe srcdoc='<script>{MARK}()</script>'></iframe>",
    f"</textarea><{MARK}>",
    f"</title></style><{MARK}>",
    f"--><{MARK}>",
    f"]]><{MARK}>",
    f"{{{{{SUM}}}}}<{MARK}>",
    f"{{% debug %}}{{{{ settings.SECRET_KEY }}}}<{MARK}>",
    f"${{{SUM}}}#{{{SUM}}}<%= {SUM} %><{MARK}>",
    f"%(x)s %s {{0}} {{x.__class__}}<{MARK}>",
    f"\u202e<{MARK}>\u2066\u200b\ufeff",
    f"\uff1cscript\uff1e{MARK}()<{MARK}>\u02ba",
    f"<{MARK}\x00>\x00",
    f'=HYPERLINK("javascript:{MARK}()")<{MARK}>',
]  # fmt: skip
# As many at once as the shortest field takes; what is refused for its NUL or its length is shown in the refusal.
LONGEST = 95


def bunched(payloads: list[str]) -> list[str]:
    bunches: list[str] = []
    for payload in payloads:
        fits = bunches and len(bunches[-1]) + len(payload) <= LONGEST and "\0" not in payload
        bunches[-1:] = [bunches[-1] + payload] if fits else [*bunches[-1:], payload]
    return bunches


BUNCHES = bunched(PAYLOADS)
LINKING = {"href", "src", "action", "formaction", "srcdoc", "data", "xlink:href"}
CREDIT = "91110000802100433B"


class Alive(HTMLParser):
    """Reads a page as a browser does and keeps every place where the mark is more than text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.raw = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.raw = tag in {"script", "style"}
        names = [tag, *(name for name, _ in attrs)]
        self.found += [f"a tag or name {name}" for name in names if MARK in name]
        self.found += [f"{tag} {name}={value}" for name, value in attrs if runs(name, value or "")]

    def handle_endtag(self, tag: str) -> None:
        self.raw = False

    def handle_data(self, data: str) -> None:
        self.found += [f"inside a script: {data}"] * (self.raw and MARK in data)


def runs(name: str, value: str) -> bool:
    """Whether an attribute's value would be run, or leads to what would."""
    scheme = value.strip().lower().startswith(("javascript:", "data:", "//"))
    return MARK in value and (name.startswith(("on", "style")) or (name in LINKING and (scheme or name == "srcdoc")))


def faults(response: HttpResponse) -> list[str]:
    """What is wrong with an answer; only HTML can run anything, for nothing is guessed (nosniff)."""
    text = response.content.decode()
    found = [f"HTTP {response.status_code}"] * (response.status_code >= 500)
    found += [f"{RESULT}: a template was evaluated"] * (RESULT in text)
    found += ["may be guessed to be HTML"] * (response.headers.get("X-Content-Type-Options") != "nosniff")
    page = Alive()
    page.feed(text * response.headers.get("Content-Type", "").startswith("text/html"))
    return found + page.found


@dataclass(frozen=True)
class Field:
    """Where something is typed (``data`` makes the form, ``%`` its address's things) and the pages that show it."""

    name: str
    to: str
    data: Callable[[str], dict[str, Any]]
    shown_on: tuple[str, ...] = ()
    role: str = "owner"


def profile(**changed: str) -> dict[str, str]:
    told = {"name": "厂", "name_en": "", "credit_code": "", "industry": "C34", "region": "32", "employees": "120"}
    return told | {"revenue": "6500"} | changed


def campaign(**changed: str) -> dict[str, str]:
    told = {"title": "调查", "title_en": "", "instrument": "bluebook", "message": ""}
    return told | {"opens_on": "2026-11-24", "closes_on": "2099-01-01"} | changed


def file(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


FIELDS = [
    Field("firm name", "firm-profile", lambda p: profile(name=p), ("firm-profile", "home", "firm-list", "firm-trail")),
    Field("English firm name", "firm-profile", lambda p: profile(name_en=p), ("firm-profile",)),
    Field("credit code", "firm-profile", lambda p: profile(credit_code=p)),
    Field("person's name", "account", lambda p: {"name": p, "language": "en"}, ("account", "firm-people", "item")),
    Field(
        "token's name", "account-tokens", lambda p: {"name": p, "scope": "report", "days": "90"}, ("account-tokens",)
    ),
    Field("comment", "comment", lambda p: {"text": p}, ("item",)),
    Field(
        "reason",
        "answer",
        lambda p: {"RD-01-choice": "NA", "RD-01-reason": p, "RD-01-version": "0"},
        ("assessment-part", "assessment-review"),
    ),
    Field("answer", "answer", lambda p: {"RD-01-choice": p, "RD-01-version": p}),
    Field("evidence", "evidence-new", lambda p: {"file": file(f"{p}.csv", "x\n1\n")}, ("item", "evidence-list")),
    Field("plan step", "plan-add-own", lambda p: {"title": p}, ("plan",)),
    Field(
        "plan evidence",
        "plan-step",
        lambda p: {"status": "open", "owner_text": p, "evidence": p},
        ("plan", "plan-step"),
    ),
    Field("consultant", "consultant-comments", lambda p: {"text": p}, ("consultant-comments",), "consultant-report"),
    Field("campaign title", "campaigns", lambda p: campaign(title=p, title_en=p), ("campaigns",), "association"),
    Field("campaign message", "campaigns", lambda p: campaign(message=p), (), "association"),
    Field(
        "target",
        "campaign-target-new",
        lambda p: {"one-credit_code": CREDIT, "one-name": p},
        ("campaign-targets",),
        "association",
    ),
    Field(
        "target list", "campaign-targets", lambda p: {"file": file("l.csv", f"{p},{p}\n{p},{p}\n")}, (), "association"
    ),
    Field(
        "target name",
        "campaign-targets",
        lambda p: {"file": file(f"{p}.csv", f"credit_code,name\n{p},{p}\n")},
        (),
        "association",
    ),
    Field(
        "questionnaire",
        "association-instruments",
        lambda p: {"file": file("a.yaml", f"code: '{p}'\n{p}: x\n")},
        (),
        "association",
    ),
    Field("workbook", "workbook", lambda p: {"file": file(f"{p}.csv", f"{p},answer\n{p},{p}\n")}),
    Field(
        "answers file",
        "workbook",
        lambda p: {"file": file("a.csv", f"item,answer,reason\n{p},{p},{p}\nRD-01,{p},{p}\n")},
    ),
    Field(
        "organisation",
        "organisation-new",
        lambda p: {"name": p, "name_en": p, "kind": "consultancy"},
        ("organisation-list",),
    ),
    Field(
        "grant request",
        "grant-request",
        lambda p: {"credit_code": p, "scope": "report", "days": "30", "message": p},
        (),
        "consultancy-manager",
    ),
    Field("invitation's note", "firm-invite", lambda p: {"role": "viewer", "note": p}, ("firm-people",)),
    Field(
        "values' columns",
        "spc-check",
        lambda p: {
            "files": file(f"{p}.csv", f"{p},b\n1,2\n2,3\n3,4\n"),
            "file": file(f"{p}.csv", f"{p},b\n1,2\n2,3\n3,4\n"),
        },
    ),
    Field("release label", "association-releases", lambda p: {"label": p, "instrument": "bluebook"}, (), "association"),
]


@pytest.fixture
def everybody(db: None) -> world.World:
    return world.build(*PARTS)


def address(everybody: world.World, name: str) -> str:
    return reverse(name, kwargs={key: everybody.things[thing] for key, thing in table.rows()[name].args.items()})


def answers(everybody: world.World, field: Field, payload: str) -> Iterator[tuple[str, HttpResponse]]:
    """The answer to the form itself, and then the pages that show what it left behind."""
    cache.clear()  # the rate limits' counts
    browser = everybody.browser(field.role)
    yield "the form", browser.post(address(everybody, field.to), field.data(payload))
    yield from ((page, browser.get(address(everybody, page))) for page in field.shown_on)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_what_is_typed_stays_text(everybody: world.World, field: Field) -> None:
    found = [(p, place, response) for p in BUNCHES for place, response in answers(everybody, field, p)]
    assert [(p, place, wrong) for p, place, response in found for wrong in faults(response)] == []
    # It is there to be seen: a page that shows nothing of it would prove nothing.
    assert {place for _, place, response in found if MARK in response.text} >= set(field.shown_on)


@pytest.mark.parametrize("payload", [one for one in PAYLOADS if "/" not in one])
def test_a_number_that_no_report_has_is_not_repeated_as_markup(db: None, payload: str) -> None:
    assert faults(Client().get(reverse("verify-report", args=[payload]))) == []
    assert faults(Client().get(reverse("verify"), {"number": payload})) == []


@pytest.mark.parametrize("payload", [*PAYLOADS[:3], *PAYLOADS[4:13]])
def test_the_reader_sees_what_is_not_escaped(payload: str) -> None:
    response = HttpResponse(f"<p>{payload}</p><input value=\"{payload}\"><input value='{payload}'>")
    response.headers["X-Content-Type-Options"] = "nosniff"
    assert faults(response) != []
