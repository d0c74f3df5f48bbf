"""What a study tells: its table, and the bars that it was held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FIRST_SEED = 1_000
"""Methods are developed on seeds below; studies count from here."""


MET = {True: "yes", False: "**no**", None: "for the record"}


@dataclass(frozen=True)
class Bar:
    """Something that is asked, and what came of it."""

    asked: str
    found: str
    met: bool | None = None
    """None: nothing is asked, it stands there for the record."""


@dataclass(frozen=True)
class Told:
    """The outcome of a study."""

    title: str
    about: str
    """What was planted, how many worlds of what size, and what was counted; Markdown."""
    bars: Sequence[Bar]
    table: Sequence[Sequence[str]] = ()
    """Further figures: the head, and the rows."""


def in_words(told: Told) -> str:
    """The study as a section of Markdown."""
    asked = [("asked", "found", "met")]
    asked += [(bar.asked, bar.found, MET[bar.met]) for bar in told.bars]
    parts = [f"## {told.title}", told.about.strip(), _table(asked)]
    return "\n\n".join(parts + ([_table(told.table)] if told.table else []))


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(count: int, n: int) -> str:
    """A share with the numbers that it is made of."""
    return f"{count / n:.1%} ({count:,} of {n:,})" if n else "none"
