"""Texts of every writing system come through form, database, page, table and paper as they were typed."""

import csv
import html
import io
import logging
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firms.csv_safe import BOM, csv_rows, defused
from firms.models import Firm
from reports.builders.cleaning import REPLACEMENT
from reports.models import PlanStep
from reports.typesetting import typeset_report
from tests.access.world import World
from tests.builders.pdf_reading import squeezed, text_of
from tests.builders.sample import sample
from tests.hostile.walking import ROWS, ask
from tests.operations.test_scripts_of_strangers import profile

STRINGS = {
    "simplified": "苏州精密机械（集团）有限公司",
    "traditional": "蘇州精密機械（集團）有限公司",
    "rare": "峯朤鱻䶮堃喆镕",
    "four bytes": "𠮷野家𡃁𪚥",
    "japanese": "株式会社トヨタ製作所",
    "korean": "주식회사 현대정밀",
    "arabic": "شركة الدقة للآلات",
    "hebrew": "חברת מכונות דיוק",
    "thai": "บริษัทเครื่องจักร",
    "devanagari": "सटीक मशीनरी",
    "cyrillic": "ООО «Точные машины»",
    "greek": "Μηχανές Ακριβείας",
    "vietnamese": "Công ty Cơ khí Chính xác",
    "combining": "e\u0301a\u0308n\u0303o\u0302",
    "emoji": "厂🏭👩‍🔧🇨🇳",
    "joined": "👨‍👩‍👧‍👦",
    "quotes": "\"A\" 'B' “C” ‘D’ 「E」 «F»",
    "signs": "a,b;c\\d/e|f&g<h>i%20j",
    "maths": "σ≤0.5μm ±3σ ²³ ½ ∑∞",
    "full width": "ＡＢＣ　１２３％",
    "long word": "鱻" * 190,
}
# A name is kept composed, without signs that cannot be seen, and with plain blanks.
AS_NAMES = STRINGS | {
    "combining": "\xe9\xe4\xf1\xf4",
    "emoji": "厂🏭👩🔧🇨🇳",
    "joined": "👨👩👧👦",
    "full width": "ＡＢＣ １２３％",
}
FIRM_PAGES = ("firm-profile", "firm-list")


@pytest.fixture(autouse=True)
def fresh(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django")
    cache.clear()


def row(name: str):
    return next(one for one in ROWS if one.name == name)


def test_a_name_comes_through_form_database_and_page(everybody: World) -> None:
    address = reverse("firm-profile", args=[everybody.things["firm"]])
    lost = {}
    for kind, text in AS_NAMES.items():
        everybody.browser("owner").post(address, profile(name=STRINGS[kind]))
        kept = Firm.objects.get(pk=everybody.things["firm"]).name
        pages = [html.unescape(ask(everybody, row(name), "GET", "owner").response.text) for name in FIRM_PAGES]
        lost |= {kind: kept} if kept != text or any(text not in page for page in pages) else {}
    assert lost == {}


def test_a_step_comes_through_form_and_database(everybody: World) -> None:
    address = reverse("plan-add-own", args=[everybody.things["submitted"]])
    for text in STRINGS.values():
        cache.clear()
        everybody.browser("owner").post(address, {"title": text})
    assert set(STRINGS.values()) <= set(PlanStep.objects.values_list("title", flat=True))


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_a_text_comes_back_from_a_table(text: str) -> None:
    written = "".join(csv_rows([text], [[text]])).removeprefix(BOM)
    assert list(csv.reader(io.StringIO(written, newline=""))) == [[defused(text)], [defused(text)]]


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_paper_shows_every_character_or_says_which_it_could_not(text: str) -> None:
    model = sample("en")
    made = typeset_report(replace(model, firm=replace(model.firm, name=text)))
    shown = "".join(REPLACEMENT if one in made.missing else one for one in text if is_seen(one))
    assert squeezed(shown)[:60] in text_of(made.pdf)
    assert [one for one in made.missing if f"U+{ord(one):04X}" not in text_of(made.pdf)] == []


def is_seen(character: str) -> bool:
    """Joiners and the like have no sign of their own."""
    return character not in "\u200d\ufe0f"


@pytest.mark.parametrize("size", [201, 10_000, 100_000])
@pytest.mark.parametrize("unit", ["a", "鱻", "🏭"])
def test_what_is_longer_than_its_field_is_refused_in_words(everybody: World, size: int, unit: str) -> None:
    address = reverse("firm-profile", args=[everybody.things["firm"]])
    response = everybody.browser("owner").post(address, profile(name=unit * size))
    assert (response.status_code, "errorlist" in response.text or "invalid-feedback" in response.text) == (200, True)
    assert not Firm.objects.filter(name__startswith=unit * 50).exists()


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "厂\ud800"])
def test_what_no_database_keeps_is_refused_in_words(everybody: World, text: str) -> None:
    address = reverse("firm-profile", args=[everybody.things["firm"]])
    body = "&".join(f"{name}={percent(value)}" for name, value in profile(name=text).items())
    response = everybody.browser("owner").generic("POST", address, body, "application/x-www-form-urlencoded")
    assert response.status_code in {200, 302, 400}
    assert "\x00" not in "".join(Firm.objects.values_list("name", flat=True))


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=150)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(TEXTS)
def test_any_text_is_kept_as_it_is(firm: Firm, text: str) -> None:
    Firm.objects.filter(pk=firm.pk).update(name=text)
    assert Firm.objects.get(pk=firm.pk).name == text
