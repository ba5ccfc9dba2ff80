"""Every address that changes something writes who did what into the trail, or keeps the person beside what changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from firms.audit import audit_chains, audit_verify
from firms.models import AuditEntry, Firm
from reports.models import Report
from surveys.library import instrument_get
from surveys.models import Assessment, Rater
from surveys.services import NewAnswer, answer_save
from tests.access import table, world
from tests.access.table import Row
from tests.access.test_matrix import PARTS, close_files
from tests.cast import PASSWORD
from tests.filling import NOW, middling
from tests.hostile.walking import WRITE

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
ENTRY = "firms_auditentry"
# Tables whose rows say by themselves who wrote them and when; counts, presence and sessions, which are no records.
SPEAK_FOR_THEMSELVES = {"surveys_answer", "surveys_opinion", "surveys_savereceipt"}
NO_RECORDS = {"surveys_presence", "django_session", "rate_limits", "firms_auditchain", "account_emailaddress"}
# That a listed firm opened its link is not an action of anybody.
SEEN = {"campaign-join": {"surveys_target"}}


@dataclass(frozen=True)
class Act:
    """What a person sends to an address, and how things stand before, where they must stand in some way."""

    to: str
    role: str = "owner"
    data: dict[str, Any] = field(default_factory=dict)
    before: Callable[[world.World], None] = lambda _world: None
    entry: str = ""


def file(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def draft_complete(everybody: world.World) -> None:
    draft = Assessment.objects.get(pk=everybody.things["draft"])
    Rater.objects.filter(assessment=draft).delete()
    bluebook, owner = instrument_get("bluebook"), everybody.people["owner"]
    for code, written in middling(bluebook).items():
        answer_save(assessment=draft, item=bluebook.item(code), answer=NewAnswer(written), person=owner, now=NOW)


def no_draft(everybody: world.World) -> None:
    Assessment.objects.filter(pk=everybody.things["draft"]).delete()


def second_factor(everybody: world.World) -> None:
    told = {"type": Authenticator.Type.TOTP, "data": {"secret": "JBSWY3DPEHPK3PXP"}}
    Authenticator.objects.create(user=everybody.people["owner"], **told)


def report_in(state: str) -> Callable[[world.World], None]:
    def put(everybody: world.World) -> None:
        Report.objects.filter(pk=everybody.things["report"]).update(state=state)

    return put


PROFILE = {"name": "厂", "name_en": "", "credit_code": "", "industry": "C34", "region": "32"}
PROFILE |= {"employees": "120", "revenue": "6500"}
CAMPAIGN = {"title": "调查", "title_en": "", "instrument": "bluebook", "message": ""}
CAMPAIGN |= {"opens_on": "2026-11-24", "closes_on": "2099-01-01"}
RELEASE = {"counted": "series:bluebook", "label": "r9"}
CODE = "91110000802100433B"
NEW = "another-horse-battery"
ACTS = [
    Act("firm-new", "neighbour", PROFILE, entry="firm.registered"),
    Act("firm-profile", data=PROFILE, entry="firm.updated"),
    Act("firm-leave", "viewer", entry="member.left"),
    Act("firm-delete", data={"name": "苏州精密机械有限公司"}, entry="firm.deleted"),
    Act("firm-invite", data={"role": "viewer"}, entry="invitation.created"),
    Act("member-role", data={"role": "editor"}, entry="member.role_changed"),
    Act("grant-link", data={"scope": "report", "days": "90"}, entry="invitation.created"),
    Act("pool-give", entry="pool.consented"),
    Act("invitation", "neighbour", entry="member.joined"),
    Act("organisation-new", data={"name": "咨询", "name_en": "", "kind": "consultancy"}, entry="organisation.founded"),
    Act("organisation-invite", "consultancy-manager", {"role": "member"}, entry="invitation.created"),
    Act(
        "grant-request",
        "consultancy-manager",
        {"credit_code": CODE, "scope": "report", "days": "90"},
        entry="grant.requested",
    ),
    Act("account", data={"name": "Anna", "language": "en"}, entry="account.updated"),
    Act("account-tokens", data={"name": "x", "scope": "report", "days": "90"}, entry="token.created"),
    Act("account-delete", "viewer", entry="account.deleted"),
    Act("platform-associations", "staff", {"name": "协会", "name_en": ""}, entry="organisation.founded"),
    Act("platform-retry", "staff", before=report_in("failed"), entry="report.requested"),
    Act("assessment-new", before=no_draft, data={"instrument": "bluebook"}, entry="assessment.started"),
    Act("assessment-submit", before=draft_complete, entry="assessment.submitted"),
    Act("assessment-reopen", before=no_draft, entry="assessment.started"),
    Act(
        "association-releases", "association", {"counted": "series:bluebook", "label": "r9"}, entry="release.requested"
    ),
    Act("pool-releases", "staff", {"counted": "series:bluebook", "label": "r9"}, entry="release.requested"),
    Act("campaigns", "association", CAMPAIGN, entry="campaign.created"),
    Act(
        "campaign-targets",
        "association",
        {"file": file("l.csv", f"credit_code,name\n{CODE},厂\n")},
        entry="campaign.listed",
    ),
    Act("campaign-target-new", "association", {"one-credit_code": CODE, "one-name": "厂"}, entry="campaign.listed"),
    Act("campaign-extend", "association", {"closes_on": "2099-02-01"}, entry="campaign.extended"),
    Act("comment", data={"text": "?"}, entry="comment.written"),
    Act("evidence-new", data={"file": file("a.csv", "x\n1\n")}, entry="evidence.added"),
    Act("report-cancel", before=report_in("queued"), entry="report.cancelled"),
    Act("report-again", before=report_in("failed"), entry="report.requested"),
    Act("account_login", "anonymous", {"login": "owner@example.com", "password": PASSWORD}, entry="person.signed_in"),
    Act(
        "account_change_password",
        data={"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        entry="account.password_changed",
    ),
    Act("mfa_deactivate_totp", before=second_factor, entry="account.totp_deactivated"),
]


@pytest.fixture
def everybody(db: None) -> world.World:
    return world.build(*PARTS)


def address(everybody: world.World, name: str) -> str:
    row = table.rows()[name]
    return reverse(name, kwargs={key: everybody.things[thing] for key, thing in row.args.items()})


def unsafe() -> list[tuple[Row, str]]:
    return [(row, method) for row in table.rows().values() for method in UNSAFE if method in row.methods]


def somebody_let_in(row: Row, method: str) -> str:
    """A role that the table lets in, the signed-in first."""
    roles = [role for role in table.roles() if row.expected(method, role) == "ok"]
    return next((role for role in roles if role != world.ANONYMOUS), world.ANONYMOUS)


class Changed:
    """The tables in which a statement has changed a row; an execute wrapper of the connection."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        result, found = execute(sql, parameters, many, context), WRITE.match(sql)
        # SQLite counts the rows of an INSERT only when its keys have been fetched.
        touched = sql.startswith("INSERT") or context["cursor"].rowcount > 0
        self.tables |= {found[1]} if found and touched else set()
        return result


