"""The ways through the shop, stage by stage: from, to, chance, wait."""

from __future__ import annotations

from collections.abc import Iterable

from desireline.sim.cat_fountain import chances as p
from desireline.sim.cat_fountain.steps import SURVEYS
from desireline.sim.model import AT_ONCE, DAY, HOUR, MINUTE, Edge, Wait

BLINK = Wait(8, 25)
CLICK = Wait(45, 160)
READ = Wait(2.5 * MINUTE, 7 * MINUTE)
LATER = Wait(5 * HOUR, 16 * HOUR, "awake")
NEXT_DAYS = Wait(1.4 * DAY, 5 * DAY, "awake")
NEXT_WEEK = Wait(7 * DAY, 18 * DAY, "awake")
NEXT_WEEKS = Wait(21 * DAY, 50 * DAY, "awake")
GONE = READ
"""How long the last page stays open, in which noise may still come."""
LOVER, OFFERED = ("discount lover",), ("offered a discount",)


def shop_edges() -> tuple[Edge, ...]:
    """Every way through the shop but the traits'."""
    return (
        *_awareness(),
        *_consideration(),
        *_purchase(),
        *_service(),
        *_retention(),
        *_advocacy(),
    )


def _ways(start: str, *ways: tuple[str, float, Wait]) -> Iterable[Edge]:
    return (Edge(start, to, chance, wait) for to, chance, wait in ways)


def _awareness() -> Iterable[Edge]:
    on = ("awareness ends", 0.0, AT_ONCE)
    yield from _ways("ad_seen", ("ad_seen", 0.30, NEXT_DAYS), ("ad_clicked", 0.60, BLINK))
    yield from _ways("ad_seen", ("", 0.10, GONE))
    yield from _ways("ad_clicked", ("page_viewed", 1.0, BLINK))
    yield from _ways("search_clicked", ("page_viewed", 1.0, BLINK))
    yield from _ways("post_seen", ("page_viewed", 0.7, BLINK), ("post_seen", 0.2, NEXT_DAYS))
    yield from _ways("post_seen", ("", 0.1, GONE))
    yield from _ways("referral_link_opened", ("page_viewed", 1.0, BLINK))
    yield from _ways("page_viewed", ("page_viewed", 0.28, CLICK), ("article_read", 0.22, READ))
    yield from _ways("page_viewed", ("popup_shown", 0.25, CLICK), (on[0], 0.25, CLICK))
    yield from _ways("article_read", ("page_viewed", 0.25, READ), ("popup_shown", 0.40, READ))
    yield from _ways("article_read", (on[0], 0.35, READ))
    yield from _ways("popup_shown", ("email_captured", 0.45, CLICK), (on[0], 0.55, CLICK))
    yield from _ways("email_captured", (on[0], 1.0, CLICK))
    yield from _ways("awareness ends", ("", 0.30, AT_ONCE), ("product_viewed", 0.25, CLICK))
    yield from _ways("awareness ends", ("product_viewed", 0.45, NEXT_DAYS))


def _consideration() -> Iterable[Edge]:
    on = "consideration ends"
    yield from _ways("product_viewed", ("product_viewed", 0.18, CLICK), ("review_read", 0.22, READ))
    yield from _ways("product_viewed", ("price_compared", 0.20, READ), ("bot_asked", 0.10, CLICK))
    yield from _ways("product_viewed", ("store_visited", 0.05, NEXT_DAYS), (on, 0.25, CLICK))
    yield from _ways("review_read", ("product_viewed", 0.25, READ), ("price_compared", 0.35, READ))
    yield from _ways("review_read", ("bot_asked", 0.10, CLICK), (on, 0.30, CLICK))
    yield from _ways("price_compared", ("product_viewed", 0.20, READ), ("bot_asked", 0.15, CLICK))
    yield from _ways("price_compared", (on, 0.53, CLICK), ("", 0.12, GONE))
    yield from _ways("store_visited", ("product_viewed", 0.3, NEXT_DAYS), (on, 0.7, LATER))
    yield from _ways("bot_asked", ("bot_asked", 0.2, CLICK), ("chat_started", 0.55, CLICK))
    yield from _ways("bot_asked", (on, 0.25, CLICK))
    answered = p.CHAT_ANSWERED
    yield from _ways("chat_started", ("chat_answered", answered, Wait(50, 180)))
    yield from _ways("chat_started", ("chat unanswered", 1 - answered, READ))
    yield from _ways("chat_answered", ("chat_started", 0.1, READ), (on, 0.9, READ))
    yield from _ways("chat unanswered", (on, 1.0, AT_ONCE))
    yield from _ways(on, ("discount_offered", p.OFFERED, LATER))
    yield from _ways(on, ("to the cart?", 1 - p.OFFERED, AT_ONCE))
    yield from _ways("discount_offered", ("to the cart?", 1.0, AT_ONCE))
    talked = ("chat answered", "chat unanswered")
    yield from _cart(p.CART_AFTER_ANSWER, needs=talked[:1])
    yield from _cart(p.CART_AFTER_SILENCE, needs=talked[1:], without=talked[:1])
    yield from _cart(p.CART_WITHOUT_CHAT, without=talked)


