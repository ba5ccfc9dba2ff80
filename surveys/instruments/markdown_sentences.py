"""Predicates and scoring rules as sentences that a reader of the printed book understands."""

from collections.abc import Mapping
from typing import Any

from surveys.instruments.check_outline import Outline
from surveys.instruments.text import Text

Raw = Mapping[str, Any]
JOINTS = {"any": Text("；或", "; or "), "all": Text("；且", "; and ")}
NEGATION = Text("并非（%(inner)s）", "not (%(inner)s)")
SENTENCES = {
    "at_least": Text("%(subject)s 至少为 %(value)s", "%(subject)s is %(value)s or more"),
    "at_most": Text("%(subject)s 至多为 %(value)s", "%(subject)s is %(value)s or less"),
    "is": Text("%(subject)s 选“%(value)s”", "%(subject)s is “%(value)s”"),
    "includes": Text("%(subject)s 勾选了“%(value)s”", "%(subject)s includes “%(value)s”"),
    "below": Text("%(subject)s 低于 %(value)s", "%(subject)s is below %(value)s"),
}
SCORE_OF = Text("“%(name)s”的得分", "the score of “%(name)s”")
INDEX = Text("指数", "the index")


def sentence(predicate: Raw, plan: Outline, language: str) -> str:
    """What the predicate asks for, in ``language`` (zh-hans or en)."""
    for name, joint in JOINTS.items():
        if name in predicate:
            return joint.pick(language).join(inner(part, plan, language) for part in predicate[name])
    if "not" in predicate:
        return NEGATION.pick(language) % {"inner": sentence(predicate["not"], plan, language)}
    operator = next(key for key in predicate if key not in ("item", "node"))
    words = {"subject": subject(predicate, plan, language), "value": value(predicate, operator, plan, language)}
    return SENTENCES[operator].pick(language) % words


def inner(part: Raw, plan: Outline, language: str) -> str:
    """A part of a group; a group inside a group stands in parentheses."""
    text = sentence(part, plan, language)
    grouped = "any" in part or "all" in part
    return Text(f"（{text}）", f"({text})").pick(language) if grouped else text


def subject(predicate: Raw, plan: Outline, language: str) -> str:
    if "item" in predicate:
        return str(predicate["item"])
    name = str(predicate["node"])
    if name == "index":
        return INDEX.pick(language)
    dimension = plan.dimension.get(name)
    shown = dimension.raw["title"][language] if dimension else name
    return SCORE_OF.pick(language) % {"name": shown}


def value(predicate: Raw, operator: str, plan: Outline, language: str) -> str:
    """The value; an option of words by its label, a number as it is."""
    written = predicate[operator]
    item = plan.item.get(str(predicate.get("item")))
    if item is None or operator not in ("is", "includes") or not isinstance(written, str):
        return f"{written:g}" if isinstance(written, float) else str(written)
    labels = {str(option["value"]): option["label"][language] for option in item.get("options", ())}
    return str(labels.get(written, written)).rstrip("。. ")
