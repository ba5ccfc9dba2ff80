"""Figures put into words for those who do not see a chart."""

from collections.abc import Iterable, Sequence

from reports.builders.formatting import score_text
from reports.builders.language import Language
from reports.builders.wording import say


def listed(parts: Iterable[str], language: Language) -> str:
    return say(language, "list_comma").join(parts)


def sentences(parts: Iterable[str], language: Language) -> str:
    """Sentences one after another: Chinese ones touch, English ones stand a space apart."""
    return (" " if language == "en" else "").join(part for part in parts if part)


def spoken_scores(scores: Sequence[tuple[str, float | None]], language: Language) -> str:
    return listed(
        (say(language, "value_of", name=name, value=score_text(score, language)) for name, score in scores), language
    )
