"""Shows instrument texts and answers in the language of the page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from surveys.instruments.model import Instrument, Item
from surveys.instruments.text import Text
from surveys.labels import answer_label
from surveys.models import Answer, Rater

register = template.Library()


@register.filter
def text(value: Text | None) -> str:
    """The text in the language of the page, nothing for None."""
    return value.pick(get_language() or "zh-hans") if value else ""


@register.filter
def label(item: Item, answers: Mapping[str, Answer]) -> str:
    """What was answered to the item, in words."""
    answer = answers.get(item.code)
    return answer_label(item, answer.written if answer else "", get_language() or "zh-hans")


@register.filter
def get(values: Mapping[str, Any], key: str) -> Any:
    return values.get(key)


@register.filter
def say(item: Item, written: str) -> str:
    """An answer in words."""
    return answer_label(item, written, get_language() or "zh-hans")


@register.filter
def short_state(written: str) -> str:
    """A level as its number; a kind of no answer as a sign that is no level."""
    return {"NA": "–", "DK": "?", "DECLINE": "×"}.get(written, written)


@register.filter
def role(value: str) -> str:
    """What the role of an independent respondent is called."""
    return str(Rater.Role(value).label)


@register.filter
def part_title(code: str, instrument: Instrument) -> str:
    dimension = instrument.dimension_by_code.get(code)
    return text(dimension.title) if dimension else code


@register.filter
def item_title(code: str, instrument: Instrument) -> str:
    item = instrument.item_by_code.get(code)
    return text(item.title) if item else code


@register.filter
def item_of(code: str, instrument: Instrument) -> Item:
    return instrument.item(code)