def _cart(goes: float, needs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> list[Edge]:
    here = "to the cart?"
    return [
        Edge(here, "product_added", goes, NEXT_DAYS, needs, without),
        Edge(here, "", 1 - goes, GONE, needs, without),
    ]


def _purchase() -> Iterable[Edge]:
    yield from _ways("product_added", ("product_added", 0.22, READ))
    yield from _ways("product_added", ("to buy?", 0.78, READ))
    yield from _buy(p.LEAVES_CART_LOVER_OFFERED, needs=LOVER + OFFERED)
    yield from _buy(p.LEAVES_CART_LOVER_NOT_OFFERED, needs=LOVER, without=OFFERED)
    yield from _buy(p.LEAVES_CART, without=LOVER)
    yield from _ways("cart_reminder_sent", ("checkout_started", 1.0, LATER))
    yield from _ways("checkout_started", ("payment_failed", 0.10, Wait(70, 150)))
    yield from _ways("checkout_started", ("order_completed", 0.85, Wait(110, 260)))
    yield from _ways("checkout_started", ("", 0.05, GONE))
    yield from _ways("payment_failed", ("checkout_started", 0.75, READ), ("", 0.25, GONE))
    yield from _ways(
        "order_completed", ("parcel_shipped", 1.0, Wait(16 * HOUR, 40 * HOUR, "office"))
    )
    yield from _ways("parcel_shipped", ("parcel_delivered", 1.0, Wait(2.1 * DAY, 4 * DAY, "post")))
    wait, first = Wait(3 * HOUR, 11 * HOUR), ("fountain set up",)
    for kind, opens in p.OPENS.items():
        yield Edge("parcel_delivered", "parcel_opened", opens, wait, (kind,), first)
        yield Edge("parcel_delivered", "settled", 1 - opens, wait, (kind,), first)
    yield Edge("parcel_delivered", "settled", 1.0, wait, needs=first)
    yield from _ways("parcel_opened", ("settled", 1.0, AT_ONCE))


def _buy(leaves: float, needs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> list[Edge]:
    here, goes = "to buy?", 1 - leaves
    return [
        Edge(here, "", leaves, GONE, needs, without),
        Edge(here, "checkout_started", goes * 0.75, CLICK, needs, without),
        Edge(here, "cart_reminder_sent", goes * 0.25, Wait(DAY, 1.5 * DAY), needs, without),
    ]


def _service() -> Iterable[Edge]:
    thanks = Wait(1.2 * DAY, 2.5 * DAY)
    yield from _ways("settled", ("thank_you_sent", 0.92, thanks), ("a question?", 0.08, thanks))
    yield from _ways("thank_you_sent", ("a question?", 1.0, AT_ONCE))
    happens = p.AFTER_PURCHASE
    yield from _ways("a question?", ("email_received", happens["writes"], NEXT_DAYS))
    yield from _ways("a question?", ("call_made", happens["calls"], NEXT_DAYS))
    yield from _ways("a question?", ("return_requested", happens["returns"], NEXT_DAYS))
    yield from _ways("a question?", ("after service", happens["nothing"], NEXT_DAYS))
    yield from _ways("email_received", ("in the mail queue", 1.0, AT_ONCE))
    fixed = ("reply fix", "north")
    for without in (("reply fix",), ("north",)):
        needs = () if without == ("reply fix",) else ("reply fix",)
        yield from _replies("slow reply", p.REPLIED_BEFORE, p.SLOW_REPLY, needs, without)
    yield from _replies("fast reply", p.REPLIED_AFTER, p.FAST_REPLY, fixed, ())
    yield from _ways("no reply", ("after service", 1.0, AT_ONCE))
    for pace in ("slow", "fast"):
        mood = f"mood after a {pace} reply"
        yield from _ways(f"{pace} reply", (mood, 0.08, READ), ("after service", 0.92, AT_ONCE))
        yield from _ways(mood, ("shift_note_written", 0.3, READ), ("after service", 0.7, AT_ONCE))
    yield from _ways("shift_note_written", ("after service", 1.0, AT_ONCE))
    yield from _ways("call_made", ("case_opened", 1.0, Wait(4 * MINUTE, 12 * MINUTE)))
    solved = Wait(20 * HOUR, 70 * HOUR)
    yield from _ways("case_opened", ("case_solved", 0.85, solved), ("complaint_made", 0.15, LATER))
    yield from _ways("complaint_made", ("case_solved", 1.0, solved))
    yield from _ways("case_solved", ("after service", 1.0, AT_ONCE))
    yield from _ways("return_requested", ("refund_paid", 1.0, Wait(5 * DAY, 9 * DAY)))
    yield from _ways("refund_paid", ("after service", 1.0, AT_ONCE))


def _replies(
    to: str, share: float, wait: Wait, needs: tuple[str, ...], without: tuple[str, ...]
) -> list[Edge]:
    here = "in the mail queue"
    return [
        Edge(here, to, share, wait, needs, without),
        Edge(here, "no reply", 1 - share, p.SLOW_REPLY, needs, without),
    ]


def _retention() -> Iterable[Edge]:
    happened = ("unanswered", "answered slowly", "answered fast")
    asked, asks = 0.35, Wait(3 * DAY, 6 * DAY)
    yield from _ways("after service", ("to stay?", 1 - asked, AT_ONCE))
    for name, fact in zip(SURVEYS, (*happened, ""), strict=True):
        needs, without = ((fact,), ()) if fact else ((), happened)
        yield Edge("after service", name, asked, asks, needs, without)
        yield Edge(name, "to stay?", 1.0)
        leaves = p.LEAVES[fact or "nothing"]
        closes, here = leaves * p.CLOSES_ACCOUNT, "to stay?"
        yield Edge(here, "account_closed", closes, NEXT_WEEK, needs, without)
        yield Edge(here, "", leaves - closes, GONE, needs, without)
        yield Edge(here, "stays", 1 - leaves, AT_ONCE, needs, without)
    member = ("member asked",)
    yield Edge("stays", "loyalty_joined", 0.3, NEXT_WEEK, without=member)
    yield Edge("stays", "from order to order", 0.7, without=member)
    yield Edge("stays", "from order to order", 1.0, needs=member)
    yield from _ways("loyalty_joined", ("from order to order", 1.0, AT_ONCE))
    here, again = "from order to order", "to buy again?"
    yield from _ways(here, ("newsletter_opened", 0.5, NEXT_WEEK), (again, 0.4, AT_ONCE))
    yield from _ways(here, ("catalogue_posted", 0.1, NEXT_WEEK))
    yield from _ways("newsletter_opened", (again, 1.0, AT_ONCE))
    yield from _ways("catalogue_posted", (again, 1.0, AT_ONCE))
    for kind, buys in p.BUYS_AGAIN.items():
        yield Edge(again, "order_repeated", buys, NEXT_WEEKS, needs=(kind,))
        yield Edge(again, "praises", (1 - buys) * 0.4, needs=(kind,), without=("praised",))
        yield Edge(again, here, (1 - buys) * 0.25, NEXT_WEEK, needs=(kind,))
        yield Edge(again, "", (1 - buys) * 0.35, GONE, needs=(kind,), without=("praised",))
        yield Edge(again, "", (1 - buys) * 0.75, GONE, needs=(kind, "praised"))
    yield from _ways(
        "order_repeated", ("parcel_shipped", 1.0, Wait(16 * HOUR, 40 * HOUR, "office"))
    )


def _advocacy() -> Iterable[Edge]:
    yield from _ways("praises", ("review_written", 0.55, NEXT_WEEK), ("shares?", 0.45, AT_ONCE))
    yield from _ways("review_written", ("shares?", 1.0, AT_ONCE))
    yield from _ways("shares?", ("referral_link_shared", 0.5, NEXT_DAYS))
    yield from _ways("shares?", ("from order to order", 0.5, AT_ONCE))
    yield from _ways("referral_link_shared", ("a friend comes", 0.6, AT_ONCE))
    yield from _ways("referral_link_shared", ("from order to order", 0.4, AT_ONCE))
    yield from _ways("a friend comes", ("a friend comes", 0.25, AT_ONCE))
    yield from _ways("a friend comes", ("from order to order", 0.75, AT_ONCE))
