"""Properties of events at hand, which are those that a segment's reading finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.formats.duck import Duck
from desireline.formats.segment_columns import (
    MACHINE,
    held_in,
    read_property_codes,
    texts_of_properties,
)
from desireline.log.index.vocabulary import PropertyVocabulary

NAMES = ("a", "a.b", "a/b~c", 'it\'s "so"', "context.a", "context.a.b", MACHINE, "source")
WORDS = st.sampled_from(["a", "b", "a.b", "a/b~c", 'it\'s "so"', "bot", "prefetch", "datacenter"])
VALUES = st.one_of(
    *(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.sampled_from([0.1, 1e300, -2.5])),
    st.sampled_from(["", " ", "x", "ä", "true", "1.50", "\u2028", 'a"b', "[1]"]),
)
OBJECTS = st.none() | st.dictionaries(
    WORDS, VALUES | st.lists(VALUES, max_size=2) | st.dictionaries(WORDS, VALUES, max_size=2)
)


@pytest.fixture(scope="module")
def duck() -> Iterator[Duck]:
    with Duck() as made:
        yield made


@given(rows=st.lists(st.tuples(OBJECTS, OBJECTS, st.sampled_from(["", "shop"])), max_size=6))
def test_of_events_at_hand_are_those_of_a_table(
    duck: Duck, rows: list[tuple[dict[str, Any] | None, dict[str, Any] | None, str]]
) -> None:
    columns: dict[str, list[str | None]] = {
        "properties": [None if p is None else json.dumps(p) for p, _, _ in rows],
        "context": [None if c is None else json.dumps(c) for _, c, _ in rows],
        "source": [source for _, _, source in rows],
    }
    duck.register("rows_at_hand", {n: np.array(texts, object) for n, texts in columns.items()})
    duck.run("CREATE OR REPLACE TABLE rows_laid_down AS SELECT * FROM rows_at_hand")
    duck.unregister("rows_at_hand")

    found = texts_of_properties(duck, columns, NAMES)

    for name in NAMES:
        assert held_in(name) in columns
        words = PropertyVocabulary()
        codes = words.codes(found[name])
        wanted = read_property_codes(duck, "rows_laid_down", name)
        assert codes.tolist() == wanted.codes.tolist()
        assert words.names == tuple(wanted.names.tolist())


def test_a_property_that_is_a_name_with_a_dot_comes_before_one_inside(duck: Duck) -> None:
    texts = [json.dumps({"a.b": 1, "a": {"b": 2}}), json.dumps({"a": {"b": 2}})]
    assert texts_of_properties(duck, {"properties": texts}, ["a.b"]) == {"a.b": ["1", "2"]}
