"""Looking changes nothing, and nothing changes without the page's own token against forged forms."""

import logging

import pytest
from django.test import Client

from firms.models import AuditEntry
from tests.access.world import World
from tests.hostile.walking import ROWS, Seen, ask, row_hashes

SAFE = ("GET", "HEAD", "OPTIONS")
ROLES = ("anonymous", "owner", "consultant-evidence", "association", "staff")
# What a look is meant to leave behind: the count that slows a guesser down, and the firm's log of who looked.
NOTES = {"rate_limits", "firms_auditchain", "firms_auditentry"}
LOOKS = {
    "access.report", "access.answers", "access.evidence", "campaign.answers_downloaded",
    "evidence.downloaded", "plan.downloaded", "report.downloaded",
}  # fmt: skip
# That a list's firm opened its link; an address that was not listed for its person yet; a key in the person's session.
KEPT = {
    "campaign-join": {"surveys_target"},
    "account_email": {"account_emailaddress"},
    "mfa_activate_totp": {"django_session"},
    "mfa_add_webauthn": {"django_session"},
}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Refusals by the hundred are what is asked for here."""
    caplog.set_level(logging.CRITICAL, logger="django")


def unasked(one: Seen) -> set[str]:
    return set(one.wrote) - NOTES - KEPT.get(one.name, set())


@pytest.mark.parametrize("role", ROLES)
def test_looking_at_every_address_changes_nothing(everybody: World, role: str) -> None:
    before, entries = row_hashes(), set(AuditEntry.objects.values_list("pk", flat=True))
    seen = [ask(everybody, row, method, role) for row in ROWS for method in SAFE]
    after = row_hashes()
    assert [f"{one} wrote {sorted(unasked(one))}" for one in seen if unasked(one)] == []
    # What the statements do not show, the rows do.
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= NOTES.union(*KEPT.values())
    assert set(AuditEntry.objects.exclude(pk__in=entries).values_list("action", flat=True)) <= LOOKS
    assert [f"{one}: {one.response.status_code}" for one in seen if one.response.status_code in {500, 501}] == []


@pytest.mark.parametrize("role", ["anonymous", "owner", "association"])
def test_nothing_is_changed_without_the_pages_token(everybody: World, role: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["sessionid"] = everybody.sessions.get(role, "")
    before = row_hashes()
    changing = [(row, method) for row in ROWS for method in UNSAFE if method in row.methods]
    seen = [ask(everybody, row, method, role, browser=strict) for row, method in changing]
    assert [f"{one}: {one.response.status_code}" for one in seen if one.response.status_code != 403] == []
    assert len(seen) > 100
    assert row_hashes() == before


def test_the_walk_sees_a_change(everybody: World) -> None:
    before = row_hashes()
    row = next(row for row in ROWS if row.name == "pool-give")
    seen = ask(everybody, row, "POST", "owner")
    assert unasked(seen) == {"firms_poolconsent"}
    assert {name for name in before if row_hashes()[name] != before[name]} >= {"firms_poolconsent"}
