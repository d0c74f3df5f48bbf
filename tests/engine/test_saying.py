"""Answers in words: keys with their numbers, n and interval in each, no finding of a few."""

from __future__ import annotations

import string
from typing import Any

import pytest
from tests.engine.factories import journeys_of, random_journeys

from desireline.engine.analyses import (
    ANALYSES,
    funnel,
    paths,
    positions,
    retention,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.compute.threads import run
from desireline.engine.rules import Event
from desireline.engine.saying import Message, in_words, said
from desireline.engine.saying.message import SENTENCES, WRITTEN

QUERIES: dict[str, Any] = {
    "transitions": transitions.Query(),
    "variants": variants.Query(top=5),
    "funnel": funnel.Query(tuple(funnel.Step(Event((f"type {i}",))) for i in range(3))),
    "paths": paths.Query("type 0"),
    "touchpoints": touchpoints.Query(outcome=Event(("type 3",))),
    "positions": positions.Query(),
    "retention": retention.Query(period="month", kind="on_or_after"),
}


def _told(analysis: str, n_journeys: int) -> list[Message]:
    journeys = random_journeys(31, n_journeys=n_journeys)
    return in_words(run(ANALYSES[analysis], journeys, QUERIES[analysis]))


@pytest.mark.parametrize("analysis", QUERIES)
class TestAnswers:
    def test_say_n_and_interval(self, analysis: str) -> None:
        told = _told(analysis, 2_000)
        assert told[0].key.startswith(analysis)
        for message in told:
            assert "{" not in message.text
            if "share" in message.values:
                assert {"n", "low", "high"} <= message.values.keys()
                assert f"{message.values['n']:,}" in message.text or "cases" in message.values

    def test_say_nothing_of_a_few(self, analysis: str) -> None:
        told = _told(analysis, 3)
        shares = [m for m in told if "share" in m.values and m.key != "funnel.few"]
        assert shares == []

    def test_say_so_where_there_is_nothing(self, analysis: str) -> None:
        empty = journeys_of([[]], events=("type 0",))
        found = in_words(run(ANALYSES[analysis], empty, QUERIES[analysis]))
        assert [message.key for message in found] == ["nothing"]


@pytest.mark.parametrize("key", SENTENCES)
def test_every_sentence_can_be_written(key: str) -> None:
    text = SENTENCES[key].replace("{interval}", "{share:percent}{low:percent}{high:percent}")
    fields = [(name, spec) for _, name, spec, _ in string.Formatter().parse(text) if name]
    assert all(spec == "" or spec in WRITTEN for _, spec in fields)
    values = {name: 2 if spec else "x" for name, spec in fields}
    assert said(key, **values).text  # type: ignore[arg-type]


def test_numbers_are_written_as_people_read_them() -> None:
    told = said("funnel.converted", n=41203, first="cart", last="order", share=0.31234,
                low=0.30789, high=0.31683)  # fmt: skip
    assert told.text == "Of 41,203 that entered at cart, 31 % (31 to 32 %) reached order."
    assert told.values["share"] == 0.31234


@pytest.mark.parametrize(
    ("spec", "value", "written"),
    [
        ("points", -0.078, "\N{MINUS SIGN}7.8"),
        ("points", 0.158, "+15.8"),
        ("moved", -7200, "\N{MINUS SIGN}2 hours"),
        ("number", -0.25, "\N{MINUS SIGN}0.25"),
        ("number", -41203, "\N{MINUS SIGN}41,203"),
    ],
)
def test_a_minus_is_no_hyphen(spec: str, value: float, written: str) -> None:
    assert WRITTEN[spec](value) == written
