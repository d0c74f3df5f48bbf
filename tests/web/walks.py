"""Made-up walks through a cat-fountain shop: what the page tests feed to the page.

The product's own shop is `desireline.sim`; this one knows nothing of the engine, so that the page
can be tested against the contract in `web/packages/map-core/src/types.ts` alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

HOUR = 3600.0
DAY = 24 * HOUR

STAGES: list[tuple[str, str, list[tuple[str, str, str, str]]]] = [
    (
        "awareness",
        "Awareness",
        [
            ("ad_seen", "Advertisement seen", "social", "communication"),
            ("visit", "Shop visited", "web", "action"),
            ("popup", "Discount offered", "web", "communication"),
        ],
    ),
    (
        "consideration",
        "Consideration",
        [
            ("product", "Product viewed", "web", "action"),
            ("reviews", "Reviews read", "web", "action"),
            ("bot", "Bot asked", "chat", "communication"),
            ("chat", "Chat with an agent", "chat", "communication"),
        ],
    ),
    (
        "purchase",
        "Purchase",
        [
            ("cart", "Cart filled", "web", "action"),
            ("checkout", "Checkout started", "web", "action"),
            ("order", "Order placed", "web", "action"),
        ],
    ),
    (
        "retention",
        "Retention",
        [
            ("parcel", "Parcel opened", "post", "action"),
            ("thanks", "Thank-you letter", "e-mail", "communication"),
            ("survey", "Survey answered", "e-mail", "communication"),
            ("question", "Question by e-mail", "e-mail", "communication"),
        ],
    ),
    (
        "advocacy",
        "Advocacy",
        [
            ("review", "Review written", "web", "action"),
            ("referral", "Friend invited", "e-mail", "action"),
        ],
    ),
]

END = None
"""Where a walk ends."""

# from -> [(to, weight, mean wait in seconds)]
STEPS: dict[str | None, list[tuple[str | None, float, float]]] = {
    None: [("ad_seen", 62, 0), ("visit", 30, 0), ("product", 8, 0)],
    "ad_seen": [("visit", 58, 9 * HOUR), ("product", 6, 5 * HOUR), (END, 36, 0)],
    "visit": [("popup", 44, 40), ("product", 38, 95), (END, 18, 0)],
    "popup": [("product", 66, 80), ("visit", 8, 2 * DAY), (END, 26, 0)],
    "product": [
        ("reviews", 34, 150),
        ("cart", 27, 300),
        ("bot", 9, 200),
        ("visit", 6, 1.5 * DAY),
        (END, 24, 0),
    ],
    "reviews": [("cart", 44, 420), ("product", 22, 130), ("bot", 10, 240), (END, 24, 0)],
    "bot": [("chat", 46, 190), ("cart", 22, 500), ("product", 8, 300), (END, 24, 0)],
    "chat": [("cart", 62, 900), ("product", 12, 600), (END, 26, 0)],
    "cart": [("checkout", 63, 240), ("product", 11, 2 * HOUR), ("bot", 3, 300), (END, 23, 0)],
    "checkout": [("order", 76, 210), ("cart", 9, 5 * HOUR), ("chat", 4, 400), (END, 11, 0)],
    "order": [("parcel", 91, 3.1 * DAY), ("question", 7, 2 * DAY), (END, 2, 0)],
    "parcel": [("thanks", 70, 1.2 * DAY), ("question", 9, 1 * DAY), (END, 21, 0)],
    "thanks": [
        ("survey", 24, 9 * HOUR),
        ("referral", 11, 2 * DAY),
        ("cart", 8, 21 * DAY),
        (END, 57, 0),
    ],
    "survey": [("review", 28, 1.5 * DAY), ("referral", 10, 2 * DAY), (END, 62, 0)],
    "question": [
        ("parcel", 12, 2 * DAY),
        ("question", 18, 1.6 * DAY),
        ("survey", 8, DAY),
        (END, 62, 0),
    ],
    "review": [("referral", 26, 3 * DAY), ("cart", 9, 30 * DAY), (END, 65, 0)],
    "referral": [("cart", 18, 24 * DAY), (END, 82, 0)],
}  # fmt: skip

OUTCOME = "order"


@dataclass(frozen=True)
class Walk:
    """One journey: its touchpoints with their times, in seconds since the first day."""

    keys: list[str]
    times: list[float]

    @property
    def outcome_at(self) -> int | None:
        """Position of the first outcome event, or None."""
        return self.keys.index(OUTCOME) if OUTCOME in self.keys else None


def walk_all(count: int = 4000, seed: int = 7) -> list[Walk]:
    """`count` walks over 120 days, the same ones for the same seed."""
    source = random.Random(seed)
    return [_walk(source) for _ in range(count)]


def _walk(source: random.Random) -> Walk:
    keys: list[str] = []
    times: list[float] = []
    here: str | None = None
    now = source.uniform(0, 120 * DAY)
    while len(keys) < 60:
        choices = STEPS[here]
        there, _, wait = source.choices(choices, [weight for _, weight, _ in choices])[0]
        if there is None:
            break
        now += source.lognormvariate(0, 0.9) * wait * 0.67
        keys.append(there)
        times.append(now)
        here = there
    return Walk(keys, times)
