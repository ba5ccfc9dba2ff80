"""An answer in the words of a reader."""

from django.utils.translation import gettext as _

from surveys.instruments.model import Item


def answer_label(item: Item, written: str, language: str) -> str:
    """What ``written`` says to a reader: the option's text, a share with its sign, or the kind of no answer."""
    states = {
        "": _("No answer yet"),
        "NA": _("Not applicable"),
        "DK": _("Don't know"),
        "DECLINE": _("Prefer not to say"),
    }
    if written in states:
        return states[written]
    if item.kind == "share":
        return f"{written} %"
    if item.is_numeric:
        return written
    options = [item.option(value) for value in written.split(";")]
    return "; ".join(option.label.pick(language) for option in options if option)
