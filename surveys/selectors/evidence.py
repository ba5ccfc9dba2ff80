"""The files behind answers."""

from collections import Counter

from firms.gate import Right, fetch
from firms.models import Person
from surveys.models import Assessment, Evidence


def evidence_fetch(person: Person, evidence_id: object, right: Right) -> Evidence:
    """The file's row, if the person has the right for its firm; Http404 otherwise."""
    rows = Evidence.objects.select_related("assessment__firm")
    return fetch(person, rows, evidence_id, right, via="assessment__firm")


def evidence_on(assessment: Assessment, item: str) -> list[Evidence]:
    return list(Evidence.objects.filter(assessment=assessment, item=item))


def evidence_counts(assessment: Assessment) -> Counter[str]:
    """How many files stand behind each item."""
    return Counter(Evidence.objects.filter(assessment=assessment).values_list("item", flat=True))
