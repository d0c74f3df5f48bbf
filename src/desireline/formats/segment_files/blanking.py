"""Erasing from segments: a new file in which some persons' events are blank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.segment_files.files import COLUMNS, SegmentFile, segment_sql
from desireline.formats.segment_files.writing import write_segment

KEPT = ("place", "id_hi", "id_lo")
EMPTY = ("type", "kind", "channel", "direction", "actor", "source")
"""Text columns of the tail that are never null."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """Whose events are to go: subjects, and the identifiers that other events may mention."""

    subjects: Sequence[int]
    names: Sequence[tuple[str, str]]
    """Kind and value."""

    @property
    def own(self) -> str:
        """The events of the subjects, as a condition."""
        return f"subject IN ({', '.join(str(int(n)) for n in self.subjects)})"

    @property
    def mentions(self) -> dict[str, str]:
        """For each kind the condition that an event mentions one of the identifiers."""
        values = defaultdict(list)
        for kind, value in self.names:
            values[kind].append(text_sql(value))
        return {
            kind: f"coalesce(json_extract_string(identifiers, {_pointer(kind)}), '')"
            f" IN ({', '.join(texts)})"
            for kind, texts in values.items()
        }


def held(duck: Duck, path: Path, erasing: Erasing) -> tuple[int, int]:
    """How many events of a segment are the subjects', and how many others mention them."""
    mentions = " OR ".join(f"({m})" for m in erasing.mentions.values()) or "false"
    own, others = duck.row(
        f"SELECT count(*) FILTER ({erasing.own}),"
        f" count(*) FILTER (NOT {erasing.own} AND identifiers IS NOT NULL AND ({mentions}))"
        f" FROM {segment_sql(path)}"
    )
    return own, others


def write_blanked(duck: Duck, path: Path, erasing: Erasing, to: Path) -> SegmentFile:
    """The finished file of a segment without the events of some subjects, fsynced, at `to`.

    Of each is left a row with its id and place, of subject 0, so that it stays a duplicate and
    positions stay without gaps. Where other events mention an identifier, it is taken out.
    Raises DuckFailed.
    """
    kept = "identifiers"
    for kind, mention in erasing.mentions.items():
        without = f"json_merge_patch({kept}, json_object({text_sql(kind)}, NULL))::VARCHAR"
        kept = f"CASE WHEN {mention} THEN {without} ELSE {kept} END"
    columns = ", ".join(_blanked(name, erasing.own, kept) for name in COLUMNS)
    return write_segment(duck, f"(SELECT {columns} FROM {segment_sql(path)})", to)


def _blanked(name: str, own: str, identifiers: str) -> str:
    if name in KEPT:
        return name_sql(name)
    value = f"nullif({identifiers}, '{{}}')" if name == "identifiers" else name_sql(name)
    empty = "''" if name in EMPTY else "0" if name in ("subject", "at", "received_at") else "NULL"
    return f"CASE WHEN {own} THEN {empty} ELSE {value} END AS {name_sql(name)}"


def _pointer(key: str) -> str:
    return text_sql("/" + key.replace("~", "~0").replace("/", "~1"))  # RFC 6901
