"""A predicate taken apart for one firm: what each part asks, what was found, what follows."""

from dataclasses import dataclass

from scoring.engine.one_firm import absent
from scoring.engine.rules import Sheet
from surveys.instruments.coding import written_answer
from surveys.instruments.predicates import AllOf, AnyOf, ItemTest, Negation, NodeTest, Predicate

OUTCOMES = ("does_not_hold", "holds", "does_not_apply", "unknown")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``form`` is item, node, any, all or not.

    For a test ``name``, ``operator`` and ``value`` say what is asked and ``found`` what is there: an answer as written,
    or a node's score. ``outcome`` is holds, does_not_hold, does_not_apply or unknown.
    """

    form: str
    outcome: str
    name: str | None = None
    operator: str | None = None
    value: float | int | str | None = None
    found: float | str | None = None
    parts: "tuple[Verdict, ...]" = ()


def verdict_on(sheet: Sheet, predicate: Predicate) -> Verdict:
    """The verdict on the firm of the first row."""
    outcome = OUTCOMES[int(sheet.verdicts([predicate])[0][0])]
    match predicate:
        case ItemTest(item, operator, value):
            return Verdict("item", outcome, item, operator, value, found_answer(sheet, item))
        case NodeTest(node, operator, value):
            return Verdict("node", outcome, node, operator, value, absent(sheet.nodes[node][0]))
        case AnyOf(parts):
            return Verdict("any", outcome, parts=tuple(verdict_on(sheet, part) for part in parts))
        case AllOf(parts):
            return Verdict("all", outcome, parts=tuple(verdict_on(sheet, part) for part in parts))
        case Negation(part):
            return Verdict("not", outcome, parts=(verdict_on(sheet, part),))


def found_answer(sheet: Sheet, code: str) -> str:
    item, column = sheet.key.instrument.item(code), sheet.asked[code]
    number = 0.0 if column.number is None else float(column.number[0])
    return written_answer(item, int(column.code[0]), number)
