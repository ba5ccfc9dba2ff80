"""Shows figures as the report does."""

from django import template

register = template.Library()


@register.filter
def points(score: float | None) -> str:
    """One decimal, half-even; a dash where there is no score, never 0."""
    return "–" if score is None else f"{score:.1f}"


@register.filter
def percent(share: float | None) -> str:
    """A share of 0 to 1 as a percentage with one decimal."""
    return "–" if share is None else f"{share * 100:.1f}%"


@register.filter
def two_places(number: float | None) -> str:
    return "–" if number is None else f"{number:.2f}"
