"""What a person is interested in, inferred from what was looked at, with the evidence for it."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import exp2
from typing import Any

from desireline.modules.people.happenings import VISIT_GAP, Happening

DAY = 86_400_000_000
HALF_LIFE_DAYS = 30
"""What was done so many days ago counts half as much as what is done now."""
WEIGHTS: Mapping[str, float] = {"bought": 5.0, "in cart": 3.0, "searched": 2.0, "viewed": 1.0}
BOUGHT = ("order_completed", "order_placed", "purchase", "purchased", "product_purchased")
IN_CART = ("product_added", "added_to_cart", "cart_filled", "product_added_to_wishlist")
TOPICS = ("category", "categories", "topic", "topics", "tags", "interest", "product_category")
LEAST_SIGNS = 2
"""One look alone is no interest."""
MOST = 10
EXAMPLES = 3
_WORD = re.compile(r"[^\W_]+(?:[ '-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was done, and what it was about."""

    topic: str
    how: str
    at: int
    position: int
    what: str


@dataclass(frozen=True, slots=True)
class Interest:
    """A topic with what speaks for it."""

    topic: str
    score: float
    """The weights of the signs, each halved for every half-life that has passed."""
    share: float
    """Of the scores of all topics."""
    signs: int
    visits: int
    """How many visits they are spread over."""
    how: dict[str, int]
    first_at: int
    last_at: int
    examples: tuple[Sign, ...]
    """The last ones."""


def interests_of(events: Iterable[Happening], now: int) -> list[Interest]:
    """The topics that a person cares for, strongest first, at most `MOST`, each with evidence.

    Events by time. Topics are the categories, products and searches that events name.
    """
    by_topic: dict[str, list[Sign]] = defaultdict(list)
    for one in events:
        for sign in signs_of(one):
            by_topic[sign.topic].append(sign)
    scores = {topic: sum(_weight(s, now) for s in signs) for topic, signs in by_topic.items()}
    whole = sum(scores.values())
    strongest = sorted(by_topic, key=lambda topic: (-scores[topic], topic))
    enough = [topic for topic in strongest if len(by_topic[topic]) >= LEAST_SIGNS]
    return [_interest(topic, by_topic[topic], scores[topic], whole) for topic in enough[:MOST]]


def signs_of(one: Happening) -> Iterator[Sign]:
    """What an event says of interests; each topic once."""
    how = _how(one)
    if how:
        topics = dict(_topics(one))
        for topic, what in topics.items():
            yield Sign(topic, how, one.row.at, one.row.position, what)


def _how(one: Happening) -> str:
    type_ = one.row.type
    if type_ in BOUGHT:
        return "bought"
    if type_ in IN_CART:
        return "in cart"
    if "search" in type_:
        return "searched"
    is_look = one.row.kind in ("page", "screen") or type_.endswith(("viewed", "clicked", "read"))
    return "viewed" if is_look and one.is_own else ""


def _topics(one: Happening) -> Iterator[tuple[str, str]]:
    """Topics, each with what it was read from."""
    properties = one.properties
    products = properties.get("products")
    things = [properties, *(products if isinstance(products, list) else [])]
    for thing in things:
        if isinstance(thing, dict):
            name = next(
                (t for n in ("name", "product", "title", "path") if (t := thing.get(n))), ""
            )
            shown = str(name)[:80] or one.row.type
            told = [topic for key in TOPICS for topic in _texts(thing.get(key))]
            is_product = thing is not properties or "product" in one.row.type
            told = told or (list(_texts(name)) if is_product else [])
            yield from ((topic, shown) for topic in told)
    query = properties.get("query") or properties.get("search")
    if isinstance(query, str):
        yield from ((topic, f'searched "{query[:60]}"') for topic in _texts(query))


def _texts(found: Any) -> Iterator[str]:
    """A text or texts, in small letters, without signs at the ends."""
    for text in found if isinstance(found, list) else [found]:
        if isinstance(text, str):
            words = _WORD.findall(text.casefold()[:60])
            if words:
                yield " ".join(words)


def _weight(sign: Sign, now: int) -> float:
    age_days = max(now - sign.at, 0) / DAY
    return WEIGHTS[sign.how] * exp2(-age_days / HALF_LIFE_DAYS)


def _interest(topic: str, signs: list[Sign], score: float, whole: float) -> Interest:
    times = [sign.at for sign in signs]
    rests = sum(b - a > VISIT_GAP for a, b in itertools.pairwise(times))
    how = {name: sum(s.how == name for s in signs) for name in WEIGHTS}
    return Interest(
        topic=topic,
        score=round(score, 3),
        share=round(score / whole, 3) if whole else 0.0,
        signs=len(signs),
        visits=1 + rests,
        how={name: n for name, n in how.items() if n},
        first_at=times[0],
        last_at=times[-1],
        examples=tuple(reversed(signs[-EXAMPLES:])),
    )
