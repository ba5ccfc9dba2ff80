"""The check at the end of a run notices each kind of loss: with the row taken away, it says so."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from firms.models import Firm, Person, PoolConsent
from firms.services.consent import pool_consent_give
from reports.models import Report
from reports.services import report_request
from scoring.models import Release
from scoring.releases.services import release_request
from surveys.library import instrument_get
from surveys.models import Answer, Assessment, Snapshot
from tests.faults import people
from tests.faults.checking import half_published, losses
from tests.filling import NOW, submitted


@pytest.fixture
def journal(firm: Firm, alice: Person) -> people.Person:
    """What Alice's journal says: a save, a submission, a report and a consent, all of them acknowledged."""
    done = submitted(firm, alice)
    report = report_request(assessment=done, language="en", person=alice, now=NOW)
    Report.objects.update(state=Report.State.READY)
    pool_consent_give(firm=firm, person=alice)
    stored = Answer.objects.get(assessment=done, item="RD-01")
    save = people.Save(str(done.pk), "RD-01", stored.written, "key", 0, version=stored.version)
    one = people.Person(0, str(firm.pk), str(done.pk), "", [], 1, saves=[save])
    one.submitted, one.reports = [str(done.pk)], [str(report.pk)]
    one.asked["give"] = one.acknowledged["give"] = 1
    return one


def without_the_answer() -> None:
    Answer.objects.filter(item="RD-01").delete()


def without_the_snapshot() -> None:
    Snapshot.objects.all().delete()


def back_to_a_draft() -> None:
    Assessment.objects.update(status="draft", submitted_at=None)


def without_the_report() -> None:
    Report.objects.all().delete()


def with_a_report_that_failed() -> None:
    Report.objects.update(state=Report.State.FAILED)


def without_the_consent() -> None:
    PoolConsent.objects.all().delete()


def without_an_entry() -> None:
    """As a database console does it, past the trigger."""
    with connection.cursor() as cursor:
        on = " ON firms_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER firms_auditentry_append_only{on}")
        cursor.execute("DELETE FROM firms_auditentry WHERE action = 'pool.consented'")


@pytest.mark.parametrize(
    "lose",
    [
        without_the_answer,
        without_the_snapshot,
        back_to_a_draft,
        without_the_report,
        with_a_report_that_failed,
        without_the_consent,
        without_an_entry,
    ],
)
def test_what_was_acknowledged_and_is_gone_is_told(journal: people.Person, lose: Callable[[], None]) -> None:
    assert losses([journal]) == []
    lose()
    assert losses([journal]) != []


def test_a_release_with_a_hash_and_no_figures_is_half_published(db: None) -> None:
    now, bluebook = timezone.now(), instrument_get("bluebook")
    release_request(association=None, instrument=bluebook, label="r1", person=None, now=now)
    assert half_published() == []
    Release.objects.update(content_hash="0" * 64)
    assert len(half_published()) == 1
