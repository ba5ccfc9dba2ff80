"""Text in every language of the product."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Simplified Chinese and English."""

    zh_hans: str
    en: str

    def pick(self, language: str) -> str:
        """The text in ``language`` ("zh-hans" or "en"; a region such as "en-gb" is read as its language)."""
        return self.en if language.lower().startswith("en") else self.zh_hans

    def to_dict(self) -> dict[str, str]:
        return {"zh-hans": self.zh_hans, "en": self.en}


def text_from(raw: Mapping[str, object]) -> Text:
    return Text(str(raw["zh-hans"]).strip(), str(raw["en"]).strip())
