"""Erasing from segments: a new file in which some events are blank, or nobody's in particular."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np

from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.segment_files.files import COLUMNS, SegmentFile, segment_sql
from desireline.formats.segment_files.writing import write_segment

KEPT = ("place", "id_hi", "id_lo")
EMPTY = ("type", "kind", "channel", "direction", "actor", "source")
"""Text columns of the tail that are never null."""
CUT = ("subject", "actor", "properties", "context")
"""What is other in an event that has become nobody's."""


class Said(NamedTuple):
    """What an event says that may tell whose it is."""

    subject: int
    actor: str
    properties: str | None
    context: str | None


Cut: TypeAlias = Callable[[Said], Said]
"""What is left of it when nobody is to know whose it was."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """Events that are kept no longer: of some types, or of all others, from before a time."""

    types: Sequence[str]
    before: int
    """Microseconds."""
    others: bool = False
    """Of all types but these."""

    @property
    def condition(self) -> str:
        """As SQL."""
        named = ", ".join(text_sql(name) for name in self.types) or "NULL"
        of_type = f"type IN ({named})"
        if self.others:
            of_type = f"NOT {of_type}" if self.types else "true"
        return f'(subject > 0 AND "at" < {int(self.before)} AND {of_type})'


@dataclass(frozen=True, slots=True)
class Erasing:
    """Which events are to go or to become nobody's, and what others may not mention any more."""

    subjects: Sequence[int] = ()
    """Whose events become blank."""
    names: Sequence[tuple[str, str]] = ()
    """Kind and value of the identifiers that are taken out of the events of others."""
    anonymous: Sequence[int] = ()
    """Whose events become nobody's."""
    cut: Cut | None = None
    """What becomes of those."""
    outdated: Sequence[Outdated] = ()
    """What becomes blank whosever it is."""

    @property
    def own(self) -> str:
        """The events that become blank, as a condition."""
        told = [_among(self.subjects)] if self.subjects else []
        return " OR ".join((*told, *(one.condition for one in self.outdated))) or "false"

    @property
    def nobodys(self) -> str:
        """The events that become nobody's, as a condition."""
        return _among(self.anonymous) if self.anonymous else "false"

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
    """How many events of a segment are concerned, and how many others mention somebody."""
    mentions = " OR ".join(f"({m})" for m in erasing.mentions.values()) or "false"
    concerned = f"(({erasing.own}) OR ({erasing.nobodys}))"
    own, others = duck.row(
        f"SELECT count(*) FILTER ({concerned}),"
        f" count(*) FILTER (NOT {concerned} AND identifiers IS NOT NULL AND ({mentions}))"
        f" FROM {segment_sql(path)}"
    )
    return own, others


def write_blanked(duck: Duck, path: Path, erasing: Erasing, to: Path) -> SegmentFile:
    """The finished file of a segment as it is to be from now on, fsynced, at `to`.

    Of a blank event is left a row with its id and place, of subject 0, so that it stays a duplicate
    and positions stay without gaps. An event that becomes nobody's names no identifiers and says
    what `cut` leaves. Where other events mention an identifier, it is taken out. Raises DuckFailed.
    """
    kept = "identifiers"
    for kind, mention in erasing.mentions.items():
        without = f"json_merge_patch({kept}, json_object({text_sql(kind)}, NULL))::VARCHAR"
        kept = f"CASE WHEN {mention} THEN {without} ELSE {kept} END"
    columns = ", ".join(_column(name, erasing, kept) for name in COLUMNS)
    source = segment_sql(path)
    if erasing.cut is not None and erasing.anonymous:
        _lay_cut(duck, path, erasing, erasing.cut)
        source += " LEFT JOIN cut ON cut.cut_place = place"
    return write_segment(duck, f"(SELECT {columns} FROM {source})", to)


def _lay_cut(duck: Duck, path: Path, erasing: Erasing, cut: Cut) -> None:
    """A table `cut` of what is left of the events that become nobody's, by place."""
    wanted = ", ".join(name_sql(name) for name in CUT)
    rows = duck.rows(f"SELECT place, {wanted} FROM {segment_sql(path)} WHERE {erasing.nobodys}")
    left = [cut(Said(*said)) for _, *said in rows]
    given = {"cut_place": np.array([place for place, *_ in rows], np.int64)}
    for i, name in enumerate(CUT):
        cells = [one[i] for one in left]
        of_text = np.array(["" if cell is None else cell for cell in cells], object)
        given[f"cut_{name}"] = np.array(cells, np.int64) if name == "subject" else of_text
    duck.register("given", given)
    texts = (f"cut_{name}::VARCHAR AS cut_{name}" for name in CUT[1:])
    duck.run(
        f"CREATE OR REPLACE TABLE cut AS SELECT cut_place, cut_subject, {', '.join(texts)}"
        " FROM given"
    )
    duck.unregister("given")


def _column(name: str, erasing: Erasing, identifiers: str) -> str:
    if name in KEPT:
        return name_sql(name)
    value = f"nullif({identifiers}, '{{}}')" if name == "identifiers" else name_sql(name)
    empty = "''" if name in EMPTY else "0" if name in ("subject", "at", "received_at") else "NULL"
    nobodys = ""
    if erasing.anonymous and name in (*CUT, "identifiers"):
        cut = {"identifiers": "NULL", "subject": "cut_subject", "actor": "cut_actor"}
        told = cut.get(name, f"nullif(cut_{name}, '')")
        nobodys = f" WHEN {erasing.nobodys} THEN {told}"
    return f"CASE WHEN {erasing.own} THEN {empty}{nobodys} ELSE {value} END AS {name_sql(name)}"


def _among(subjects: Sequence[int]) -> str:
    return f"subject IN ({', '.join(str(int(number)) for number in subjects)})"


def _pointer(key: str) -> str:
    return text_sql("/" + key.replace("~", "~0").replace("/", "~1"))  # RFC 6901
