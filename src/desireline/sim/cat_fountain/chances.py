"""The chances that make up the planted truth: the edges use them, and the truth reports them."""

from __future__ import annotations

from desireline.sim.model import HOUR, Wait

# A discount is offered by the toss of a coin; only discount lovers mind its absence.
OFFERED = 0.5
LEAVES_CART = 0.35
LEAVES_CART_LOVER_OFFERED = 0.30
LEAVES_CART_LOVER_NOT_OFFERED = 0.70

# The true moment of truth: a chat that a person answers.
CHAT_ANSWERED = 0.8
CART_AFTER_ANSWER = 0.78
CART_AFTER_SILENCE = 0.44
CART_WITHOUT_CHAT = 0.56

# The false moment of truth: opening the parcel in the app does nothing, devotion does both. Only
# the first parcel is opened there (the fountain is set up once): else those who buy again would
# open more for having more parcels.
OPENS = {"devoted": 0.9, "casual": 0.35}
BUYS_AGAIN = {"devoted": 0.55, "casual": 0.2}

# Service after the purchase. One of `AFTER_PURCHASE` happens to everybody, whoever she is.
AFTER_PURCHASE = {"writes": 0.32, "calls": 0.10, "returns": 0.06, "nothing": 0.52}
REPLIED_BEFORE, REPLIED_AFTER = 0.75, 0.97
SLOW_REPLY = Wait(18 * HOUR, 44 * HOUR)
FAST_REPLY = Wait(1.6 * HOUR, 3.2 * HOUR)
LEAVES = {"unanswered": 0.60, "answered slowly": 0.30, "answered fast": 0.15, "nothing": 0.18}
"""Chance to leave at "to stay?", by what happened to the customer's mail."""
CLOSES_ACCOUNT = 0.4
"""Share of those who leave there who also close their account; the others just stay away."""


def stays(replied: float, leaves_replied: float) -> float:
    """The chance of staying for one who wrote a mail, of which `replied` get a reply."""
    return replied * (1 - leaves_replied) + (1 - replied) * (1 - LEAVES["unanswered"])


STAYS_BEFORE = stays(REPLIED_BEFORE, LEAVES["answered slowly"])
STAYS_AFTER = stays(REPLIED_AFTER, LEAVES["answered fast"])
