"""Independent answers that do not agree stand in the report."""

from django.utils import translation

from firms.models import Firm, Person
from reports.selectors import report_model
from reports.typesetting import typeset
from surveys.models import Opinion, Rater
from tests.filling import NOW, submitted


def test_what_two_roles_answered_differently_is_told_with_both_answers(firm: Firm, alice: Person, bob: Person) -> None:
    assessment = submitted(firm, alice)
    for person, role, level in ((alice, Rater.Role.QUALITY, "4"), (bob, Rater.Role.PRODUCTION, "2")):
        rater = Rater.objects.create(assessment=assessment, person=person, role=role, finished_at=NOW)
        Opinion.objects.create(rater=rater, item="PR-01", written=level, saved_at=NOW)
        Opinion.objects.create(rater=rater, item="PR-02", written="3", saved_at=NOW)
    with translation.override("en"):
        model = report_model(assessment, language="en", report_id=None, built_at=NOW)
    assert [one.code for one in model.differing] == ["PR-01"]
    assert [voice.rpartition(": ")[2] for voice in model.differing[0].voices] == ["Level 2", "Level 4"]
    assert typeset(model).startswith(b"%PDF-")
