"""A firm that ends is gone: from every row, every file and what waits in the queue. What it was counted in stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from firms.models import Firm
from reports.models import BulkItem, Report
from reports.services import report_path, store
from reports.tasks import report_build_task
from scoring.models import Release
from surveys.models import Evidence
from tests.access import world
from tests.access.test_matrix import PARTS
from tests.operations.test_canaries import Canaries, sow

# The firm's own trail stays, as docs/privacy.md says; with the firm, the pages that showed it are gone.
TRAIL = "firms.auditentry"


@pytest.fixture
def everybody(transactional_db: None, settings: Settings, tmp_path: Path) -> world.World:
    settings.QMS_HOME, settings.REPORTS_DIR = tmp_path, tmp_path / "reports"
    return world.build(*PARTS)


@pytest.fixture
def canaries(everybody: world.World) -> Canaries:
    """The firm's words, also in the rows that were made before it had them."""
    made = Canaries(everybody, {"mine": everybody.things})
    sow(made, "mine", [])
    BulkItem.objects.update(firm_name=Firm.objects.get(pk=everybody.things["firm"]).name)
    return made


def rows_with(words: set[str]) -> set[str]:
    """The kinds of rows in which one of the words still stands."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {model._meta.label_lower for model in models if any(in_row(row, words) for row in values(model))}


def values(model: type) -> Iterator[object]:
    yield from model._base_manager.values_list()  # type: ignore[attr-defined]


def in_row(row: object, words: set[str]) -> bool:
    return any(word in repr(row) for word in words)


def files_in(home: Path) -> set[str]:
    return {path.name for path in home.rglob("*") if path.is_file()}


def end(everybody: world.World) -> None:
    browser: Client = everybody.browser("owner")
    firm = Firm.objects.get(pk=everybody.things["firm"])
    browser.post(reverse("firm-delete", args=[firm.pk]), {"name": firm.name})
    assert not Firm.objects.filter(pk=firm.pk).exists()


def test_no_row_holds_a_word_of_the_firm(canaries: Canaries) -> None:
    assert rows_with(canaries.sown["mine"]) >= {"firms.firm", "surveys.answer", "surveys.snapshot", "reports.bulkitem"}
    end(canaries.world)
    assert rows_with(canaries.sown["mine"]) - {TRAIL} == set()


def test_no_row_points_at_the_firm_or_its_assessments(everybody: world.World) -> None:
    gone = {str(everybody.things[name]) for name in ("firm", "submitted", "draft", "report", "evidence")}
    end(everybody)
    # The trail keeps bare numbers, and so does the head of the firm's own chain.
    assert rows_with({repr(number) for number in gone} | gone) - {TRAIL, "firms.auditchain"} == set()


def test_no_file_of_the_firm_is_left(everybody: world.World, tmp_path: Path) -> None:
    names = {Report.objects.get(pk=everybody.things["report"]).file, Evidence.objects.get().pk.hex}
    assert names <= files_in(tmp_path)
    end(everybody)
    assert names & files_in(tmp_path) == set()


def test_a_bundle_with_the_firm_in_it_goes_with_the_firm(everybody: world.World) -> None:
    item = BulkItem.objects.select_related("job").get(assessment=everybody.things["submitted"])
    store("bundle.zip", b"PK")
    type(item.job).objects.filter(pk=item.job_id).update(state="ready", file="bundle.zip", size=2)
    end(everybody)
    assert not report_path("bundle.zip").exists()


def test_releases_stand_as_they_were_published(everybody: world.World) -> None:
    before = list(Release.objects.order_by("pk").values_list("pk", "figures", "content_hash"))
    end(everybody)
    assert list(Release.objects.order_by("pk").values_list("pk", "figures", "content_hash")) == before
    assert any(figures for _pk, figures, _hash in before)


def test_what_waits_in_the_queue_is_a_number(everybody: world.World) -> None:
    report_build_task.apply_async([str(everybody.things["report"])])
    with report_build_task.app.connection_for_read() as connection:
        message = connection.SimpleQueue("celery").get(block=False)
    assert str(everybody.things["report"]) in str(message.payload)
    firm = Firm.objects.get(pk=everybody.things["firm"])
    assert not {firm.name, str(firm.pk), "owner@example.com"} & set(str(message.payload))
