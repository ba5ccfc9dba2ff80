"""Measured data of the world in tests/access/world.py: a list of data behind an answer that was submitted."""

from django.utils import timezone

from scoring.evidence.services import measured_freeze
from scoring.models import MeasuredEvidence
from surveys.models import Assessment
from tests.access.world import World


def measured_data(world: World) -> None:
    done = Assessment.objects.get(pk=world.things["submitted"])
    rows = [{"name": "x", "way": "automatic", "count": 1, "period": "day"}]
    devices = dict.fromkeys(("automatic", "manual", "either", "unknown"), 0)
    row = MeasuredEvidence.objects.create(
        assessment=done,
        item="DG-01",
        method=MeasuredEvidence.Method.INVENTORY,
        mapping={"rows": rows, "complete": True},
        summary={
            "method": "inventory",
            "name": "",
            "share": 100.0,
            "complete": True,
            "monthly": {},
            "devices": devices,
        },
        verdict=MeasuredEvidence.Verdict.NOT_DECIDABLE,
        computed_at=timezone.now(),
    )
    measured_freeze(assessment=done)
    world.things |= {"measured": row.pk, "measured-item": "PR-02"}
