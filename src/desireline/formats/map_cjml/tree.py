"""XML as a small tree: no document type, no entities, no namespaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from desireline.formats.tables.xml_stream import DocumentTypeRefused, XmlReader

INSTRUCTION = "desireline-map"
"""The processing instruction that holds what CJML has no words for. Other readers pass over it."""


@dataclass
class Element:
    """A tag with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    inside: list[Element] = field(default_factory=list)

    def find(self, *tags: str) -> Element | None:
        """The first element down this path."""
        here: Element | None = self
        for tag in tags:
            here = next((e for e in here.inside if e.tag == tag), None) if here else None
        return here

    def said(self, *tags: str) -> str:
        """The text of the first element down this path, without space around it."""
        found = self.find(*tags)
        return "" if found is None else found.text.strip()

    def refers(self, tag: str, attribute: str) -> str:
        """An attribute of the first element of a tag."""
        found = self.find(tag)
        return "" if found is None else found.attributes.get(attribute, "").strip()


class TreeReader(XmlReader):
    """Builds the tree, and keeps the instruction."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self.instruction = ""
        self._open = [self.root]
        self.parser.ProcessingInstructionHandler = self._instructed

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        found = Element(tag, attributes)
        self._open[-1].inside.append(found)
        self._open.append(found)

    def end(self, tag: str) -> None:  # noqa: ARG002 - the base's
        """A tag ends."""
        self._open.pop()

    def text(self, text: str) -> None:
        """Text between tags."""
        self._open[-1].text += text

    def _instructed(self, target: str, data: str) -> None:
        if target == INSTRUCTION:
            self.instruction = data


def parsed(text: str) -> TreeReader:
    """The tree of a text. Raises expat.ExpatError, DocumentTypeRefused."""
    reader = TreeReader()
    reader.parser.Parse(text.encode(), True)  # noqa: FBT003 - expat takes it by place
    return reader


__all__ = ["INSTRUCTION", "DocumentTypeRefused", "Element", "expat", "parsed"]
