"""A firm's place against a published share, in words: the leading q, or the other 1 - q, or why neither."""

from reports.builders.formatting import share_text
from reports.builders.language import Language
from reports.builders.published import BELOW, Op
from reports.builders.wording import say


def standing_sentence(reached: bool | None, value: float, op: Op, language: Language, *, reason: str = "") -> str:
    """Where the firm stands, as an interval and never as a false percentile; ``reason`` when it cannot be placed.

    Beside a bound the sentence claims no more than is certain. Fewer than q meet it: a firm that does stands within the
    leading q, one that does not is like more than 1 - q. More than q meet it: a firm that does is like more than q, one
    that does not stands within the other 1 - q.
    """
    if reached is None:
        return say(language, "stands_nowhere", reason=reason)
    bound = "" if op == "=" else "_below" if op in BELOW else "_above"
    side = "leading" if reached else "others"
    return say(language, f"stands_{side}{bound}", share=share_text(value if reached else 1 - value))
