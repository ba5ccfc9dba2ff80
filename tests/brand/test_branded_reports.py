"""Who finds a look on a report: whoever it was made for, and as it was when it was ordered. A firm never does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from firms.models import AuditEntry, Organisation, Person
from firms.services.account import person_delete
from reports.brand.selectors import Owner, brand_of, look_of, looks_known
from reports.brand.services import brand_remove, brand_save, brands_forget
from reports.builders.brand import Look
from reports.models import Brand, BulkItem, Report
from reports.services import report_build, report_path, report_request
from reports.workspace.bulk import bulk_request
from reports.workspace.selectors import clients_of
from surveys.models import Assessment
from tests.filling import NOW
from tests.report_formats.reading import pdf_text

LATER = NOW + timedelta(days=3 * 365)


def saved_by(person: Person, look: Look, house: Organisation | None = None) -> Brand:
    owner = Owner(organisation=house) if house else Owner(person=person)
    return brand_save(owner=owner, look=look, person=person, now=NOW)


def ordered(assessment: Assessment, person: Person) -> Report:
    return report_request(assessment=assessment, language="en", person=person, now=NOW)


def built(report: Report) -> str:
    Report.objects.filter(pk=report.pk).update(state=Report.State.QUEUED, attempts=0)
    report_build(report_id=report.pk)
    report.refresh_from_db()
    return pdf_text(report_path(report.file).read_bytes())


def test_a_report_for_a_consultant_carries_that_consultants_look(done: Assessment, dora: Person, look: Look) -> None:
    brand = saved_by(dora, look)
    report = ordered(done, dora)
    text = built(report)
    assert (report.brand, "<b>" in text, "版权所有" in text, report.number in text) == (brand, True, True, True)


def test_a_report_for_an_organisation_carries_the_organisations_look(
    done: Assessment, charlie: Person, house: Organisation, look: Look
) -> None:
    saved_by(charlie, replace(look, name="Charlie"))
    brand = saved_by(charlie, look, house)
    assert ordered(done, charlie).brand == brand


def test_a_firms_own_report_carries_no_look_even_where_its_owner_has_one(
    done: Assessment, alice: Person, dora: Person, look: Look
) -> None:
    saved_by(alice, look)
    saved_by(dora, look)
    own = ordered(done, alice)
    assert (own.brand, "版权所有" in built(own), "<b>" in built(own)) == (None, False, False)


def test_the_database_itself_refuses_a_look_on_a_firms_own_report(
    done: Assessment, alice: Person, dora: Person, look: Look
) -> None:
    own, brand = ordered(done, alice), saved_by(dora, look)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=own.pk).update(brand=brand)


def test_one_consultants_look_is_never_on_anothers_report(
    done: Assessment, charlie: Person, dora: Person, house: Organisation, look: Look
) -> None:
    saved_by(dora, look)
    assert ordered(done, charlie).brand is None


def test_a_bulk_download_carries_the_look_in_every_report(done: Assessment, dora: Person, look: Look) -> None:
    brand = saved_by(dora, look)
    job = bulk_request(person=dora, firms=clients_of(dora), language="en", form="zip", now=NOW)
    assert [item.report and item.report.brand for item in BulkItem.objects.filter(job=job)] == [brand]


def test_after_a_change_of_look_the_same_order_is_another_report_and_the_old_one_stays(
    done: Assessment, dora: Person, look: Look
) -> None:
    saved_by(dora, look)
    old = ordered(done, dora)
    saved_by(dora, replace(look, footer="since 2027"))
    new = ordered(done, dora)
    old.refresh_from_db()
    assert (old.pk != new.pk, old.number != new.number, look_of(old.brand) == look) == (True, True, True)


def test_the_same_order_with_the_same_look_is_the_same_report(done: Assessment, dora: Person, look: Look) -> None:
    saved_by(dora, look)
    first = ordered(done, dora)
    saved_by(dora, replace(look))
    assert ordered(done, dora).pk == first.pk


def test_a_rebuild_after_years_looks_as_it_did_whatever_the_owner_has_now(
    done: Assessment, dora: Person, look: Look
) -> None:
    saved_by(dora, look)
    report = ordered(done, dora)
    first = built(report)
    brand_save(owner=Owner(person=dora), look=replace(look, name="Other"), person=dora, now=LATER)
    brands_forget(now=LATER + timedelta(days=30))
    assert (built(report) == first, report.figures_hash != "") == (True, True)


def test_a_branded_report_is_told_genuine_by_its_number(
    done: Assessment, dora: Person, look: Look, client: Client
) -> None:
    cache.clear()
    saved_by(dora, look)
    report = ordered(done, dora)
    built(report)
    page = client.get(reverse("verify-report", args=[report.number]), headers={"accept-language": "en"})
    assert ("it is current" in page.content.decode(), "精益" in page.content.decode()) == (True, False)


def test_going_back_to_a_former_look_finds_the_former_row(dora: Person, look: Look) -> None:
    first = saved_by(dora, look)
    saved_by(dora, replace(look, name="Other"))
    again = saved_by(dora, look)
    assert (again.pk, again.retired_at, Brand.objects.filter(retired_at=None).count()) == (first.pk, None, 1)


def test_without_a_look_reports_have_the_sites_own_again(done: Assessment, dora: Person, look: Look) -> None:
    saved_by(dora, look)
    removed = [brand_remove(owner=Owner(person=dora), person=dora, now=NOW) for _ in range(2)]
    assert (removed, ordered(done, dora).brand) == ([True, False], None)


def test_looks_out_of_use_are_forgotten_unless_a_report_carries_them(
    done: Assessment, dora: Person, look: Look
) -> None:
    carried = saved_by(dora, look)
    ordered(done, dora)
    for name in ("Second", "Third"):
        saved_by(dora, replace(look, name=name))
    assert brands_forget(now=NOW + timedelta(hours=12)) == 0
    assert brands_forget(now=NOW + timedelta(days=2)) == 1
    assert set(Brand.objects.values_list("pk", flat=True)) == {carried.pk, brand_of(Owner(person=dora)).pk}


def test_whoever_leaves_takes_their_look_and_their_reports_along(done: Assessment, dora: Person, look: Look) -> None:
    saved_by(dora, look)
    ordered(done, dora)
    person_delete(person=dora)
    assert (Brand.objects.count(), Report.objects.count()) == (0, 0)


def test_a_copy_of_everything_holds_the_looks(dora: Person, look: Look) -> None:
    saved_by(dora, look)
    assert [(one["name"], one["footer"], len(one["logo_png"]) > 100) for one in looks_known(dora)] == [
        (look.name, look.footer, True)
    ]


def test_the_trail_keeps_the_hash_of_a_look_and_none_of_its_words(dora: Person, look: Look) -> None:
    brand = saved_by(dora, look)
    entry = AuditEntry.objects.get(action="brand.changed")
    assert (entry.after, entry.subject_id) == ({"hash": brand.hash}, str(brand.pk))
