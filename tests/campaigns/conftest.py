"""An association with its staff, and a campaign that is open."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine

from firms.models import Firm, Organisation, OrganisationMember, Person
from surveys.library import instrument_get
from surveys.models import Campaign, Target
from surveys.services.campaigns import CampaignPlan, campaign_create, targets_import
from surveys.targets_file import TargetRow

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CODES = ["91330100799655058B", "91110000802100433B"]


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def staff(db: None) -> Person:
    return Person.objects.create_user("staff@example.org", "x-long-enough", name="Staff")


@pytest.fixture
def association(staff: Person) -> Organisation:
    made = Organisation.objects.create(
        kind=Organisation.Kind.ASSOCIATION, name="质量协会", name_en="Quality association"
    )
    OrganisationMember.objects.create(organisation=made, person=staff, role=OrganisationMember.Role.MANAGER)
    return made


@pytest.fixture
def campaign(association: Organisation, staff: Person) -> Campaign:
    plan = CampaignPlan(
        "2026 年调查", "Survey 2026", date(2026, 11, 1), date(2026, 12, 31), "各位会员：", asks_microdata=True
    )
    return campaign_create(
        association=association, instrument=instrument_get("bluebook"), plan=plan, person=staff, now=NOW
    )


@pytest.fixture
def listed(campaign: Campaign, staff: Person) -> Callable[..., list[Target]]:
    """Puts so many firms on the list."""

    def listed(*rows: TargetRow) -> list[Target]:
        rows = rows or (
            TargetRow(CODES[0], "苏州精密机械有限公司", "qm@example.com", "small", "C34", "32"),
            TargetRow(CODES[1], "邻厂", "other@example.com", "medium", "C36", "11"),
        )
        targets_import(campaign=campaign, rows=rows, person=staff)
        return list(campaign.targets.order_by("credit_code"))

    return listed


@pytest.fixture
def target(listed: Callable[..., list[Target]], firm: Firm) -> Target:
    """The one for Alice's firm."""
    row = TargetRow(firm.credit_code or CODES[0], firm.name, "qm@example.com", "small", "C34", "32")
    return listed(row)[0]
