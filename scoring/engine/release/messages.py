"""What the statistics of groups say in words: conclusions, refusals, rungs; each a code with parameters.

Nothing is translated here. A page looks the code up, hands the sentence to its own gettext and fills in the parameters,
so sentences are marked for extraction and kept whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Parameter = str | int | float


def gettext_noop(message: str) -> str:
    """Marks a sentence for the extraction of translations and changes nothing."""
    return message


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence by its code. ``allowed`` tells a claim that may be made from the reason why none may be."""

    code: str
    allowed: bool
    detail: Mapping[str, Parameter] = field(default_factory=dict)


CONCLUSIONS: Final[Mapping[str, str]] = {
    "higher": gettext_noop(
        "It may be said that this group practises it more often than published: %(share)s against %(published)s."
    ),
    "lower": gettext_noop(
        "It may be said that this group practises it less often than published: %(share)s against %(published)s."
    ),
    "no_difference": gettext_noop(
        "It may not be said that this group differs from the published %(published)s: "
        "the true share may lie anywhere from %(low)s to %(high)s."
    ),
    "print_too_coarse": gettext_noop(
        "It may not be said that this group differs from the published %(published)s: "
        "the figure was printed too coarsely to tell."
    ),
    "survey_too_small": gettext_noop(
        "It may not be said that this group differs from the published %(published)s: "
        "that survey asked only %(survey_n)s firms, so its own figure is uncertain."
    ),
    "beyond_bound": gettext_noop(
        "It may be said that this group lies outside the published “%(published)s”: its share is %(share)s."
    ),
    "within_bound": gettext_noop(
        "This group agrees with the published “%(published)s”. As that is a bound and not a value, "
        "it may not be said whether the group stands above or below those surveyed."
    ),
    "bound_undecided": gettext_noop(
        "It may not be said on which side of the published “%(published)s” this group lies: "
        "the true share may lie anywhere from %(low)s to %(high)s."
    ),
    "nobody": gettext_noop("Nothing may be said: no firm of this group has an answer that counts."),
}

RUNGS: Final[Mapping[str, str]] = {
    "unknown": gettext_noop("Your firm's profile does not say enough for this comparison."),
    "too_few": gettext_noop("This release holds too few firms for this comparison."),
    "chosen": gettext_noop("Compared with about %(n)s firms of this group in the release."),
    "not_needed": gettext_noop("Not needed: a closer group was found."),
}

SUPPRESSIONS: Final[Mapping[str, str]] = {
    "too_few_firms": gettext_noop("Fewer than %(threshold)s firms"),
    "too_few_enterprises": gettext_noop("Fewer than %(threshold)s separate enterprises"),
    "difference": gettext_noop("Differs from “%(other)s” by fewer than %(threshold)s firms"),
    "remainder": gettext_noop("Kept back so that fewer than %(threshold)s firms cannot be found by subtraction"),
    "complementary": gettext_noop("Kept back so that a hidden count cannot be narrowed down"),
    "frozen": gettext_noop("Too few firms changed since release %(as_of)s, so that release's figures stand"),
    "changed_too_little": gettext_noop("Differs from a group of release %(as_of)s by fewer than %(threshold)s firms"),
    "denominator": gettext_noop("Fewer than %(threshold)s firms have an answer that counts"),
    "crowded": gettext_noop("Kept back so that the parts do not give the whole away"),
    "uniform": gettext_noop("Nearly all firms stand at the same end of the scale"),
}
