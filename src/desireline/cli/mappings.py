"""Mappings on the command line: told, found, shown and kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from desireline.cli.options import told_mapping
from desireline.formats.envelopes.choices import Keys
from desireline.formats.mapping import Mapping, mapping_text, read_mapping, write_mapping
from desireline.kit.workspace import Workspace
from desireline.modules.imports.facade import Looked, MappingBook, look

FILES = (".yaml", ".yml", ".json")
NONE = "none"
AUTHOR = "command line"


@dataclass(frozen=True)
class Kept:
    """A workspace, as far as mappings are kept in it."""

    workspace: Workspace

    @property
    def book(self) -> MappingBook:
        """Its mappings."""
        return MappingBook(self.workspace.database, self.workspace.clock)

    @property
    def keys(self) -> Keys:
        """What of an import belongs to it."""
        return Keys(self.workspace.id)


def told_or_saved(kept: Kept, name: str | None, options: dict[str, Any]) -> Mapping:
    """The mapping of that name or file, and over it what the options say."""
    if name is None or name == NONE:
        base = Mapping()
    elif _is_file(name):
        base = read_mapping(Path(name))
    else:
        _, base = kept.book.get(name)
    return told_mapping(options, base)


def may_be_saved(kept: Kept, name: str | None, told: Mapping) -> bool:
    """Whether a file may have a mapping that was saved for its columns: then it is looked at."""
    return name is None and told == Mapping() and bool(kept.book.listed())


def looked(kept: Kept, path: Path, told: Mapping, *, never_saved: bool) -> Looked:
    """What a file seems to mean, where it is as well shown or kept as used."""
    return look(kept.book, path, told, kept.keys, never_saved=never_saved)


def keep(kept: Kept, name: str, found: Looked) -> str:
    """Keeps a mapping that was looked at, and says so. Raises what is wrong with it."""
    suggestion = found.suggestion
    if suggestion.problem is not None:
        raise suggestion.problem
    if _is_file(name):
        return f"Wrote {write_mapping(suggestion.mapping, Path(name))}."
    row = kept.book.save(name, suggestion.mapping, suggestion.signature, AUTHOR)
    return f"The mapping {name!r} is kept, version {row.version}."


def commented(found: Looked) -> str:
    """A mapping as YAML, with what it rests on and what it would do as comments."""
    suggestion = found.suggestion
    if suggestion.problem is not None:
        raise suggestion.problem
    above = [f"{suggestion.source}, read as {suggestion.form}."]
    above += [found.why] if found.why else []
    above += [f"{reason.role}: {reason.column}, {reason.why}" for reason in suggestion.reasons]
    above += [*suggestion.notes]
    below = ["The first rows as events:"]
    below += [msgspec.json.encode(event).decode() for event in suggestion.events]
    below += [f"Set aside: {reason}." for reason in suggestion.set_aside]
    return _comment(above) + mapping_text(suggestion.mapping) + _comment(below)


def _comment(sentences: list[str]) -> str:
    return "".join(f"# {line}\n" for told in sentences for line in told.splitlines())


def _is_file(name: str) -> bool:
    return name.endswith(FILES) or "/" in name
