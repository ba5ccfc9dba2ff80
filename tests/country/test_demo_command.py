"""`manage.py demo` writes a population that is sound in every row, and the same for the same seed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from firms.credit_code import faults
from firms.models import Firm, OrganisationMember
from firms.selectors.consent import pool_firms
from firms.size import size_of
from scoring.engine.one_firm import figures_of_one
from scoring.library import benchmark_for
from scoring.models import Result
from surveys.instruments.branching import complete, with_branching
from surveys.library import instrument_get
from surveys.models import Assessment, Campaign, Snapshot, Target
from surveys.selectors import answer_table
from surveys.services.assessments import content_hash

pytestmark = pytest.mark.django_db
FIELDS = ("answers", "reasons", "firm_name", "firm_name_en", "size", "industry", "region")


def demo(**options: object) -> str:
    out = StringIO()
    call_command("demo", firms=60, stdout=out, verbosity=0, **options)
    return out.getvalue()


def test_every_firm_has_a_sound_credit_code_and_the_size_of_its_staff_and_revenue():
    demo()
    firms = list(Firm.objects.all())
    assert [faults(firm.credit_code) for firm in firms] == [()] * 60
    assert [firm.size for firm in firms] == [size_of(firm.employees, firm.revenue) for firm in firms]


def test_every_firm_is_in_the_pool():
    demo()
    assert pool_firms().count() == 60


def test_a_stored_result_is_what_scoring_the_snapshot_gives():
    demo()
    instrument, indicators = instrument_get("bluebook"), benchmark_for("bluebook").indicators
    for result in Result.objects.select_related("assessment__snapshot"):
        snapshot = result.assessment.snapshot
        answers = answer_table(instrument, snapshot.answers)
        assert result.figures == figures_of_one(instrument, indicators, answers, snapshot.size)


def test_every_assessment_is_complete_and_sealed():
    demo()
    instrument = instrument_get("bluebook")
    for snapshot in Snapshot.objects.all():
        assert complete(instrument, with_branching(instrument, answer_table(instrument, snapshot.answers))).all()
        assert snapshot.content_hash == content_hash({field: getattr(snapshot, field) for field in FIELDS})


def test_some_firms_of_the_campaign_have_not_answered():
    demo(campaign_share=0.5)
    listed = Target.objects.filter(campaign=Campaign.objects.get())
    assert 0 < listed.filter(assessment=None).count() < listed.count() < 60
    assert Assessment.objects.count() == 60 - listed.filter(assessment=None).count()


def test_the_association_has_a_sign_in_that_is_told_once():
    told = demo(seed=4)
    member = OrganisationMember.objects.get(person__email="association-4@example.com")
    assert member.person.check_password(told.split()[-1])


def test_the_same_seed_gives_the_same_rows():
    demo()
    first = list(Firm.objects.order_by("pk").values_list("pk", "name", "credit_code", "employees"))
    Result.objects.all().delete()
    Target.objects.all().delete()
    Campaign.objects.all().delete()
    Firm.objects.all().delete()
    OrganisationMember.objects.get().organisation.delete()
    demo()
    assert list(Firm.objects.order_by("pk").values_list("pk", "name", "credit_code", "employees")) == first


def test_a_seed_that_was_used_is_refused_and_nothing_is_written():
    demo()
    with pytest.raises(CommandError, match="1"):
        demo()
    assert Firm.objects.count() == 60


@pytest.mark.parametrize("wrong", [{"campaign_share": 2.0}, {"instrument": "no-such"}])
def test_a_wrong_option_is_refused(wrong: dict[str, object]):
    with pytest.raises(CommandError):
        demo(**wrong)


def test_no_firms_at_all_is_wrong_usage():
    with pytest.raises(CommandError) as refused:
        call_command("demo", firms=0)
    assert refused.value.returncode == 2
