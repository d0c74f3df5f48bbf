"""XML as a stream of tags, by expat. A document type or an entity is refused.

So nothing expands ("billion laughs"), and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from desireline.formats.errors import FileBroken

CHUNK = 1 << 18

Tell = Callable[[float], None]


class DocumentTypeRefused(Exception):
    """A document type or entity stands in the file. Never leaves this room."""


class XmlReader:
    """Is told what a file holds, tag by tag, without the prefixes of names."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = lambda tag, a: self.start(tag.rpartition(":")[2], a)
        self.parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse

    @property
    def line(self) -> int:
        """Where it is."""
        return self.parser.CurrentLineNumber

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag begins."""

    def end(self, tag: str) -> None:
        """A tag ends."""

    def text(self, text: str) -> None:
        """Text between tags."""


def parse_xml(path: Path, name: str, form: str, reader: XmlReader, tell: Tell | None) -> None:
    """Reads a file to its end. Raises FileBroken, with the line."""
    size = max(path.stat().st_size, 1)
    try:
        with path.open("rb") as source:
            while chunk := source.read(CHUNK):
                reader.parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by place
                if tell is not None:
                    tell(source.tell() / size)
        reader.parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise FileBroken(
            f"{name}, line {error.lineno:,}: the {form} file is cut off or not well-formed"
            f" ({expat.ErrorString(error.code)}).",
            hint="Export it again; nothing was read from it.",
        ) from error
    except DocumentTypeRefused:
        raise FileBroken(
            f"{name}, line {reader.line:,}: the file declares a document type or an entity, which"
            f" {form} has no use for.",
            hint="Remove the <!DOCTYPE ...> part; entities are never expanded here.",
        ) from None


def _refuse(*_: object) -> None:
    raise DocumentTypeRefused
