"""What a rule would catch, against slow counting, however the persons are spread over parts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of

from desireline.engine.compute.threads import run
from desireline.engine.living_map import rule_preview
from desireline.engine.living_map.rule_preview import Query, RulePreview
from desireline.engine.rules import Event

WALKS = st.lists(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 50).map(float)), max_size=6),
    max_size=12,
)


def asked(walks: list[list[tuple[str, float]]], query: Query, parts: int = 1) -> RulePreview:
    ordered = [sorted(walk, key=lambda event: event[1]) for walk in walks]
    return run(rule_preview, journeys_of(ordered).shards(parts), query)


class TestRulePreview:
    def test_by_pencil(self) -> None:
        walks = [[("a", 1), ("b", 2)], [("a", 3), ("a", 5)], [("c", 4)]]
        query = Query(Event(("a", "b")), ("first", "later"), (Event(("b",)), Event(("a",))), 1)
        found = asked([[(e, float(t)) for e, t in walk] for walk in walks], query)
        assert (found.events, found.left, found.persons) == (4, 3, 2)
        assert (found.first_at, found.last_at) == ("1970-01-01T00:00:01Z", "1970-01-01T00:00:05Z")
        assert [(e.at[-3:], e.event) for e in found.examples] == [("05Z", "a"), ("02Z", "b")]
        assert [(o.touchpoint, o.events, o.goes_there) for o in found.overlap] == [
            ("first", 1, True),
            ("later", 3, False),
        ]

    @settings(max_examples=60, deadline=None)
    @given(WALKS, st.integers(1, 4))
    def test_counts_as_a_person_would(
        self, walks: list[list[tuple[str, float]]], parts: int
    ) -> None:
        walks = [walk for walk in walks if walk] or [[("a", 0.0)]]
        query = Query(Event(("a",)), ("ab",), (Event(("a", "b")),), 1)
        found = asked(walks, query, parts)
        caught = [[time for event, time in walk if event == "a"] for walk in walks]
        assert found.events == sum(map(len, caught))
        assert found.persons == sum(map(bool, caught))
        assert found.left == 0
        newest = sorted((max(times) for times in caught if times), reverse=True)[:5]
        assert [int(e.at[14:16]) * 60 + int(e.at[17:19]) for e in found.examples] == newest
        assert found == asked(walks, query)
