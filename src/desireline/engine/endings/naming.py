"""What the name of an event type suggests: that a customer is lost, renews, refers, went elsewhere.

A name is cut into words. It suggests an end where it holds one of the `ALONE` words, or a word of
each of the two sets of `PAIRS`. Whoever knows better gives rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from desireline.engine.endings.query import EndKind

Suggested: TypeAlias = EndKind | Literal["elsewhere"]
RELATIONS = frozenset(
    {"account", "subscription", "contract", "membership", "customer", "policy", "plan"}
)
ENDED = frozenset(
    {"closed", "cancelled", "canceled", "terminated", "ended", "deleted", "lost", "expired"}
)
REFERS = frozenset({"referral", "invitation", "invite"})
DONE = frozenset({"shared", "made", "sent", "given"})
AGAIN = frozenset({"repeated", "renewed", "again", "reordered"})
SALES = frozenset({"order", "purchase", "contract", "subscription", "membership", "policy", "plan"})
MORE = frozenset({"upgraded", "extended"})
RIVALS = frozenset({"competitor", "rival"})
MOVES = frozenset({"switched", "moved", "chosen", "joined", "ported"})

ALONE: Mapping[Suggested, frozenset[str]] = {
    "churn": frozenset({"churned", "churn", "unsubscribed"}),
    "renewal": frozenset({"renewed", "renewal", "repurchased", "reordered"}),
    "cross_sale": frozenset({"upsold", "upsell", "addon"}),
    "referral": frozenset({"referred", "recommended"}),
    "elsewhere": frozenset({"defected"}),
}
PAIRS: Mapping[Suggested, tuple[tuple[frozenset[str], frozenset[str]], ...]] = {
    "churn": ((RELATIONS, ENDED),),
    "renewal": ((SALES, AGAIN),),
    "cross_sale": ((frozenset({"cross"}), frozenset({"sold", "sale", "sell"})), (SALES, MORE)),
    "referral": ((REFERS, DONE),),
    "elsewhere": ((RIVALS, MOVES),),
}


def suggested(event: str) -> Suggested | None:
    """What the name of an event type suggests, if anything."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", event)
    words = set(re.findall(r"[a-z]+", spaced.lower()))
    for kind, alone in ALONE.items():
        pairs = PAIRS.get(kind, ())
        if words & alone or any(words & one and words & other for one, other in pairs):
            return kind
    return None


def named(events: Iterable[str], kind: Suggested) -> tuple[str, ...]:
    """The event types whose names suggest this kind, in their order."""
    return tuple(event for event in events if suggested(event) == kind)
