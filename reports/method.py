"""How the figures come about, told to the reader of a report."""

from django.utils.translation import gettext as _

from reports.builders.model import Paragraph
from surveys.instruments.model import Instrument


def method_paragraphs(instrument: Instrument) -> tuple[Paragraph, ...]:
    """The method chapter in the active language."""
    return (
        Paragraph(
            title=_("Self-assessment"),
            text=_(
                "The firm answered by itself and nobody has audited the answers. Compared with an audit, "
                "self-assessments tend to be generous; so do the published surveys, which asked in the same way."
            ),
        ),
        Paragraph(
            title=_("From answers to scores"),
            text=_(
                "An item answered on levels 1 to 5 scores 0, 25, 50, 75 or 100 points; a share scores along a line "
                "through fixed points. A dimension is the weighted mean of its items, the index the weighted mean of "
                "the dimensions. Nothing is rounded before a level is decided."
            ),
        ),
        Paragraph(
            title=_("No answer is not a low answer"),
            text=_(
                "“Not applicable” and “prefer not to say” leave an item out, and the weights of the others are spread "
                "anew. “Don't know” scores as the lowest level, since a practice nobody knows of is not in use."
            ),
        ),
        Paragraph(
            title=_("Maturity level"),
            text=_(
                "The index decides the level, and gates may hold it back: some levels also ask for single practices. "
                "The names of the levels are those of Chinese quality policy; the limits are this project's own. "
                "This is not an official evaluation."
            ),
        ),
        Paragraph(
            title=_("Published shares"),
            text=_(
                "A survey that prints “16% of firms do this” tells only two places: among these 16%, or among the "
                "other 84%. That range is shown, and no percentile is made up. A bound such as “fewer than 50%” stays "
                "a bound, and a figure about small and medium firms is not applied to a large one."
            ),
        ),
    )
