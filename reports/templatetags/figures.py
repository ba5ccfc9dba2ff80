"""Shows figures as the report does."""

from django import template

register = template.Library()


@register.filter
def points(score: float | None) -> str:
    """One decimal, half-even; a dash where there is no score, never 0."""
    return "–" if score is None else f"{score:.1f}"
