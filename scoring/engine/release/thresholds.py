"""How few firms a figure may stand for. Settings may raise the floors, never lower them; nothing goes without them."""

from dataclasses import dataclass

SHARE_FLOOR = 5
DISTRIBUTION_FLOOR = 10
RELIABILITY_FIRMS = 50
"""Reliability is shown of large groups only: its sums of products are not protected cell by cell."""


class NothingPublished(ValueError):
    """A threshold is missing or too low, so nothing is published; the text says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``share``: firms behind a share; ``distribution``: firms behind a distribution, a mean or quartiles.

    The floor of a share is also what the noise must reach: an attacker may know all answers of one firm fewer.
    """

    share: int
    distribution: int

    def __post_init__(self) -> None:
        for name, value, floor in (
            ("share", self.share, SHARE_FLOOR),
            ("distribution", self.distribution, DISTRIBUTION_FLOOR),
        ):
            if type(value) is not int or value < floor:
                raise NothingPublished(
                    f"nothing is published: the threshold for a {name} is {value!r} and must be a whole number "
                    f"of at least {floor} firms; raise it"
                )
        if self.distribution < self.share:
            raise NothingPublished(
                f"nothing is published: a distribution ({self.distribution} firms) may not need fewer firms "
                f"than a share ({self.share}); raise it"
            )


def thresholds_from(share: int | None, distribution: int | None) -> Thresholds:
    """The thresholds that settings name. NothingPublished where one is missing or too low."""
    for name, value in (("share", share), ("distribution", distribution)):
        if value is None:
            raise NothingPublished(f"nothing is published: no threshold for a {name} is set; set it")
    assert share is not None and distribution is not None  # noqa: S101 - both have just been looked at
    return Thresholds(share, distribution)
