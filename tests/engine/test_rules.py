"""Rules: read, told in words, and where they hold against slow and obvious oracles."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, shards_at, some_journeys
from tests.engine.rule_oracle import naive_matches

from desireline.engine.journeys import Column, Journeys
from desireline.engine.rules import (
    Actor,
    AllOf,
    AnyOf,
    Channel,
    Count,
    Direction,
    Event,
    Not,
    Property,
    Rule,
    RuleUnreadable,
    Sequence,
    Step,
    TimeOfDay,
    Trait,
    Value,
    columns_of,
    event_table,
    from_dict,
    holds_for_journey,
    in_words,
    matches,
    parse,
    schema,
    to_dict,
    traits_of,
    unknown_names,
)
from desireline.engine.rules.ast import WAYS
from desireline.engine.rules.builders import (
    channel,
    count,
    direction,
    event,
    prop,
    sequence,
    then,
    trait,
    value,
)
from desireline.engine.rules.names import DIRECTION

PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas" / "rule.schema.json"
NO_RULES = {"type": "all", "rules": []}
ANY_EVENT = {"type": "one", "negated": True}
TYPES = st.lists(st.sampled_from("abcdz"), min_size=1, max_size=2).map(tuple)
SECONDS = st.none() | st.sampled_from([0.0, 1.0, 500.0, 3000.5, 1e7])
CLOCKS = st.sampled_from(["00:00", "01:30", "12:00", "23:59", "24:00"])
ORDERS = st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"])
SINGLES = st.sampled_from(["x", "y", "12", 12, 0.5, 2, True])


def comparisons(kind: type) -> st.SearchStrategy:
    return (
        st.builds(kind, st.sampled_from(["size", "n", "gone"]), ORDERS, SINGLES)
        | st.builds(kind, st.just("size"), st.just("in"), st.lists(SINGLES, min_size=1).map(tuple))
        | st.builds(kind, st.just("size"), st.just("contains"), st.sampled_from(["x", "1", ""]))
        | st.builds(kind, st.sampled_from(["size", "n"]), st.just("exists"))
    )


def rules() -> st.SearchStrategy[Rule]:
    channels = st.lists(st.sampled_from(["", "web", "sms"]), min_size=1).map(tuple)
    leaves = (
        st.builds(Event, TYPES)
        | comparisons(Property)
        | comparisons(Trait)
        | st.builds(Channel, channels)
        | st.builds(Actor, channels)
        | st.builds(Direction, st.lists(st.sampled_from(WAYS), min_size=1, max_size=2).map(tuple))
        | st.builds(Value, ORDERS, st.sampled_from([0.5, 1.0, 2.0]))
        | st.builds(TimeOfDay, CLOCKS, CLOCKS, st.sampled_from([(), ("thu",), ("fri", "sat")]))
        | st.sampled_from([parse("a ~> b"), parse("a -> . within 500s"), parse("^ a* $")])
    )

    def larger(rule: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        steps = st.lists(st.builds(Step, rule, SECONDS, st.none() | rule), max_size=2)
        return (
            st.builds(AllOf, st.lists(rule, max_size=3).map(tuple))
            | st.builds(AnyOf, st.lists(rule, max_size=3).map(tuple))
            | st.builds(Not, rule)
            | st.builds(lambda r, s, w: Sequence((Step(r), *s), w), rule, steps, SECONDS)
            | st.builds(
                lambda r, low, more, w: Count(r, low, None if more is None else low + more, w),
                rule,
                st.integers(1, 3),
                st.none() | st.integers(0, 2),
                SECONDS,
            )
        )

    return st.recursive(leaves, larger, max_leaves=5)


@st.composite
def described_journeys(draw: st.DrawFn) -> Journeys:
    """Journeys with a text and a number property, directions, traits, channels and values."""
    made = draw(some_journeys(max_journeys=5, max_length=7))
    n = len(made.code)

    def column(length: int, kind: str) -> Column:
        if kind == "size":
            codes = draw(st.lists(st.integers(-1, 3), min_size=length, max_size=length))
            return Column(codes=np.array(codes, np.int32), values=("x", "y", "12", "true"))
        some = st.sampled_from([np.nan, 0.5, 2.0, 12.0])
        return Column(numbers=np.array(draw(st.lists(some, min_size=length, max_size=length))))

    codes = draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    told = np.array(draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n)), np.int32)
    ways = {DIRECTION: Column(codes=told, values=WAYS)} if draw(st.booleans()) else {}
    return replace(
        made,
        columns={kind: column(n, kind) for kind in ("size", "n")} | ways,
        traits={kind: column(len(made), kind) for kind in ("size", "n")},
        channel=np.array(codes, np.uint8),
        channels=("", "web", "shop"),
    )


class TestMatch:
    @settings(max_examples=200)
    @given(described_journeys(), rules())
    def test_equals_the_oracle(self, journeys, rule):
        np.testing.assert_array_equal(matches(journeys, rule), naive_matches(journeys, rule))

    @given(described_journeys(), rules(), st.integers(0, 5))
    def test_shards_together_are_the_whole(self, journeys, rule, cut):
        parts = [matches(shard, rule) for shard in shards_at(journeys, [cut])]
        np.testing.assert_array_equal(np.any(parts, axis=0), matches(journeys, rule))

    @given(described_journeys(), rules(), rules())
    def test_both_is_the_intersection(self, journeys, a, b):
        both = matches(journeys, a) & matches(journeys, b)
        np.testing.assert_array_equal(matches(journeys, a & b), both)

    def test_a_sequence_holds_where_it_is_complete(self):
        journeys = journeys_of([[("cart", 0), ("help", 50), ("order", 100), ("order", 200)]])
        cart, order = event("cart"), event("order")
        assert matches(journeys, sequence(cart, order)).tolist() == [False, False, True, True]
        soon = sequence(cart, then(order, within_seconds=100))
        assert matches(journeys, soon).tolist() == [False, False, True, False]
        alone = sequence(cart, then(order, without=event("help")))
        assert not matches(journeys, alone).any()

    def test_a_count_holds_from_the_event_that_reaches_it(self):
        journeys = journeys_of([[("a", 0), ("b", 1), ("a", 2), ("a", 10), ("a", 11)]])
        held = matches(journeys, count(event("a"), at_least=2, at_most=3))
        assert held.tolist() == [False, False, True, True, False]
        soon = matches(journeys, count(event("a"), at_least=2, within_seconds=2))
        assert soon.tolist() == [False, False, True, False, True]

    def test_a_clock_over_midnight_and_an_offset(self):
        hours = [h * 3600 for h in (0, 5, 12, 22, 23)]
        journeys = journeys_of([[("a", h) for h in hours]])
        night = TimeOfDay("22:30", "06:00")
        assert matches(journeys, night).tolist() == [True, True, False, False, True]
        warsaw = TimeOfDay("23:00", "24:00", utc_offset_minutes=60)
        assert matches(journeys, warsaw).tolist() == [False, False, False, True, False]
        friday = TimeOfDay(weekdays=("fri",), utc_offset_minutes=60)
        assert matches(journeys, friday).tolist() == [False, False, False, False, True]

    def test_where_time_runs_back_the_clock_stands_still(self):
        walk = [("a", 100), ("b", 50), ("b", 120)]
        journeys = journeys_of([walk], ordered_by_time=False)
        at_once = sequence(event("a"), then(event("b"), within_seconds=0))
        assert matches(journeys, at_once).tolist() == [False, True, False]

    @given(some_journeys(), st.lists(st.sampled_from("abcdz"), min_size=1))
    def test_many_types_by_table_equal_few_by_comparison(self, journeys, names):
        rule = AllOf((Event(tuple(names)), Not(Event(("a",)))))
        wide = replace(journeys, events=(*journeys.events, *(f"x{i}" for i in range(20))))
        np.testing.assert_array_equal(matches(wide, ~rule), matches(journeys, ~rule))


class TestHoldForJourney:
    def test_at_any_event(self):
        journeys = journeys_of([[("a", 0), ("b", 1)], [], [("b", 0)], [("a", 0)]])
        assert holds_for_journey(journeys, event("a")).tolist() == [True, False, False, True]

    def test_not_asks_for_journeys_without(self):
        journeys = journeys_of([[("a", 0), ("b", 1)], [], [("b", 0)]])
        assert holds_for_journey(journeys, ~event("a")).tolist() == [False, True, True]

    def test_counts_and_their_absence_combine_over_the_journey(self):
        journeys = journeys_of([[("a", 0), ("b", 1), ("b", 2)], [("a", 0), ("b", 1)], [("b", 1)]])
        rule = event("a") & ~count(event("b"), at_least=2)
        assert holds_for_journey(journeys, rule).tolist() == [False, True, False]

    @given(described_journeys(), st.integers(0, 5), rules())
    def test_shards_together_are_the_whole(self, journeys, cut, rule):
        parts = [holds_for_journey(shard, rule) for shard in shards_at(journeys, [cut])]
        np.testing.assert_array_equal(np.concatenate(parts), holds_for_journey(journeys, rule))


class TestTable:
    def test_only_rules_that_look_at_the_type_alone_have_one(self):
        events = ("a", "b", "c")
        assert event_table(event("a", "z") | ~event("b", "a"), events).tolist() == [
            True,
            False,
            True,
        ]
        assert event_table(AllOf(()), events).all()
        assert not event_table(AnyOf(()), events).any()
        assert event_table(event("a") & channel("web"), events) is None
        assert event_table(~prop("x", "exists"), events) is None


class TestRead:
    @given(rules())
    def test_reads_back_what_it_writes(self, rule):
        plain = to_dict(rule)
        assert json.loads(json.dumps(plain)) == plain
        again = from_dict(plain)
        assert to_dict(again) == plain
        assert again == rule

    @given(rules())
    def test_what_is_written_fits_the_schema(self, rule):
        jsonschema.Draft202012Validator(schema()).validate(to_dict(rule))

    def test_the_published_schema_is_the_one_in_the_code(self):
        assert json.loads(PUBLISHED.read_text()) == schema()
        jsonschema.Draft202012Validator.check_schema(schema())

    @pytest.mark.parametrize(
        ("data", "message", "hint"),
        [
            ({"type": "event", "in": ["a", 5]}, r"at \$\.in\[1\]: expected `str`.* holds 5\.", ""),
            ({"type": "event", "in": "a"}, r"at \$\.in: .*holds 'a'", "['a']"),
            ({"type": "evnt", "in": ["a"]}, r"at \$\.type: .*'evnt'", "'event'"),
            ({"in": ["a"]}, "required field `type`", "one of event"),
            ({"type": "event", "in": ["a"], "x": 1}, "unknown field `x`", "schema"),
            ({"type": "event", "in": []}, r"at \$\.in: .*length >= 1", ""),
            (
                {"type": "not", "rule": {"type": "property", "name": "p", "op": "in", "value": 3}},
                r"at \$\.rule: `in` takes a list of values",
                "",
            ),
            ({"type": "property", "name": "p", "op": "eq"}, "`eq` takes one value", ""),
            ({"type": "property", "name": "p", "op": "exists", "value": 1}, "takes no value", ""),
            ({"type": "property", "name": "p", "op": "contains", "value": 1}, "takes a text", ""),
            ({"type": "time_of_day", "from": "8:00"}, r"at \$\.from", ""),
            (
                {"type": "sequence", "steps": [{"rule": NO_RULES, "within_seconds": 3}]},
                "the first step has no step before it",
                "",
            ),
            (
                {"type": "count", "rule": NO_RULES, "at_least": 3, "at_most": 2},
                "less than `at_least`",
                "",
            ),
            (
                {"type": "pattern", "tree": {"type": "oen", "in": ["a"]}},
                r"at \$\.tree\.type",
                "Did you mean 'one'",
            ),
            ({"type": "pattern", "tree": {"type": "one"}}, "must name at least one", ""),
            (
                {"type": "pattern", "tree": {"type": "repeat", "part": ANY_EVENT, "at_most": 0}},
                "must be 1 or more",
                "",
            ),
            ("cart", r"at \$: .*holds 'cart'", ""),
            (None, r"at \$", ""),
        ],
    )
    def test_names_the_path_and_the_value(self, data, message, hint):
        with pytest.raises(RuleUnreadable, match=message) as caught:
            from_dict(data)
        assert caught.value.hint
        assert hint in caught.value.hint

    def test_refuses_endless_nesting(self):
        data: dict = {"type": "all", "rules": []}
        for _ in range(100_000):
            data = {"type": "not", "rule": data}
        with pytest.raises(RuleUnreadable, match="nested too deeply"):
            from_dict(data)


class TestName:
    RULE = (event("cart", "oder") & channel("wbe", "")) | sequence(
        prop("size", "gt", 3), then(parse("ordr"), without=trait("tier", "eq", "gold"))
    )

    def test_lists_what_must_be_read(self):
        assert columns_of(self.RULE) == {"size"}
        assert traits_of(self.RULE) == {"tier"}

    def test_lists_what_the_log_does_not_have(self):
        journeys = replace(
            journeys_of([[("cart", 0), ("order", 1)]]),
            channels=("", "web"),
            columns={"sizes": Column(numbers=np.zeros(2))},
        )
        unknown = {(u.kind, u.name): u.close for u in unknown_names(self.RULE, journeys)}
        assert unknown == {
            ("event", "oder"): ("order",),
            ("channel", "wbe"): ("web",),
            ("property", "size"): ("sizes",),
            ("event", "ordr"): ("order",),
            ("trait", "tier"): (),
        }


class TestTell:
    @pytest.mark.parametrize(
        ("rule", "words"),
        [
            (event("cart", "order"), "cart or order"),
            (event("cart") & channel("web"), "cart, through web"),
            (
                event("cart") & (channel("web") | channel("")),
                "cart, (through web or through an unknown channel)",
            ),
            (~event("bot"), "not bot"),
            (event("order") & value("ge", 50), "order, whose value is at least 50"),
            (
                event("view") & prop("size", "in", ["S", "M", "L"]),
                "view, whose size is one of S, M or L",
            ),
            (prop("returning", "eq", True), "whose returning is yes"),
            (prop("size", "exists"), "whose size is known"),
            (trait("tier", "ne", "gold"), "of a journey whose tier is not gold"),
            (Actor(("support", "")), "by support or an unknown actor"),
            (event("mail") & direction("outbound"), "mail, to the customer"),
            (direction("inbound", "internal"), "from the customer or inside the company"),
            (
                TimeOfDay("08:00", "18:00", ("mon", "tue"), 90),
                "between 08:00 and 18:00 on Mon or Tue (UTC+01:30)",
            ),
            (
                sequence(
                    event("cart"),
                    then(event("order"), within_seconds=259200, without=event("help")),
                ),
                "cart, then within 3 days order without help in between",
            ),
            (sequence(event("a"), event("b"), within_seconds=3600), "a, then b, all within 1 hour"),
            (count(event("order"), at_least=3), "order for the 3rd time or later"),
            (count(event("order"), at_least=2, at_most=2), "order for the 2nd time"),
            (
                count(event("a", "b"), at_least=11, at_most=21, within_seconds=90),
                "a or b for the 11th to 21st time within 90 seconds",
            ),
            (parse("a ~> b within 3d"), "the walk a ~> b within 3d"),
            (AllOf(()), "any event"),
            (AnyOf(()), "no event"),
        ],
    )
    def test_in_words_of_a_shop_owner(self, rule, words):
        assert in_words(rule) == words

    @given(rules())
    def test_every_rule_has_words(self, rule):
        assert in_words(rule).strip()


def test_every_rule_type_is_named_to_the_reader():
    from desireline.engine.rules.ast import Rule as Union  # noqa: PLC0415
    from desireline.engine.rules.reading import TREE_TYPES, TYPES  # noqa: PLC0415
    from desireline.engine.rules.tree import PatternTree  # noqa: PLC0415

    assert [t.__struct_config__.tag for t in Union.__args__] != []
    assert {t.__struct_config__.tag for t in Union.__args__} == set(TYPES)
    assert {t.__struct_config__.tag for t in PatternTree.__args__} == set(TREE_TYPES)
    assert msgspec.json.schema(Union)["discriminator"]["propertyName"] == "type"
