"""The page of a look: what it saves, what it refuses, and that a preview stores nothing."""

import base64
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from firms.models import Organisation, Person
from reports.brand import views
from reports.brand.preview import demo_model
from reports.brand.selectors import Owner, brand_of, look_of
from reports.brand.services import brand_save
from reports.builders.brand import Look
from reports.models import Brand
from reports.models.brand import LONGEST
from tests.brand.pictures import PASSENGERS, claims_to_be, drawn, opened, saved
from tests.cast import person_named
from tests.filling import NOW

SignIn = Callable[[Person], Client]
TYPED = {"name": "精益 <b>#x", "accent": "#7A1F4A", "footer": "=1+1", "title_en": "Diagnosis"}
PNG = saved(drawn())


@pytest.fixture
def desk(charlie: Person, signed_in: SignIn) -> Client:
    cache.clear()
    return signed_in(charlie)


def upload(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/png")


def sent(desk: Client, to: str = "brand", **typed: object) -> HttpResponse:
    """Bytes are sent as a file."""
    told = {key: upload(value) if isinstance(value, bytes) else value for key, value in (TYPED | typed).items()}
    return desk.post(reverse(to), told, headers={"accept-language": "en"})


def test_what_is_saved_is_in_use_and_shown_again_as_text(desk: Client, charlie: Person) -> None:
    sent(desk, logo=PNG)
    brand = brand_of(Owner(person=charlie))
    page = desk.get(reverse("brand")).content.decode()
    assert brand is not None
    assert (brand.accent, brand.footer, bool(brand.logo)) == ("#7a1f4a", "=1+1", True)
    assert ("精益 &lt;b&gt;#x" in page, "<b>#x" in page) == (True, False)


def test_the_logo_stays_until_another_comes_or_none_is_wanted(desk: Client, charlie: Person) -> None:
    logos = []
    for typed in ({"logo": PNG}, {}, {"remove_logo": "on"}):
        sent(desk, **typed)
        logos.append(bool(look_of(brand_of(Owner(person=charlie))).logo))
    assert logos == [True, True, False]


def test_an_uploaded_file_is_never_stored_as_it_came(desk: Client) -> None:
    sent(desk, logo=upload(PNG + PASSENGERS["html"], "logo.html"))
    assert (b"script" in bytes(Brand.objects.get().logo), opened(bytes(Brand.objects.get().logo)).format) == (
        False,
        "PNG",
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"accent": "#eeee44"}, "reaches a contrast of 1.23 : 1"),
        ({"accent": "#777777"}, "reaches a contrast of 4.47 : 1"),
        ({"accent": 'red"); panic('}, "must be written as #rrggbb"),
        ({"name": ""}, "This field is required"),
        ({"name": "\u200b\u202e"}, "no character that can be seen"),
        ({"name": "x" * (LONGEST["name"] + 1)}, "at most 120 characters"),
        ({"text_zh": "x" * 500}, "at most 300 characters"),
        ({"logo": b"<svg><script/></svg>"}, "SVG drawing"),
        ({"logo": claims_to_be(60_000, 60_000)}, "60000 by 60000 pixels"),
        ({"logo": PNG + b"\0" * 2**20}, "larger than 1 MB"),
        ({"logo": b"GIF89a"}, "neither PNG nor JPEG"),
    ],
)
@pytest.mark.parametrize("name", ["brand", "brand-preview"])
def test_what_cannot_be_is_refused_with_its_reason(
    desk: Client, name: str, typed: dict[str, object], told: str
) -> None:
    response = sent(desk, name, **typed)
    assert (response.status_code, told in response.content.decode()) == (422, True)
    assert not Brand.objects.exists()


def test_a_preview_shows_two_pages_and_stores_nothing(desk: Client) -> None:
    response = sent(desk, "brand-preview", logo=PNG)
    pages = [opened(base64.b64decode(one)).size for one in response.context["pages"]]
    assert (response.status_code, pages, Brand.objects.count()) == (200, [(595, 842)] * 2, 0)


def test_the_preview_is_of_what_was_typed_in(desk: Client) -> None:
    red, blue = (sent(desk, "brand-preview", accent=colour).context["pages"][0] for colour in ("#aa0000", "#0000aa"))
    corners = [opened(base64.b64decode(one)).convert("RGB").getpixel((5, 300)) for one in (red, blue)]
    assert corners == [(170, 0, 0), (0, 0, 170)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_preview_tells_of_the_demonstrations_firm_alone(language: str) -> None:
    model = demo_model(language, NOW.date())
    assert (model.firm.name, model.index is not None, len(model.dimensions) > 3) == ("示范精密机械有限公司", True, True)


def test_too_many_previews_are_refused_and_saving_still_works(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_PREVIEWS", 1)
    shown = [len(sent(desk, "brand-preview").context["pages"]) for _ in range(2)]
    assert (shown, sent(desk).status_code) == ([2, 0], 302)


def test_a_look_can_be_taken_out_of_use(desk: Client, charlie: Person) -> None:
    sent(desk)
    desk.post(reverse("brand-remove"))
    assert brand_of(Owner(person=charlie)) is None


def test_each_person_finds_only_their_own_look(desk: Client, signed_in: SignIn) -> None:
    sent(desk)
    other = signed_in(person_named("Other"))
    sent(other, name="other")
    assert "精益" not in other.get(reverse("brand")).content.decode()
    assert "精益" in desk.get(reverse("brand")).content.decode()


@pytest.mark.parametrize("action", ["organisation-brand", "organisation-brand-preview", "organisation-brand-remove"])
@pytest.mark.parametrize("role", ["member", None])
def test_an_organisations_look_is_for_those_who_manage_it(
    house: Organisation, charlie: Person, signed_in: SignIn, look: Look, action: str, role: str | None
) -> None:
    brand_save(owner=Owner(organisation=house), look=look, person=charlie, now=NOW)
    house.members.update(role=role or "manager", person=charlie if role else person_named("Else"))
    response = signed_in(charlie).post(reverse(action, args=[house.pk]), TYPED)
    assert (response.status_code, look_of(brand_of(Owner(organisation=house)))) == (404, look)


def test_a_manager_changes_the_organisations_look_and_not_their_own(
    house: Organisation, charlie: Person, desk: Client, look: Look
) -> None:
    own = brand_save(owner=Owner(person=charlie), look=replace(look, name="Charlie"), person=charlie, now=NOW)
    desk.post(reverse("organisation-brand", args=[house.pk]), TYPED)
    brands = [brand_of(Owner(organisation=house)), brand_of(Owner(person=charlie))]
    assert [one and one.name for one in brands] == [TYPED["name"], own.name]


def test_the_pages_that_order_reports_lead_to_the_look(house: Organisation, desk: Client) -> None:
    pages = [desk.get(reverse("clients")), desk.get(reverse("organisation", args=[house.pk]))]
    leads = [reverse("brand"), reverse("organisation-brand", args=[house.pk])]
    assert [lead in page.content.decode() for lead, page in zip(leads, pages, strict=True)] == [True, True]
