"""A campaign of the association in tests/access/world.py: one firm on its list takes part, another may be taken off."""

from datetime import timedelta

from django.utils import timezone

from firms.models import Firm, Organisation
from surveys.library import instrument_get
from surveys.models import Target
from surveys.services.campaigns import CampaignPlan, campaign_create, link_secret, targets_import
from surveys.targets_file import TargetRow
from tests.access.world import World

CODES = ("914403001922038216", "91330100799655058B")


def campaigning(world: World) -> None:
    today, staff = timezone.localdate(), world.people["association"]
    campaign = campaign_create(
        association=Organisation.objects.get(pk=world.things["association"]),
        instrument=instrument_get("bluebook"),
        plan=CampaignPlan("调查", "", today, today + timedelta(days=30), "", asks_microdata=True),
        person=staff,
        now=timezone.now(),
    )
    targets_import(campaign=campaign, rows=[TargetRow(code, code) for code in CODES], person=staff)
    mine, other = campaign.targets.order_by("-credit_code")
    firm = Firm.objects.get(pk=world.things["firm"])
    Target.objects.filter(pk=mine.pk).update(firm=firm, microdata_agreed_at=timezone.now())
    world.things |= {"campaign": campaign.pk, "target": other.pk, "campaign-secret": link_secret(mine)}
