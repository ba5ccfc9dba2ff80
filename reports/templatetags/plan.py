"""Shows what a step brings."""

from django import template

register = template.Library()


@register.filter
def gain(points: float | None) -> str:
    """One decimal with its sign, a true minus; a dash where there is none."""
    return "–" if points is None else f"{points:+.1f}".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")