def unrecorded(name: str, changed: set[str]) -> set[str]:
    records = changed - NO_RECORDS - SPEAK_FOR_THEMSELVES - SEEN.get(name, set())
    return set() if ENTRY in changed else records


def changed_by(everybody: world.World, row: Row, method: str) -> set[str]:
    """The tables that the address changes with the table's own body; taken back at once."""
    cache.clear()  # the rate limits' counts
    changed = Changed()
    with transaction.atomic():
        with connection.execute_wrapper(changed):
            browser = everybody.browser(somebody_let_in(row, method))
            close_files(browser.generic(method, address(everybody, row.name), **row.body))
        transaction.set_rollback(True)
    return changed.tables


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.to)
def test_what_is_done_stands_in_the_trail_once(everybody: world.World, act: Act) -> None:
    act.before(everybody)
    entries = set(AuditEntry.objects.values_list("pk", flat=True))
    browser: Client = everybody.browser(act.role)
    browser.post(address(everybody, act.to), act.data)
    [entry] = AuditEntry.objects.filter(action=act.entry).exclude(pk__in=entries)
    person = everybody.people.get(act.role, everybody.people["owner"])
    assert (entry.person_id, bool(entry.request_id), entry.at is not None) == (person.pk, True, True)


def test_no_address_changes_a_record_without_an_entry(everybody: world.World) -> None:
    silent = {row.name: unrecorded(row.name, changed_by(everybody, row, method)) for row, method in unsafe()}
    assert {name: tables for name, tables in silent.items() if tables} == {}
    assert all(audit_verify(chain) is None for chain in audit_chains())


def test_a_change_without_an_entry_is_noticed(everybody: world.World) -> None:
    changed = Changed()
    with connection.execute_wrapper(changed):
        Firm.objects.filter(pk=everybody.things["firm"]).update(name="x")
        Firm.objects.filter(name="nobody's").update(name="x")
    assert unrecorded("firm-profile", changed.tables) == {"firms_firm"}
