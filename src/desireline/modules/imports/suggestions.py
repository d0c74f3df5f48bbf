"""What a file seems to mean: as a saved mapping for such columns says, else by usual names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desireline.formats.envelopes.choices import Keys
from desireline.formats.mapping import Mapping
from desireline.formats.mapping.suggesting import Suggestion, suggested
from desireline.modules.imports.mappings import MappingBook
from desireline.modules.imports.repository import MappingRow


@dataclass(frozen=True, slots=True)
class Looked:
    """A suggestion, and the saved mapping that it is, if it is one."""

    suggestion: Suggestion
    saved: MappingRow | None = None

    @property
    def why(self) -> str:
        """Why a saved mapping is suggested; empty where none is."""
        if self.saved is None:
            return ""
        return (
            f"The mapping {self.saved.name!r}, version {self.saved.version}, was saved for a file"
            " with the same columns."
        )


def look(
    book: MappingBook, path: Path, told: Mapping | None, keys: Keys, *, never_saved: bool = False
) -> Looked:
    """What a file means as it is `told`; where nothing is told, as was saved for such columns."""
    found = suggested(path, told or Mapping(), keys)
    if never_saved or (told is not None and told != Mapping()):
        return Looked(found)
    made = book.made_for(found.signature)
    if made is None:
        return Looked(found)
    saved, mapping = made
    return Looked(suggested(path, mapping, keys), saved)
