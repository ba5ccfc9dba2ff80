"""Conditions between our predicates and the XPath expressions of an XLSForm's ``relevant`` column.

Only the part of XPath that says the same in both is read: comparisons of one question with one value,
``selected()``, ``and``, ``or``, ``not()`` and parentheses. Anything else is refused with the words that were not read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.instruments import check_messages as say
from surveys.instruments.check_shape import nearest

Raw = Mapping[str, Any]
TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*[^}\s]+\s*\})|(?P<text>'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”)|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9-]*)|(?P<sign>!=|<=|>=|[=<>(),]))"
)
LONGEST, DEEPEST = 4000, 20
REVERSED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a question can be answered: ``values`` is None for a number, ``several`` says that many may be ticked."""

    values: Sequence[int | str] | None = None
    several: bool = False


Questions = Mapping[str, Answers]


class NotRead(ValueError):
    """An expression, or a part of one, that has no counterpart here, with the message that says so."""

    def __init__(self, message: str, **detail: object) -> None:
        super().__init__(message % detail)
        self.message, self.detail = message, detail


def expression_of(predicate: Raw, questions: Questions) -> str:
    """The XPath expression of a predicate over items.

    In a select question "don't know" is the option DK, which is no number: ``at_most``, under which it falls, says so.
    """
    for name, word in (("any", " or "), ("all", " and ")):
        if name in predicate:
            return f"({word.join(expression_of(part, questions) for part in predicate[name])})"
    if "not" in predicate:
        return f"not({expression_of(predicate['not'], questions)})"
    operator = next(key for key in predicate if key != "item")
    item, value = f"${{{predicate['item']}}}", predicate[operator]
    match operator:
        case "at_least":
            return f"{item} >= {value}"
        case "at_most" if questions[predicate["item"]].values is None:
            return f"{item} <= {value}"
        case "at_most":
            return f"({item} <= {value} or {item} = 'DK')"
        case "includes":
            return f"selected({item}, '{value}')"
        case _:
            return f"{item} = {value}" if isinstance(value, int | float) else f"{item} = '{value}'"


def predicate_of(expression: str, questions: Questions) -> dict[str, Any]:
    """The predicate of an expression over earlier ``questions``. NotRead says what has no counterpart."""
    if len(expression) > LONGEST:
        raise NotRead(say.X_TOO_LONG)
    parser = Parser(tokens_of(expression), questions)
    found = parser.alternatives(0)
    if parser.rest:
        raise NotRead(say.X_NOT_READ, part=parser.rest[0][1])
    return found


def tokens_of(expression: str) -> list[tuple[str, str]]:
    found, position = [], 0
    while position < len(expression.rstrip()):
        match = TOKEN.match(expression, position)
        if match is None or match.lastgroup is None:
            raise NotRead(say.X_NOT_READ, part=expression[position : position + 20].strip())
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found


