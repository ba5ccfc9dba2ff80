"""Shows instrument texts and answers in the language of the page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from surveys.instruments.model import Item
from surveys.instruments.text import Text
from surveys.labels import answer_label
from surveys.models import Answer

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
