"""What is told to a person who asks for their data."""

from typing import Any

from firms.models import Person
from scoring.models import MeasuredEvidence


def person_knows(person: Person) -> dict[str, Any]:
    """What was computed under the person's name."""
    rows = MeasuredEvidence.objects.filter(computed_by=person).order_by("computed_at")
    return {
        "computations": [
            {
                "assessment": str(row.assessment_id),
                "item": row.item,
                "name": row.title,
                "at": row.computed_at.isoformat(),
            }
            for row in rows
        ]
    }
