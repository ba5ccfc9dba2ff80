"""Reads a YAML file that nobody vouches for, in bounded time and memory, and knows the line of every part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import DuplicateKeyError, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from surveys.instruments import check_messages as say
from surveys.instruments.faults import Fault, FileRefused

LARGEST_TEXT = 1_000_000
DEEPEST = 24
MOST_PARTS = 20_000
LONGEST_NUMBER = 40
PLAIN_TAGS = ("str", "int", "float", "bool", "null", "map", "seq")
Path = tuple[str | int, ...]


class Refusal(MarkedYAMLError):
    """A part that the guard does not let through, with the message it deserves."""

    def __init__(self, mark: Any, message: str, **detail: object) -> None:
        super().__init__(None, None, message, mark)
        self.message, self.detail = message, detail


class GuardedComposer(Composer):
    """Builds the tree of a file, but no deeper, no larger and with no shortcuts than an instrument needs.

    An alias of an alias of an alias is how a kilobyte becomes a gigabyte, so none is followed.
    """

    nested = 0
    parts = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise Refusal(event.start_mark, say.NO_ALIAS)
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise Refusal(event.start_mark, say.TOO_MANY_PARTS, limit=MOST_PARTS)
        if self.nested > DEEPEST:
            raise Refusal(event.start_mark, say.TOO_DEEP, limit=DEEPEST)
        self.nested += 1
        node = super().compose_node(parent, index)
        self.nested -= 1
        return checked(node)


def checked(node: Node) -> Node:
    """The node, unless its tag asks for more than plain data or a number is too long to be one."""
    name = str(node.tag or "").rpartition(":")[2]
    if name == "timestamp":
        raise Refusal(node.start_mark, say.BARE_DATE, value=node.value)
    if name not in PLAIN_TAGS:
        raise Refusal(node.start_mark, say.NO_TAG, tag=str(node.tag))
    if name in ("int", "float") and len(node.value) > LONGEST_NUMBER:
        raise Refusal(node.start_mark, say.BAD_VALUE, problem=f"{node.value[:LONGEST_NUMBER]}…")
    if isinstance(node, MappingNode):
        refuse_nested_names(node)
    return node


def refuse_nested_names(node: MappingNode) -> None:
    for name, _ in node.value:
        if not isinstance(name, ScalarNode):
            raise Refusal(name.start_mark, say.NAME_IS_NO_WORD)


class LocatedConstructor(SafeConstructor):
    """Says the place also where Python itself refuses a value, such as an int of wrong digits."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, OverflowError, TypeError) as error:
            raise Refusal(node.start_mark, say.BAD_VALUE, problem=str(error)) from error


@dataclass(frozen=True, slots=True)
class Source:
    """A file's plain values with the tree that they came from."""

    raw: Mapping[str, Any]
    tree: MappingNode

    def line(self, path: Path) -> int:
        """The line, from 1, of the part at ``path``, or of the nearest part around it that exists."""
        node: Node = self.tree
        line = node.start_mark.line + 1
        for step in path:
            found = child(node, step)
            if found is None:
                break
            line, node = found
        return int(line)

    def locate(self, fault: Fault) -> Fault:
        return Fault(fault.path, fault.message, self.line(fault.path), fault.detail)


def child(node: Node, step: str | int) -> tuple[int, Node] | None:
    """Line and node of one entry: of a mapping by its key, of a list by its position."""
    if isinstance(node, SequenceNode):
        if isinstance(step, int) and 0 <= step < len(node.value):
            return node.value[step].start_mark.line + 1, node.value[step]
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if str(key.value) == str(step):
                return key.start_mark.line + 1, value
    return None


def read_source(data: bytes | str) -> Source:
    """The file's values and their places. FileRefused, with the line, if it is no plain YAML or JSON mapping."""
    value, tree = guarded(data if isinstance(data, str) else decoded(data))
    if not isinstance(tree, MappingNode):
        raise refused(tree.start_mark.line + 1 if tree else 1, say.NOT_A_MAPPING)
    return Source(value, tree)


def read_value(text: str) -> Any:
    """The value of a few lines of YAML, such as a rule in a cell. FileRefused if they are none."""
    return guarded(text)[0]


def guarded(text: str) -> tuple[Any, Node | None]:
    """The value and the tree of a text; whatever may go wrong with it comes as FileRefused."""
    if len(text) > LARGEST_TEXT:
        raise refused(1, say.TOO_LARGE, size=len(text), limit=LARGEST_TEXT)
    try:
        return composed(text)
    except Refusal as error:
        raise refused(error.problem_mark.line + 1, error.message, **error.detail) from error
    except DuplicateKeyError as error:
        raise duplicate(error) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise refused(line, say.BAD_YAML, problem=one_line(error.problem or error.context)) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise refused(line, say.BAD_CHARACTER, character=ascii(text[error.position : error.position + 1])) from error
    except YAMLError as error:
        raise refused(1, say.BAD_YAML, problem=one_line(str(error))) from error


def composed(text: str) -> tuple[Any, Node | None]:
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = GuardedComposer
    yaml.Constructor = LocatedConstructor
    tree = yaml.compose(text)
    return (yaml.constructor.construct_document(tree) if tree else None), tree


def decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(data.count(b"\n", 0, error.start) + 1, say.NOT_UTF8) from error


def refused(line: int, message: str, **detail: object) -> FileRefused:
    return FileRefused([Fault((), message, line, detail)])


def duplicate(error: DuplicateKeyError) -> FileRefused:
    """ruamel names the key inside a sentence, between the first pair of quotation marks."""
    key = str(error.problem).partition('"')[2].partition('"')[0]
    return refused(error.problem_mark.line + 1, say.DUPLICATE_KEY, key=key)


def one_line(problem: object) -> str:
    return " ".join(str(problem).split())[:200]