class Parser:
    """Reads tokens from the front; each method takes what it knows and leaves the rest."""

    def __init__(self, tokens: list[tuple[str, str]], questions: Questions) -> None:
        self.rest = tokens
        self.questions = questions

    def take(self) -> tuple[str, str]:
        if not self.rest:
            raise NotRead(say.X_TOO_EARLY)
        token, *self.rest = self.rest
        return token

    def next_is(self, text: str) -> bool:
        return bool(self.rest) and self.rest[0][1] == text

    def expect(self, text: str) -> None:
        found = self.take()[1]
        if found != text:
            raise NotRead(say.X_NOT_READ, part=found)

    def alternatives(self, depth: int) -> dict[str, Any]:
        parts = [self.conjunction(depth)]
        while self.next_is("or"):
            self.take()
            parts.append(self.conjunction(depth))
        return parts[0] if len(parts) == 1 else without_dk({"any": parts})

    def conjunction(self, depth: int) -> dict[str, Any]:
        parts = [self.test(depth)]
        while self.next_is("and"):
            self.take()
            parts.append(self.test(depth))
        return parts[0] if len(parts) == 1 else {"all": parts}

    def test(self, depth: int) -> dict[str, Any]:
        if depth > DEEPEST:
            raise NotRead(say.X_TOO_LONG)
        kind, text = self.take()
        if text == "(":
            inner = self.alternatives(depth + 1)
            self.expect(")")
            return inner
        if kind == "name":
            return self.function(text, depth)
        if kind == "ref":
            return self.comparison(name_in(text), self.take()[1], self.value())
        if kind in ("text", "number"):
            value, sign = literal(kind, text), self.take()[1]
            kind, text = self.take()
            if kind == "ref" and sign in REVERSED:
                return self.comparison(name_in(text), REVERSED[sign], value)
        raise NotRead(say.X_NOT_READ, part=text)

    def function(self, name: str, depth: int) -> dict[str, Any]:
        if name not in ("not", "selected"):
            raise NotRead(say.X_NOT_READ, part=name)
        self.expect("(")
        found = {"not": self.alternatives(depth + 1)} if name == "not" else self.selected()
        self.expect(")")
        return found

    def selected(self) -> dict[str, Any]:
        kind, text = self.take()
        if kind != "ref":
            raise NotRead(say.X_NOT_READ, part=text)
        self.expect(",")
        item, value = name_in(text), self.value()
        operator = "includes" if self.known(item).several else "is"
        return {"item": item, operator: self.option(item, value)}

    def value(self) -> int | float | str:
        kind, text = self.take()
        if kind not in ("text", "number"):
            raise NotRead(say.X_NOT_READ, part=text)
        return literal(kind, text)

    def comparison(self, item: str, sign: str, value: int | float | str) -> dict[str, Any]:
        if value == "":
            raise NotRead(say.X_EMPTY)
        if self.known(item).several:
            raise NotRead(say.X_SEVERAL, name=item)
        wanted = self.option(item, value) if sign in ("=", "!=") else number_of(value)
        match sign:
            case "=":
                return {"item": item, "is": wanted}
            case "!=":
                return {"not": {"item": item, "is": wanted}}
            case ">=" | "<=":
                return self.threshold(item, "at_least" if sign == ">=" else "at_most", wanted)
            case ">" | "<":
                return {"not": self.threshold(item, "at_most" if sign == ">" else "at_least", wanted)}
        raise NotRead(say.X_NOT_READ, part=sign)

    def threshold(self, item: str, operator: str, value: Any) -> dict[str, Any]:
        values = self.known(item).values
        if values is not None and value not in values:
            raise NotRead(say.X_NO_VALUE, value=value, name=item)
        return {"item": item, operator: value}

    def known(self, item: str) -> Answers:
        if item not in self.questions:
            near = nearest(item, self.questions)
            raise NotRead(say.X_NO_QUESTION_NEAR if near else say.X_NO_QUESTION, name=item, near=near)
        return self.questions[item]

    def option(self, item: str, value: int | float | str) -> int | float | str:
        """The value as the question's options write it; DK, which stands in every list of ours, as it is."""
        values = self.known(item).values
        if values is None:
            return number_of(value)
        if value == "DK":
            return "DK"
        found = next((one for one in values if str(one) == str(value)), None)
        if found is None:
            raise NotRead(say.X_NO_VALUE, value=value, name=item)
        return found


def without_dk(predicate: dict[str, Any]) -> dict[str, Any]:
    """``x <= n or x = 'DK'`` is one test of ours: don't know stands below every threshold."""
    parts = predicate["any"]
    if len(parts) == 2 and "at_most" in parts[0] and parts[1] == {"item": parts[0].get("item"), "is": "DK"}:
        return dict(parts[0])
    return predicate


def name_in(reference: str) -> str:
    return reference[2:-1].strip()


def literal(kind: str, text: str) -> int | float | str:
    return number_of(text) if kind == "number" else text[1:-1]


def number_of(value: int | float | str) -> int | float:
    try:
        number = float(value)
    except ValueError as error:
        raise NotRead(say.X_NO_NUMBER, value=value) from error
    return int(number) if number.is_integer() else number
