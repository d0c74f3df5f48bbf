"""Findings about a property: it changed what it is, or is not what it was declared to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.engine.analyses.times import iso
from desireline.modules.catalogue.repository import KindRow


@dataclass(frozen=True, slots=True)
class Finding:
    """What is odd: a code for programs, a sentence for people, since when, and how many events."""

    code: str
    sentence: str
    since: int
    n: int


def findings(kinds: Sequence[KindRow], declared: str) -> list[Finding]:
    """Of the kinds that a property was of, the first seen first; `declared` may be empty.

    What it is meant to be is the declared kind, else the first one. `kind_changed`: since another
    came, it was not what it had been. `kind_mixed`: it is both. `kind_wrong`: not as declared.
    """
    if declared:
        return [_wrong(kind, declared) for kind in kinds if kind.kind != declared]
    return [_other(kinds[0], kind) for kind in kinds[1:]]


def _wrong(kind: KindRow, declared: str) -> Finding:
    return Finding(
        "kind_wrong",
        f"It is declared to be a {declared}, and was a {kind.kind} in {_events(kind)}, first on"
        f" {iso(kind.first_at)}, last on {iso(kind.last_at)}.",
        kind.first_at,
        kind.n,
    )


def _other(first: KindRow, kind: KindRow) -> Finding:
    changed = first.last_at < kind.first_at
    was = f"It was a {first.kind} in {_events(first)}"
    if changed:
        sentence = (
            f"{was} until {iso(first.last_at)}, and is a {kind.kind} since"
            f" {iso(kind.first_at)}, in {_events(kind)}."
        )
    else:
        sentence = f"{was}, and a {kind.kind} in {_events(kind)} since {iso(kind.first_at)}."
    return Finding("kind_changed" if changed else "kind_mixed", sentence, kind.first_at, kind.n)


def _events(kind: KindRow) -> str:
    return "1 event" if kind.n == 1 else f"{kind.n:,} events"
