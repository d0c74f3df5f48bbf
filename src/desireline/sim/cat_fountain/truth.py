"""What is planted in the shop, taken from the same tables that make its events."""

from __future__ import annotations

from collections.abc import Mapping

from desireline.sim.cat_fountain import chances as p
from desireline.sim.cat_fountain import traits
from desireline.sim.cat_fountain.calendar import FIX_DEPLOYED
from desireline.sim.cat_fountain.steps import NOISE, STAFF, STAGES
from desireline.sim.model import Model
from desireline.sim.reach import chance_to_reach
from desireline.sim.truth import (
    PlantedFix,
    PlantedMoment,
    PlantedReason,
    PlantedTouchpoint,
    PlantedWait,
    Truth,
)

OUTCOME = "order_completed"
NEEDED = (
    *("page_viewed", "product_viewed", "product_added", "checkout_started"),
    *("order_completed", "parcel_shipped", "parcel_delivered"),
)
"""Touchpoints that nobody passes by on the way to them and beyond."""
ONCE = (
    *("ad_clicked", "search_clicked", "referral_link_opened", "popup_shown", "email_captured"),
    *("discount_offered", "cart_reminder_sent", "order_completed"),
    *(
        "parcel_opened",
        "account_closed",
        "loyalty_joined",
        "review_written",
        "referral_link_shared",
    ),
)
ALTERNATIVES = (
    ("ad_seen", "search_clicked", "post_seen", "referral_link_opened"),
    ("email_received", "call_made", "return_requested"),
    ("newsletter_opened", "catalogue_posted"),
)
"""Touchpoints of which a person passes one at a time, in the same place."""


def shop_truth(model: Model, seed: int, persons: int) -> Truth:
    """The truth of the shop with this seed."""
    return Truth(
        shape="cat-fountain shop",
        seed=seed,
        persons=persons,
        touchpoints=_touchpoints(),
        stages=tuple(STAGES),
        noise=tuple(NOISE),
        staff=STAFF,
        outcomes=(OUTCOME,),
        alternatives=ALTERNATIVES,
        waits=planted_waits(model),
        reasons=_reasons(),
        moments=_moments(),
        fixes=(_fix(),),
        personas=dict(traits.PERSONAS),
        rates=_outcome_rates(model) | _rates(),
    )


def _touchpoints() -> tuple[PlantedTouchpoint, ...]:
    placed = [(s, step) for s, steps in enumerate(STAGES.values()) for step in steps]
    same = {name: group[0] for group in ALTERNATIVES for name in group}
    rank: dict[str, int] = {}
    for _, step in placed:
        rank.setdefault(same.get(step.name, step.name), len(rank))
    return tuple(
        PlantedTouchpoint(
            name=step.name,
            rank=rank[same.get(step.name, step.name)],
            stage=s,
            optional=step.name not in NEEDED,
            repeatable=step.name not in ONCE,
            channel=max(step.channels, key=lambda name: step.channels[name]),
        )
        for s, step in placed
    )


def planted_waits(model: Model) -> tuple[PlantedWait, ...]:
    """The waits between two touchpoints that have one direct way, and no silent one."""
    event = {step.name: step.event for step in model.steps}
    direct: dict[tuple[str, str], set[tuple[float, float, str]]] = {}
    for edge in model.edges:
        if edge.to and event[edge.start] and event[edge.to]:
            shape = (round(edge.wait.p50, 3), round(edge.wait.p90, 3), edge.wait.clock)
            direct.setdefault((event[edge.start], event[edge.to]), set()).add(shape)
    around = _around(model, event)
    return tuple(
        PlantedWait(start, to, *next(iter(shapes)))
        for (start, to), shapes in direct.items()
        if len(shapes) == 1 and to not in STAFF and start not in STAFF and (start, to) not in around
    )


def _around(model: Model, event: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of event types where one follows the other with nothing but silent steps between."""
    following: dict[str, list[str]] = {}
    for edge in model.edges:
        following.setdefault(edge.start, []).append(edge.to)
    pairs = set()
    for start in (step.name for step in model.steps if step.event):
        ahead = [to for to in following.get(start, []) if to and not event[to]]
        passed = set(ahead)
        while ahead:
            for to in following.get(ahead.pop(), []):
                if to and event[to]:
                    pairs.add((event[start], event[to]))
                elif to and to not in passed:
                    passed.add(to)
                    ahead.append(to)
    return pairs


def _reasons() -> tuple[PlantedReason, ...]:
    return (
        PlantedReason(
            name="a mail stays unanswered",
            cause="email_received without reply_sent",
            decision="to stay or to leave after the purchase",
            leaves_with=p.LEAVES["unanswered"],
            leaves_without=p.LEAVES["nothing"],
        ),
        PlantedReason(
            name="never offered a discount",
            cause="no discount_offered before product_added",
            decision="to check out or to leave the cart",
            leaves_with=p.LEAVES_CART_LOVER_NOT_OFFERED,
            leaves_without=p.LEAVES_CART_LOVER_OFFERED,
            persona="discount lover",
        ),
    )


def _moments() -> tuple[PlantedMoment, ...]:
    return (
        PlantedMoment(
            touchpoint="parcel_opened",
            is_moment_of_truth=False,
            outcome="order_repeated",
            effect=0.0,
            confounder="devotion: the devoted open the parcel more often and buy again more often",
        ),
        PlantedMoment(
            touchpoint="chat_answered",
            is_moment_of_truth=True,
            outcome="product_added",
            effect=p.CART_AFTER_ANSWER - p.CART_AFTER_SILENCE,
        ),
    )


def _fix() -> PlantedFix:
    slow, fast = p.SLOW_REPLY, p.FAST_REPLY
    return PlantedFix(
        name="replies within 4 h",
        touchpoint="reply_sent",
        deployed=f"{FIX_DEPLOYED}Z",
        scope="region north",
        control="region south",
        before={
            "replied": p.REPLIED_BEFORE,
            "wait_p50_seconds": slow.p50,
            "wait_p90_seconds": slow.p90,
            "stays": p.STAYS_BEFORE,
        },
        after={
            "replied": p.REPLIED_AFTER,
            "wait_p50_seconds": fast.p50,
            "wait_p90_seconds": fast.p90,
            "stays": p.STAYS_AFTER,
        },
        effect=p.STAYS_AFTER - p.STAYS_BEFORE,
    )


def _outcome_rates(model: Model) -> dict[str, float]:
    """The chance to order at all, before the end of the year cuts journeys off."""
    personas = {
        f"{name} orders": chance_to_reach(model, OUTCOME, [name]) for name in traits.PERSONAS
    }
    return {"orders": chance_to_reach(model, OUTCOME), **personas}


def _rates() -> dict[str, float]:
    return {
        "is offered a discount": p.OFFERED,
        "leaves the cart": p.LEAVES_CART,
        "chat is answered": p.CHAT_ANSWERED,
        "goes to the cart without a chat": p.CART_WITHOUT_CHAT,
        "goes to the cart after an answered chat": p.CART_AFTER_ANSWER,
        "goes to the cart after an unanswered chat": p.CART_AFTER_SILENCE,
        **{f"{kind} opens the parcel": share for kind, share in p.OPENS.items()},
        **{f"{kind} buys again": share for kind, share in p.BUYS_AGAIN.items()},
        **{f"after the purchase {what}": share for what, share in p.AFTER_PURCHASE.items()},
        **{f"leaves when {what}": share for what, share in p.LEAVES.items()},
    }
