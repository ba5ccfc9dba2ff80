"""A release counts what measured data say of the answers, as it was written down with each submission."""

import json
from collections import Counter
from itertools import product

import pytest
from pytest_django import Settings

from reports.builders.release.view import dashboard, public_page
from reports.dashboard.assembly import material_of
from reports.exports.selectors import release_export
from scoring.engine.evidence.subjects import evidenced_items
from scoring.engine.release.layout import VERDICTS
from scoring.engine.release.released import release_from_dict
from scoring.engine.release.tallies import TalliesDiffer
from scoring.models import MeasuredEvidence, Release, ReleasePart
from scoring.releases import services
from scoring.releases.packing import packed, unpacked
from scoring.releases.selectors import figures_of
from scoring.releases.services import made_with, tallies_of
from surveys.library import instrument_get
from tests.releases.country import evidenced, made, ordered, peopled

pytestmark = pytest.mark.django_db
ITEMS = ("PR-01", "PR-02", "PR-03", "DG-01")


@pytest.fixture
def country() -> None:
    peopled(firms=60, campaign_share=0)
    evidenced()


def counted(part: ReleasePart, item: str) -> Counter[str]:
    tallies = tallies_of(part)
    columns = tallies.layout.by_id[f"evidence.{item}"].columns
    return Counter(dict(zip(VERDICTS, tallies.counts[:, columns].sum(axis=0).tolist(), strict=True)))


def test_the_items_that_data_can_speak_to_are_counted() -> None:
    assert sorted(evidenced_items(instrument_get("bluebook"))) == sorted(ITEMS)


@pytest.mark.parametrize("item", ["PR-02", "PR-01"])
def test_each_firm_is_counted_under_the_verdict_of_its_data(country: None, item: str) -> None:
    verdicts = Counter(MeasuredEvidence.objects.filter(item=item).values_list("verdict", flat=True))
    part = ordered().parts.select_related("release").get()
    assert counted(part, item) == verdicts + Counter(no_evidence=60 - verdicts.total())


def test_of_several_computations_what_contradicts_weighs_most(country: None) -> None:
    MeasuredEvidence.objects.filter(item="PR-02").update(verdict="supported")
    evidenced(("PR-02",))
    part = ordered().parts.select_related("release").get()
    assert counted(part, "PR-02") == Counter(no_evidence=30, supported=20, contradicted=10)


def test_a_part_that_another_version_counted_is_refused(country: None, monkeypatch: pytest.MonkeyPatch) -> None:
    part = ordered().parts.select_related("release").get()
    before = packed(tallies_of(part))
    monkeypatch.setattr(services, "evidenced_items", lambda instrument: ())
    with pytest.raises(TalliesDiffer, match="order the release again"):
        unpacked(before, made_with(part.release).layout, ("industry", "size", "region"))


def test_a_release_with_such_a_part_fails_and_says_what_to_do(country: None, settings: Settings) -> None:
    settings.RELEASE_PART_FIRMS = 30
    release = ordered()
    old, new = release.parts.values_list("pk", flat=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(services, "evidenced_items", lambda instrument: ())
        services.part_count(part_id=old)
    services.part_count(part_id=new)
    release.refresh_from_db()
    assert (release.state, "order the release again" in release.error) == (Release.State.FAILED, True)


def test_verdicts_are_on_the_dashboard_the_public_page_and_in_the_table(country: None) -> None:
    release = made()
    material = material_of(release, "en")
    titles = [material.instrument.item(item).title.pick("en") for item in ITEMS]
    assert [row[0] for row in dashboard(material).block("evidence").table.rows] == titles
    assert public_page(material).block("evidence") is not None
    exported = release_export(release, "en")
    assert {f"evidence.{item}" for item in ITEMS} <= set(exported.frame["variable"])
    terms = {(one.variable, one.code): one.meaning for one in exported.terms}
    assert terms["cell", "contradicted"] == "contradicted by the data"
    assert "capability" in terms["variable", "evidence.PR-02"]


def test_a_release_from_before_verdicts_were_counted_stays_readable(country: None) -> None:
    release = made()
    figures = json.loads(json.dumps(release.figures))
    tables = [figures["tables"], *(group["distributions"] for group in figures["groups"].values())]
    for table, item in product(tables, ITEMS):
        table.pop(f"evidence.{item}", None)
    Release.objects.filter(pk=release.pk).update(figures=figures, content_hash="0" * 64)
    release = Release.objects.get(pk=release.pk)
    assert figures_of(release) == release_from_dict(figures)
    assert dashboard(material_of(release, "en")).block("evidence") is None
