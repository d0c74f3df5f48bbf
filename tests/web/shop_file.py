"""The map file of the made-up shop, as `desireline map` would write it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.web import figures
from tests.web.walks import DAY, STAGES, Walk, walk_all

Json = dict[str, Any]
NAMES = {key: name for _, _, points in STAGES for key, name, _, _ in points}
EMOTION = {
    "ad_seen": 0.1, "visit": 0.4, "product": 0.9, "reviews": 0.7, "bot": -0.9, "chat": 0.6,
    "cart": 0.2, "checkout": -0.5, "order": 0.8, "parcel": 1.5, "thanks": 1.1, "question": -1.3,
    "review": 1.2,
}  # fmt: skip


def touchpoint(key: str, name: str, channel: str, kind: str) -> Json:
    """A touchpoint of the document."""
    return {
        "key": key,
        "name": name,
        "kind": kind,
        "rule": {"type": "event", "in": [key]},
        "channel": channel,
        "initiator": "person" if kind == "action" else "company",
        "recipient": None,
        "optional": key in {"popup", "reviews", "bot", "chat", "survey", "question"},
        "repeatable": key in {"product", "question"},
        "alternative_to": "bot" if key == "chat" else None,
        "not_before_seconds": None,
        "not_after_seconds": 5 * DAY if key == "parcel" else None,
        "owner": {"chat": "Service", "question": "Service", "cart": "Sales"}.get(key),
        "moment_of_truth": key == "parcel",
        "description": "",
    }


def cell(text: str, evidence: str, n: int | None = None) -> Json:
    """A cell of a lane."""
    return {"text": text, "evidence": evidence, "n": n}


LANES: list[Json] = [
    {"key": "think", "kind": "think", "name": "Thinks", "cells": {
        "ad_seen": cell("Would my cat even drink from a fountain?", "reported", 41),
        "product": cell("Is it quiet enough for the bedroom?", "observed", 212),
        "checkout": cell("Why do they need my telephone number?", "reported", 36),
        "parcel": cell("Smaller than in the picture, and prettier.", "hypothesis"),
    }},
    {"key": "pain", "kind": "pain", "name": "Pains", "cells": {
        "bot": cell("Answers about filters are wrong; people ask again.", "observed", 88),
        "question": cell("Nobody writes back within a day.", "observed", 133),
        "checkout": cell("Delivery costs are shown late.", "declared"),
        "survey": cell("Sent twice since the spring release.", "stale", 19),
    }},
    {"key": "backstage", "kind": "backstage", "name": "Backstage", "cells": {
        "order": cell("Warehouse is told within a minute.", "declared"),
        "parcel": cell("Carrier scans at the door.", "declared"),
        "referral": cell("Reward is paid by hand.", "hypothesis"),
    }},
]  # fmt: skip


def document() -> Json:
    """The map document."""
    return {
        "format": "desireline.map/1",
        "key": "cat_fountain",
        "name": "Cat fountain shop",
        "version": 3,
        "kind": "as_is",
        "goal": {
            "statement": "A cat that drinks more",
            "outcome": {"type": "event", "in": ["order"]},
        },
        "case_by": {"kind": "person", "column": None, "gap_seconds": None},
        "personas": [{"key": "cat_owner", "name": "Cat owner", "segment": None}],
        "stages": [
            {"key": key, "name": name, "touchpoints": [touchpoint(*point) for point in points]}
            for key, name, points in STAGES
        ],
        "lanes": LANES,
        "left_out": [{"event": "heartbeat", "reason": "follows every event and says nothing"}],
    }


def emotion(key: str, n: int) -> Json | None:
    """A measured emotion for the touchpoints that have one; few answers give no mean."""
    if key not in EMOTION:
        return {"n": 4, "mean": None, "low": None, "high": None} if key == "popup" else None
    half = 2.6 / max(n, 1) ** 0.5
    return {"n": n, "mean": EMOTION[key], "low": EMOTION[key] - half, "high": EMOTION[key] + half}


def figures_of(walks: list[Walk]) -> Json:
    """All figures of the walks."""
    as_of = max(w.times[-1] for w in walks)
    base = figures.share(sum(w.outcome_at is not None for w in walks), len(walks))
    points = [figures.touchpoint(key, walks, as_of) for key in NAMES]
    for point in points:
        point["emotion"] = emotion(point["key"], point["journeys"] // 20)
    points[-4]["evidence"] = "stale"
    variants: Counter[tuple[str, ...]] = Counter(tuple(w.keys) for w in walks)
    sample = walks[:240]
    return {
        "as_of": figures.iso(as_of),
        "source": {
            "name": "shop.parquet",
            "events": sum(len(w.keys) for w in walks) + 2114,
            "journeys": len(walks),
            "persons": len(walks) - 61,
            "first_at": figures.iso(min(w.times[0] for w in walks)),
            "last_at": figures.iso(as_of),
            "mapped_events": sum(len(w.keys) for w in walks),
            "set_aside": 3,
            "notes": ["3 rows have no time and were set aside."],
        },
        "wait_error": 0.02,
        "outcome_base": base,
        "stages": [figures.stage(k, [p[0] for p in points], walks) for k, _, points in STAGES],
        "touchpoints": points,
        "flow": figures.flow(walks),
        "funnel": figures.funnel(
            [(k, NAMES[k]) for k in ("visit", "product", "cart", "checkout", "order", "parcel")],
            walks,
            NAMES,
        ),
        "variants": {
            "total": len(variants),
            "top": [
                {
                    "keys": list(keys),
                    "count": count,
                    "share": count / len(walks),
                    "with_outcome": count if "order" in keys else 0,
                }
                for keys, count in variants.most_common(25)
            ],
        },
        "journeys": [
            {
                "id": f"P-{1000 + i}",
                "outcome": w.outcome_at is not None,
                "steps": [[k, figures.iso(t)] for k, t in zip(w.keys, w.times, strict=True)],
            }
            for i, w in enumerate(sample)
        ],
        "journeys_of": {
            key: [i for i, w in enumerate(sample) if key in w.keys][:40] for key in NAMES
        },
        "sentences": sentences(base, points, len(walks)),
    }


def sentences(base: Json, points: list[Json], total: int) -> list[Json]:
    """A few sentences as the engine writes them."""
    cart = next(p for p in points if p["key"] == "cart")
    return [
        {
            "about": None,
            "text": f"Of {total:,} journeys, {base['share']:.0%} ({base['low']:.0%} to "
            f"{base['high']:.0%}) placed an order. Most others left before they filled a cart.",
        },
        {
            "about": "cart",
            "text": f"Of {cart['journeys']:,} who filled a cart, {cart['outcome']['share']:.0%} "
            f"({cart['outcome']['low']:.0%} to {cart['outcome']['high']:.0%}) placed an order, "
            f"against {base['share']:.0%} of all.",
        },
    ]


def shop_file(count: int = 4000) -> Json:
    """The whole map file."""
    return {
        "format": "desireline.map-file/1",
        "generator": "desireline 0.1.0",
        "map": document(),
        "figures": figures_of(walk_all(count)),
    }
