"""The tree of a path pattern: what stands between `^` and `within`."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

Parts: TypeAlias = Annotated[tuple["PatternTree", ...], Meta(min_length=2)]
Times: TypeAlias = Annotated[int, Meta(ge=0, le=1000)]


class One(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="one",
    rename={"names": "in"},
):
    """One event of a named type; `negated`, one event of any other type.

    Written `a`, `[a b]`, `[^a b]`. Negated without names it is any event, written `.`.
    """

    names: tuple[str, ...] = ()
    negated: bool = False

    def __post_init__(self) -> None:
        if not self.names and not self.negated:
            raise ValueError("one event must name at least one event type in `in`")


class Then(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="then"):
    """The parts one after the other, nothing in between. Written `a -> b`."""

    parts: Parts


class Either(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="either"
):
    """One of the parts. Written `a | b`."""

    parts: Parts


class Repeat(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="repeat",
):
    """The part again and again. Written `a*`, `a+`, `a?`, `a{2}`, `a{2,}`, `a{2,5}`.

    `at_most` None is without limit.
    """

    part: PatternTree
    at_least: Times = 0
    at_most: Times | None = None

    def __post_init__(self) -> None:
        if self.at_most is not None and self.at_most < max(self.at_least, 1):
            raise ValueError("`at_most` must be 1 or more, and not less than `at_least`")


PatternTree: TypeAlias = One | Then | Either | Repeat

ANYTHING = Repeat(One(negated=True))
"""Any events, or none: what `~>` puts between two parts."""
