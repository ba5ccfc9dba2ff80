"""A list of firms is taken whole or not at all, and every fault is told with its place."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from firms.models import Firm, Person
from surveys.models import Campaign, Target
from surveys.services.campaigns import target_join, targets_import
from surveys.targets_file import TargetsRefused, read_targets
from tests.campaigns.conftest import CODES, NOW

HEADER = "统一社会信用代码,企业名称,邮箱,规模,行业,省份\n"
GOOD = f"{CODES[0]},甲厂,a@example.com,中型,C34,33\n{CODES[1]},乙厂,,,,\n"


def faults(text: str) -> list[str]:
    with translation.override("en"), pytest.raises(TargetsRefused) as refused:
        read_targets((HEADER + text).encode())
    return refused.value.lines


def test_a_list_with_chinese_headers_is_read() -> None:
    first, second = read_targets((HEADER + GOOD).encode())
    assert (first.credit_code, first.size, first.industry, first.region) == (CODES[0], "medium", "C34", "33")
    assert (second.email, second.size) == ("", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_may_come_in_any_encoding_of_the_trade(encoding: str) -> None:
    assert [row.name for row in read_targets((HEADER + GOOD).encode(encoding))] == ["甲厂", "乙厂"]


def test_it_may_be_a_workbook() -> None:
    book, packed = openpyxl.Workbook(), io.BytesIO()
    for line in (HEADER + GOOD).splitlines():
        book.active.append(line.split(","))
    book.save(packed)
    assert [row.name for row in read_targets(packed.getvalue())] == ["甲厂", "乙厂"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (f"{CODES[0][:-1]}9,甲厂,,,,", "Row 2, 统一社会信用代码: The check character"),
        (f"{CODES[0]},,,,,", "Row 2, 企业名称"),
        (f"{CODES[0]},甲厂,nobody,,,", "“nobody” is no e-mail address"),
        (f"{CODES[0]},甲厂,,huge,,", "Row 2, 规模: “huge” is not known"),
        (f"{CODES[0]},甲厂,,,C99,", "Row 2, 行业: “C99” is not known"),
        (f"{CODES[0]},甲厂,,,,99", "Row 2, 省份: “99” is not known"),
    ],
)
def test_each_fault_is_told_with_row_and_column(row: str, told: str) -> None:
    assert told in faults(row)[0]


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(f"{CODES[0]},,,,,\n{CODES[1]},乙厂,x,,,\n")) == 2


def test_the_same_firm_twice_is_a_fault() -> None:
    assert "the same code stands in row 2" in faults(f"{CODES[0]},甲厂,,,,\n{CODES[0]},甲,,,,\n")[0]


def test_a_missing_column_is_told() -> None:
    with translation.override("en"), pytest.raises(TargetsRefused) as refused:
        read_targets("企业名称\n甲厂\n".encode())
    assert "统一社会信用代码" in refused.value.lines[0]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04 no archive"])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(TargetsRefused):
        read_targets(data)


def test_firms_that_are_there_already_stay_as_they_are(campaign: Campaign, staff: Person) -> None:
    rows = read_targets((HEADER + GOOD).encode())
    targets_import(campaign=campaign, rows=rows[:1], person=staff)
    done = targets_import(campaign=campaign, rows=rows, person=staff)
    assert (done.added, done.already, campaign.targets.count()) == (1, 1, 2)


def send(client: Client, campaign: Campaign, text: str, **more: str) -> str:
    file = io.BytesIO((HEADER + text).encode())
    file.name = "firms.csv"
    address = reverse("campaign-targets", args=[campaign.pk])
    return client.post(address, {"file": file, **more}, follow=True).content.decode()


def test_with_a_fault_nothing_is_added(
    campaign: Campaign, staff: Person, signed_in: Callable[[Person], Client]
) -> None:
    shown = send(signed_in(staff), campaign, GOOD + "123,丙厂,,,,\n")
    assert "123" not in Target.objects.values_list("credit_code", flat=True)
    assert (Target.objects.count(), "alert-danger" in shown) == (0, True)


def test_the_list_can_be_only_checked(campaign: Campaign, staff: Person, signed_in: Callable[[Person], Client]) -> None:
    send(signed_in(staff), campaign, GOOD, only_check="on")
    assert Target.objects.count() == 0


def test_the_list_is_added(campaign: Campaign, staff: Person, signed_in: Callable[[Person], Client]) -> None:
    shown = send(signed_in(staff), campaign, GOOD)
    assert (Target.objects.count(), "甲厂" in shown) == (2, True)


def test_the_sample_list_can_be_sent_as_it_is(
    campaign: Campaign, staff: Person, signed_in: Callable[[Person], Client]
) -> None:
    sample = signed_in(staff).get(reverse("campaign-targets-sample", args=[campaign.pk])).content
    assert len(read_targets(sample)) == 1


def by_hand(client: Client, campaign: Campaign, code: str) -> int:
    """The status of the answer."""
    written = {"one-credit_code": code, "one-name": "丁厂", "one-size": "small"}
    return client.post(reverse("campaign-target-new", args=[campaign.pk]), written).status_code


def test_one_firm_is_added_by_hand(campaign: Campaign, staff: Person, signed_in: Callable[[Person], Client]) -> None:
    by_hand(signed_in(staff), campaign, f" {CODES[0][:9]}-{CODES[0][9:]} ")
    assert campaign.targets.get().credit_code == CODES[0]


def test_a_mistyped_code_is_told(campaign: Campaign, staff: Person, signed_in: Callable[[Person], Client]) -> None:
    assert by_hand(signed_in(staff), campaign, f"{CODES[0][:-1]}9") == 422
    assert not campaign.targets.exists()


def test_a_firm_that_has_begun_stays_on_the_list(
    campaign: Campaign, staff: Person, signed_in: Callable[[Person], Client], target: Target, firm: Firm, alice: Person
) -> None:
    target_join(target=target, firm=firm, person=alice, agrees_microdata=False, now=NOW)
    signed_in(staff).post(reverse("campaign-target-remove", args=[campaign.pk, target.pk]))
    assert campaign.targets.exists()
