"""Journey maps for tests: a small shop by hand, and any map at all as a hypothesis strategy."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from desireline.engine.journey_map import (
    Actor,
    CaseBy,
    Cell,
    DepartmentGoal,
    Goal,
    JourneyMap,
    Lane,
    LeftOut,
    MomentOfTruth,
    Note,
    Parent,
    Persona,
    Stage,
    Touchpoint,
    default_name,
)
from desireline.engine.rules import ast
from desireline.engine.rules.tree import Either, One, Repeat, Then

ODD = [
    "NO", "yes", "on", "null", "~", "true", "1e3", "0x1F", "12:30", "2024-05-01", "1_000", ".5",
    "-", "- a", "a: b", "#", "a #b", ":", "'", '"', "&x", "*x", "!x", "%", "@", "`", "|", ">",
    "", " a ", "a\nb", "a\n\nb\n", "\n", "\ta", "a\u2028b", "\x00", "\x85", "żółw", "猫", "🐈",
    "<<", "=",
]  # fmt: skip
TEXT = st.sampled_from(ODD) | st.text(max_size=12)
KEY = (st.sampled_from([o for o in ODD if o and not any(c.isspace() for c in o)]) | st.text(
    min_size=1, max_size=8
)).filter(lambda k: not any(c.isspace() for c in k))  # fmt: skip
NUMBER = st.floats(0, 1e9) | st.integers(0, 10**6).map(float)
NAMES = st.lists(TEXT, min_size=1, max_size=3).map(tuple)
SINGLE = TEXT | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)


def touchpoint(key: str, *events: str, **more: Any) -> Touchpoint:
    """A touchpoint named after its key; its events default to its key."""
    parts: dict[str, Any] = {"name": default_name(key), "rule": ast.Event(events or (key,))}
    return Touchpoint(key=key, **(parts | more))


def stage(key: str, *touchpoints: Touchpoint | str) -> Stage:
    """A stage of touchpoints; a text is a touchpoint of one event type."""
    made = tuple(t if isinstance(t, Touchpoint) else touchpoint(t) for t in touchpoints)
    return Stage(key=key, name=default_name(key), touchpoints=made)


def map_of(*stages: Stage, outcome: str | None = None, **more: Any) -> JourneyMap:
    """A map called `shop` of these stages; its outcome is an event type."""
    rule = None if outcome is None else ast.Event((outcome,))
    parts: dict[str, Any] = {"key": "shop", "name": "Shop", "goal": Goal(outcome=rule)}
    return JourneyMap(stages=stages, **(parts | more))


def any_tree() -> st.SearchStrategy[Any]:
    """Any tree of a path pattern."""
    ones = st.builds(One, names=NAMES, negated=st.booleans())
    return st.recursive(
        ones,
        lambda inner: (
            st.builds(Then, parts=st.lists(inner, min_size=2, max_size=3).map(tuple))
            | st.builds(Either, parts=st.lists(inner, min_size=2, max_size=3).map(tuple))
            | st.builds(Repeat, part=inner, at_least=st.integers(0, 3))
        ),
        max_leaves=5,
    )


def any_rule() -> st.SearchStrategy[Any]:
    """Any rule, of most kinds, a few levels deep."""
    leaves = (
        st.builds(ast.Event, NAMES)
        | st.builds(ast.Channel, NAMES)
        | st.builds(ast.Direction, st.lists(st.sampled_from(ast.WAYS), min_size=1).map(tuple))
        | st.builds(ast.Property, TEXT, st.just("eq"), SINGLE)
        | st.builds(
            ast.Property, TEXT, st.just("in"), st.lists(SINGLE, min_size=1, max_size=2).map(tuple)
        )
        | st.builds(ast.Value, st.just("ge"), NUMBER)
        | st.builds(ast.Pattern, any_tree(), st.none() | NUMBER, st.booleans())
    )
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(ast.AllOf, st.lists(inner, max_size=2).map(tuple))
            | st.builds(ast.Not, inner)
            | st.builds(ast.Count, inner, st.integers(1, 5))
        ),
        max_leaves=4,
    )


RULE = any_rule()


@st.composite
def any_map(draw: st.DrawFn) -> JourneyMap:
    """Any sound map, with odd words in every place that takes words."""
    keys = draw(st.lists(KEY, max_size=4, unique=True))
    cuts = draw(st.lists(st.integers(1, 3), min_size=4, max_size=4))
    stages, rest = [], list(keys)
    for number, cut in enumerate(cuts):
        part, rest = rest[:cut], rest[cut:]
        made = tuple(draw(_any_touchpoint(key)) for key in part)
        stages.append(Stage(key=f"s{number}", name=draw(TEXT), touchpoints=made))
    cell = st.builds(
        Cell,
        text=TEXT,
        evidence=st.sampled_from(["observed", "declared", "stale"]),
        n=st.none() | st.integers(0, 9**9),
    )
    cells = st.dictionaries(st.sampled_from(keys), cell) if keys else st.just({})
    lane_keys = draw(st.lists(KEY | st.just("think"), max_size=2, unique=True))
    kinds: st.SearchStrategy[Any] = st.sampled_from(["think", "metric", "quote", "rich_text"])
    persona_keys = draw(st.lists(KEY, max_size=2, unique=True))
    return JourneyMap(
        key=draw(KEY),
        name=draw(TEXT),
        version=draw(st.integers(1, 99)),
        kind=draw(st.sampled_from(["as_is", "hypothesis", "to_be"])),
        goal=draw(st.builds(Goal, statement=TEXT, outcome=st.none() | RULE)),
        case_by=draw(
            st.just(CaseBy("person"))
            | st.builds(CaseBy, st.just("column"), column=TEXT)
            | st.builds(CaseBy, st.just("session"), gap_seconds=NUMBER.filter(bool))
        ),
        personas=tuple(
            Persona(
                key=k,
                name=draw(TEXT),
                segment=draw(st.none() | TEXT),
                rule=draw(st.none() | RULE),
            )
            for k in persona_keys
        ),
        stages=tuple(stages),
        lanes=tuple(
            Lane(key=k, kind=draw(kinds), name=draw(TEXT), cells=draw(cells)) for k in lane_keys
        ),
        left_out=tuple(
            LeftOut(event=event, reason=draw(TEXT))
            for event in draw(st.lists(TEXT, max_size=2, unique=True))
        ),
        scope=draw(st.sampled_from(["life_cycle", "task"])),
        parent=draw(st.none() | st.builds(Parent, map=KEY, touchpoint=st.none() | KEY)),
        actors=tuple(
            Actor(key=k, name=draw(TEXT | st.just(default_name(k))))
            for k in draw(st.lists(KEY, max_size=2, unique=True))
        ),
        notes=tuple(
            Note(key=k, text=draw(TEXT), x=draw(NUMBER))
            for k in draw(st.lists(KEY, max_size=2, unique=True))
        ),
    )


def _any_touchpoint(key: str) -> st.SearchStrategy[Touchpoint]:
    return st.builds(
        Touchpoint,
        key=st.just(key),
        name=TEXT | st.just(default_name(key)),
        kind=st.sampled_from(["action", "communication"]),
        rule=RULE,
        channel=st.none() | TEXT,
        initiator=st.none() | TEXT,
        optional=st.booleans(),
        repeatable=st.booleans(),
        not_before_seconds=st.none() | NUMBER.map(lambda n: n / 4),
        owner=st.none() | TEXT,
        goals=st.lists(
            st.builds(DepartmentGoal, department=TEXT, statement=TEXT, against=NAMES), max_size=1
        ).map(tuple),
        moment_of_truth=st.none()
        | st.builds(MomentOfTruth, to_customer=st.none() | st.integers(1, 5), reason=TEXT),
        description=TEXT,
    )
