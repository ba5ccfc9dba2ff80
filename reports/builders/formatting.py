"""Numbers and dates as a reader of either language expects them. Rounding happens here and nowhere earlier."""

from reports.builders.language import Language
from reports.builders.wording import say

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def score_text(score: float | None, language: Language) -> str:
    """One decimal, half-even; "not assessed" where there is no score, never 0."""
    return say(language, "not_assessed") if score is None else f"{score:.1f}"


def share_text(share: float, decimals: int | None = None) -> str:
    """A share of 0 to 1 as a percentage. Without ``decimals`` as short as it goes, two at most: 16%, 13.9%, 45.41%."""
    if decimals is not None:
        return f"{share * 100:.{decimals}f}%"
    written = f"{share * 100:.2f}".rstrip("0").rstrip(".")
    return f"{written}%"


def weight_text(weight: float) -> str:
    """1 rather than 1.0; two decimals at most."""
    return f"{weight:.2f}".rstrip("0").rstrip(".")


def date_text(iso_date: str, language: Language) -> str:
    """``2026-11-24`` as 2026年11月24日 or 24 November 2026; what is not such a date stays as it is."""
    parts = iso_date[:10].split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso_date
    year, month, day = (int(part) for part in parts)
    return f"{year}年{month}月{day}日" if language == "zh-hans" else f"{day} {_MONTHS[month - 1]} {year}"
