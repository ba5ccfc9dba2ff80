"""Which items measured data can speak to, for templates."""

from django import template

from scoring.engine.evidence.subjects import subject_of
from surveys.instruments.model import Instrument, Item

register = template.Library()


@register.filter
def takes_data(item: Item, instrument: Instrument) -> bool:
    return subject_of(instrument.code, item.code) is not None
