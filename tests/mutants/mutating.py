"""Every small change to a module, one at a time: an operator turned, a condition forced, a part left out."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}  # fmt: skip
Change = Callable[[ast.AST], None]


@dataclass(frozen=True)
class Mutant:
    """A changed module: where, what, and its tree."""

    line: int
    what: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """All of them, always in the same order."""
    original = ast.parse(source)
    types = set(annotations(original))
    for number, node in enumerate(ast.walk(original)):
        for what, change in changes(node) if node not in types else ():
            tree = copy.deepcopy(original)
            place = next(one for index, one in enumerate(ast.walk(tree)) if index == number)
            change(place)
            yield Mutant(
                getattr(node, "lineno", 0), f"{ast.unparse(node)[:60]!r}: {what}", ast.fix_missing_locations(tree)
            )


def annotations(tree: ast.Module) -> Iterator[ast.AST]:
    """What says a type: it runs, and means nothing."""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if (told := getattr(node, name, None)) is not None:
                yield from ast.walk(told)


def changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    for kind, found in CHANGES.items():
        if isinstance(node, kind):
            yield from found(node)


def of_compare(node: ast.AST) -> Iterator[tuple[str, Change]]:
    assert isinstance(node, ast.Compare)
    for place, operator in enumerate(node.ops):
        yield f"{type(operator).__name__} turned", _set_in("ops", place, SWAPS[type(operator)]())


def of_operation(node: ast.AST) -> Iterator[tuple[str, Change]]:
    assert isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign)
    if type(node.op) in SWAPS:
        yield f"{type(node.op).__name__} turned", _set("op", SWAPS[type(node.op)]())


def of_unary(node: ast.AST) -> Iterator[tuple[str, Change]]:
    assert isinstance(node, ast.UnaryOp)
    if isinstance(node.op, ast.Not | ast.Invert):
        # Twice is none at all.
        again = ast.UnaryOp(type(node.op)(), copy.deepcopy(node.operand))
        yield f"{type(node.op).__name__} left out", _set("operand", again)


def of_constant(node: ast.AST) -> Iterator[tuple[str, Change]]:
    assert isinstance(node, ast.Constant)
    if isinstance(node.value, bool):
        yield "turned", _set("value", not node.value)
    elif isinstance(node.value, int):
        yield "one more", _set("value", node.value + 1)


def of_condition(node: ast.AST) -> Iterator[tuple[str, Change]]:
    assert isinstance(node, ast.If | ast.IfExp | ast.While)
    yield "never", _set("test", ast.Constant(False))
    if not isinstance(node, ast.While):
        yield "always", _set("test", ast.Constant(True))


def of_call(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """A filter without one of its conditions lets through what that one kept out."""
    assert isinstance(node, ast.Call)
    if getattr(node.func, "attr", "") in {"filter", "exclude"}:
        for place, word in enumerate(node.keywords):
            yield f"without {ast.unparse(word)[:50]}", _drop("keywords", place)
        for place, word in enumerate(node.args):
            yield f"without {ast.unparse(word)[:50]}", _drop("args", place)


def of_elements(node: ast.AST) -> Iterator[tuple[str, Change]]:
    assert isinstance(node, ast.Tuple | ast.Set | ast.List)
    if isinstance(node.ctx if hasattr(node, "ctx") else ast.Load(), ast.Load):
        for place, one in enumerate(node.elts):
            yield f"without {ast.unparse(one)}", _drop("elts", place)


def of_statement(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """A function's statements, each left out: those that only do something, and those that return."""
    assert isinstance(node, ast.FunctionDef | ast.For | ast.While | ast.If | ast.With)
    for place, one in enumerate(node.body):
        does = isinstance(one, ast.Expr) and isinstance(one.value, ast.Call | ast.Yield | ast.Await)
        if does or isinstance(one, ast.AugAssign | ast.Raise) or (isinstance(one, ast.Assign) and not _named(one)):
            yield f"without {ast.unparse(one)[:50]}", _set_in("body", place, ast.Pass())


CHANGES: dict[type[ast.AST], Callable[[ast.AST], Iterator[tuple[str, Change]]]] = {
    ast.Compare: of_compare, ast.BoolOp: of_operation, ast.BinOp: of_operation, ast.AugAssign: of_operation,
    ast.UnaryOp: of_unary, ast.Constant: of_constant, ast.If: of_condition, ast.IfExp: of_condition,
    ast.While: of_condition, ast.Call: of_call, ast.Tuple: of_elements, ast.Set: of_elements, ast.List: of_elements,
    ast.FunctionDef: of_statement, ast.For: of_statement, ast.With: of_statement,
}  # fmt: skip


def _named(one: ast.Assign) -> bool:
    """An assignment to a plain name: without it the next line would fail by itself."""
    return all(isinstance(target, ast.Name | ast.Tuple) for target in one.targets)


def _set(name: str, value: object) -> Change:
    return lambda node: setattr(node, name, copy.deepcopy(value) if isinstance(value, ast.AST) else value)


def _set_in(name: str, place: int, value: object) -> Change:
    return lambda node: getattr(node, name).__setitem__(place, value)


def _drop(name: str, place: int) -> Change:
    return lambda node: getattr(node, name).__delitem__(place)
