"""Labels: the first rule that fits names the event."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, kept_events, shards_at, some_journeys, walks_of

from desireline.engine.labelling import LabelsImpossible, outcome_events, relabelled
from desireline.engine.rules import AllOf, Event, matches
from desireline.engine.rules.builders import event, value

PLAIN = st.lists(st.lists(st.sampled_from("abcdz"), min_size=1).map(tuple).map(Event), max_size=4)


def named_slowly(journeys, rules):
    """The name of each event that is left, by asking rule after rule."""
    held = [matches(journeys, rule) for rule in rules]
    return [
        next((f"T{r}" for r, h in enumerate(held) if h[i]), None) for i in range(len(journeys.code))
    ]


class TestRelabel:
    @given(some_journeys(), PLAIN, st.booleans())
    def test_the_first_rule_that_fits_names_the_event(self, journeys, rules, further):
        rules = [*rules, value("gt", 1.0)] if further else rules
        names = [f"T{i}" for i in range(len(rules))]
        made = relabelled(journeys, rules, names)
        wanted = named_slowly(journeys, rules)
        visible = {i for kept in kept_events(made) for i in kept}
        got = [made.events[made.code[i]] if i in visible else None for i in range(len(wanted))]
        assert got == wanted
        assert made.code.dtype == np.uint16
        assert made.time is journeys.time

    @given(some_journeys(), PLAIN)
    def test_the_table_equals_rule_after_rule(self, journeys, rules):
        names = [f"T{i}" for i in range(len(rules))]
        slow = [AllOf((rule, value("ge", -1) | ~value("ge", -1))) for rule in rules]
        assert walks_of(relabelled(journeys, rules, names)) == walks_of(
            relabelled(journeys, slow, names)
        )

    @given(some_journeys(), PLAIN, st.integers(0, 7))
    def test_shards_together_are_the_whole(self, journeys, rules, cut):
        names = [f"T{i}" for i in range(len(rules))]
        shards = [relabelled(shard, rules, names) for shard in shards_at(journeys, [cut])]
        parts = [walk for shard in shards for walk in walks_of(shard)]
        assert parts == walks_of(relabelled(journeys, rules, names))

    def test_journeys_without_a_labelled_event_stay(self):
        made = relabelled(journeys_of([[("a", 0)], [("b", 0)]]), [event("a")], ["A"])
        assert made.mask.journey.tolist() == [True, True]
        assert walks_of(made) == [[("A", 0)], []]

    def test_needs_a_name_for_each_rule(self):
        with pytest.raises(LabelsImpossible, match="1 rules cannot name events with 2 names") as e:
            relabelled(journeys_of([[("a", 0)]]), [event("a")], ["A", "B"])
        assert "one name for each rule" in e.value.hint


class TestOutcome:
    def test_is_where_its_rule_holds(self):
        journeys = journeys_of([[("a", 0), ("b", 1)]])
        assert outcome_events(journeys, event("b")).tolist() == [False, True]
        assert outcome_events(journeys, None) is None
