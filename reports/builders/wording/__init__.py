"""What a report says in its own voice, in every language it speaks.

A report is built without a request, a user or a catalogue of messages at hand, so its words are data like an
instrument's: one row a phrase, Chinese and English side by side, whole sentences with named places, never glued.
"""

from collections.abc import Mapping

from reports.builders.language import LANGUAGES, Language
from reports.builders.wording.book import BOOK
from reports.builders.wording.charts import CHARTS
from reports.builders.wording.document import DOCUMENT
from reports.builders.wording.measurements import MEASUREMENTS
from reports.builders.wording.release import RELEASE
from reports.builders.wording.standing import STANDING

WORDING: Mapping[str, tuple[str, str]] = {**BOOK, **CHARTS, **DOCUMENT, **MEASUREMENTS, **RELEASE, **STANDING}


def say(language: Language, key: str, **values: str | int) -> str:
    """The phrase ``key`` with its places filled.

    Raises:
        KeyError: no such phrase, or one of its places was not given.
    """
    return WORDING[key][LANGUAGES.index(language)].format(**values)


def all_phrases(language: Language) -> dict[str, str]:
    """Every phrase that has no place to fill, for a template to pick from."""
    position = LANGUAGES.index(language)
    return {key: both[position] for key, both in WORDING.items() if "{" not in both[position]}
