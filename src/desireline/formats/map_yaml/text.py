"""YAML text to plain data and back: the one door to PyYAML.

Reading takes the few types of YAML's 1.2 core schema, so `NO`, `on`, `12:30` and `2024-05-01` stay
the text that was written; anchors, tags and repeated keys are refused. Writing quotes whatever an
older (1.1) reader would take for something else than text, and wraps no line.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from desireline.formats.map_yaml.errors import MapFileUnreadable

Place = tuple[str | int, ...]
_TAG = "tag:yaml.org,2002:"
_CORE = {
    "null": re.compile(r"(?:~|null|Null|NULL|)"),
    "bool": re.compile(r"(?:true|True|TRUE|false|False|FALSE)"),
    "int": re.compile(r"[-+]?[0-9]+"),
    "float": re.compile(
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", re.IGNORECASE
    ),
}
_DEEPEST = 64
_DIGITS = 4000
"""Longer integers are read as floats; Python itself refuses them."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Plain data, and where each part of it stands: place -> (line, column), both from 1."""

    data: Any
    marks: dict[Place, tuple[int, int]]

    def mark(self, place: Place) -> tuple[int, int]:
        """Line and column of the innermost part of the place that the text has."""
        while place and place not in self.marks:
            place = place[:-1]
        return self.marks.get(place, (1, 1))


def parse(text: str) -> Parsed:
    """The data that a YAML text holds. Raises `MapFileUnreadable` with line and column."""
    marks: dict[Place, tuple[int, int]] = {}
    try:
        node = yaml.compose(text, Loader=_Loader)
        return Parsed(None if node is None else _data(node, (), marks), marks)
    except yaml.reader.ReaderError as error:
        raise _forbidden_character(text, error) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise MapFileUnreadable(
            f"This cannot be read as a map: {error.problem or error.context}.",
            hint="Look at the indentation, and quote text that holds ': ' or begins with a sign.",
            line=line,
            column=column,
        ) from None


def dump(data: Any) -> str:
    """Block-style YAML in the order of the data: no anchors, no wrapped lines, unicode as it is."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        sort_keys=False,
        default_flow_style=False,
        allow_unicode=True,
        width=math.inf,
    )
    return text


class _Loader(yaml.SafeLoader):
    """Composes nodes; every plain scalar is text until `_scalar` looks at it."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML's own shape

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(
                problem="anchors and aliases are not used in maps",
                problem_mark=event.start_mark,
            )
        if self._depth == _DEEPEST:
            raise yaml.MarkedYAMLError(
                problem=f"this is nested more than {_DEEPEST} levels deep",
                problem_mark=event.start_mark,
            )
        self._depth += 1
        node: Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, and nothing is an alias."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow, False)  # noqa: FBT003


def _represent_text(dumper: yaml.SafeDumper, text: str) -> ScalarNode:
    style = None
    if _reads_as_block(text):
        style = "|"
    elif not text.isprintable():
        style = '"'
    elif _core_type(text) != "str":
        style = "'"
    return dumper.represent_scalar(f"{_TAG}str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def _reads_as_block(text: str) -> bool:
    """Whether several lines can stand below `|` as they are."""
    lines = text.removesuffix("\n").split("\n")
    plain = all(line == line.strip() and (not line or line.isprintable()) for line in lines)
    return plain and len(lines) > 1 and bool(lines[0]) and bool(lines[-1])


def _data(node: Node, place: Place, marks: dict[Place, tuple[int, int]]) -> Any:
    marks[place] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if node.tag and not (node.tag.startswith(_TAG) and node.tag[len(_TAG) :] in _PLAIN_TAGS):
        raise _refused(node, f"the tag {node.tag!r} is not used in maps")
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if isinstance(node, SequenceNode):
        return [_data(item, (*place, i), marks) for i, item in enumerate(node.value)]
    if isinstance(node, MappingNode):
        return _mapping(node, place, marks)
    raise _refused(node, "this is neither a list, a mapping nor a scalar")


def _mapping(
    node: MappingNode, place: Place, marks: dict[Place, tuple[int, int]]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            raise _refused(key_node, "a key is a word, not a list or a mapping")
        key = key_node.value
        if key in found:
            line = marks[(*place, key)][0]
            raise _refused(key_node, f"the key {key!r} stands twice, first in line {line}")
        found[key] = _data(value_node, (*place, key), marks)
        marks[(*place, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
    return found


_PLAIN_TAGS = {"str", "seq", "map"}


def _scalar(node: ScalarNode) -> Any:
    text: str = node.value
    if node.style is not None:  # quoted or a block: text, whatever it looks like
        return text
    kind = _core_type(text)
    if kind == "null":
        return None
    if kind == "bool":
        return text[0] in "tT"
    if kind == "int" and len(text) <= _DIGITS:
        return int(text)
    if kind in ("int", "float"):
        return float(text.replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _core_type(text: str) -> str:
    return next((kind for kind, form in _CORE.items() if form.fullmatch(text)), "str")


def _refused(node: Node, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


def _forbidden_character(text: str, error: yaml.reader.ReaderError) -> MapFileUnreadable:
    before = text[: error.position]
    return MapFileUnreadable(
        f"The character {text[error.position]!r} may not stand in YAML.",
        hint='Write it as an escape within double quotes, such as "\\x00".',
        line=before.count("\n") + 1,
        column=error.position - (before.rfind("\n") + 1) + 1,
    )
