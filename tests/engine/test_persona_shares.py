"""What personas describe, by pencil and against slow counting over any parts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of

from desireline.engine import persona_shares
from desireline.engine.compute.threads import run
from desireline.engine.persona_shares import PersonaShares, Query
from desireline.engine.rules import Event

WALKS = [
    [("cat", 0.0), ("buy", 10.0)],
    [("cat", 5.0)],
    [("buy", 1.0)],
    [("dog", 2.0)],
]
NAMES = ("cats", "buyers")
RULES = (Event(("cat",)), Event(("buy",)))


def asked(
    walks: list[list[tuple[str, float]]], before: int | None = None, parts: int = 1
) -> PersonaShares:
    query = Query(NAMES, RULES, before)
    return run(persona_shares, journeys_of(walks).shards(parts), query)


class TestPersonaShares:
    def test_by_pencil(self) -> None:
        found = asked(WALKS, before=3_000_000)
        assert found.persons == 4
        cats, buyers = found.personas
        assert (cats.share.count, cats.share.n, cats.alone) == (2, 4, 1)
        assert (buyers.share.count, buyers.alone) == (2, 1)
        assert [(o.a, o.b, o.persons) for o in found.overlaps] == [("cats", "buyers", 1)]
        assert (found.nobody.count, found.nobody.n) == (1, 4)
        assert cats.earlier is not None
        assert (cats.earlier.count, cats.earlier.n) == (1, 3), "three had come by then, one a cat's"

    def test_without_personas_nobody_is_described(self) -> None:
        found = run(persona_shares, journeys_of(WALKS), Query((), ()))
        assert (found.nobody.count, found.personas) == (4, ())

    @settings(max_examples=50, deadline=None)
    @given(
        st.lists(
            st.lists(st.sampled_from(["cat", "buy", "dog"]), min_size=1, max_size=4),
            min_size=1,
            max_size=10,
        ),
        st.integers(1, 4),
    )
    def test_counts_as_a_person_would(self, kinds: list[list[str]], parts: int) -> None:
        walks = [[(kind, float(at)) for at, kind in enumerate(walk)] for walk in kinds]
        found = asked(walks, parts=parts)
        assert [p.share.count for p in found.personas] == [
            sum(kind in walk for walk in kinds) for kind in ("cat", "buy")
        ]
        assert found.nobody.count == sum(not {"cat", "buy"} & set(walk) for walk in kinds)
        both = sum({"cat", "buy"} <= set(walk) for walk in kinds)
        assert sum(o.persons for o in found.overlaps) == both
        assert found == asked(walks)
