"""The touchpoints of the shop by stage, and what else stands in its log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desireline.sim.model import Step

WEB = {"web": 0.62, "app": 0.38}
MAIL = {"e-mail": 1.0}
CHAT = {"chat": 1.0}
PHONE = {"phone": 1.0}
SOCIAL = {"social": 1.0}
ORDERS = ("order_completed", "order_repeated")
ORDER = (54.0, 120.0)
"""Median and ninth decile of an order, in euro."""
STARS = 5

AWARENESS = (
    Step("ad_seen", channels={"social": 0.7, "web": 0.3}, actor="system"),
    Step("search_clicked", channels={"web": 1.0}),
    Step("post_seen", channels=SOCIAL),
    Step("referral_link_opened", channels=WEB),
    Step("ad_clicked", channels={"social": 0.7, "web": 0.3}),
    Step("page_viewed", channels=WEB),
    Step("article_read", channels=WEB),
    Step("popup_shown", channels=WEB, actor="system"),
    Step("email_captured", channels=WEB),
)
CONSIDERATION = (
    Step("product_viewed", channels=WEB),
    Step("review_read", channels=WEB),
    Step("price_compared", channels=WEB),
    Step("store_visited", channels={"store": 1.0}),
    Step("bot_asked", channels=CHAT),
    Step("chat_started", channels=CHAT),
    Step("chat_answered", channels=CHAT, actor="employee", sets=("chat answered",)),
    Step("discount_offered", channels=MAIL, actor="system", sets=("offered a discount",)),
)
PURCHASE = (
    Step("product_added", channels=WEB),
    Step("cart_reminder_sent", channels=MAIL, actor="system"),
    Step("checkout_started", channels=WEB),
    Step("payment_failed", channels=WEB, actor="partner"),
    Step("order_completed", channels=WEB, value=ORDER),
    Step("parcel_shipped", channels=MAIL, actor="system"),
    Step("parcel_delivered", channels={"post": 1.0}, actor="partner"),
    Step("parcel_opened", channels={"app": 1.0}),
)
RETENTION = (
    Step("thank_you_sent", channels=MAIL, actor="system"),
    Step("email_received", channels=MAIL),
    Step("call_made", channels=PHONE),
    Step("return_requested", channels=WEB),
    Step("reply_sent", channels=MAIL, actor="employee"),
    Step("case_opened", channels={"phone": 0.7, "chat": 0.3}, actor="employee"),
    Step("complaint_made", channels={"phone": 0.4, "e-mail": 0.4, "social": 0.2}),
    Step("case_solved", channels={"phone": 0.6, "e-mail": 0.4}, actor="employee"),
    Step("refund_paid", channels=MAIL, actor="partner", repays=ORDERS),
    Step("survey_answered", channels=MAIL),
    Step("account_closed", channels=WEB),
    Step("loyalty_joined", channels=WEB),
    Step("newsletter_opened", channels=MAIL),
    Step("catalogue_posted", channels={"post": 1.0}, actor="partner"),
    Step("order_repeated", channels=WEB, value=ORDER),
)
ADVOCACY = (
    Step("review_written", channels={"web": 0.7, "social": 0.3}, score=(4.2, 1.0, 1, STARS)),
    Step("referral_link_shared", channels={"e-mail": 0.4, "social": 0.6}),
    Step("referral_rewarded", channels=MAIL, actor="system", value=(13.5, 30.0)),
)
STAGES: Mapping[str, tuple[Step, ...]] = {
    "awareness": AWARENESS,
    "consideration": CONSIDERATION,
    "purchase": PURCHASE,
    "retention": RETENTION,
    "advocacy": ADVOCACY,
}
"""Touchpoints in the canonical order."""
DEPARTMENTS = {
    "awareness": "marketing",
    "consideration": "sales",
    "purchase": "sales",
    "retention": "service",
    "advocacy": "marketing",
}
BY_MARKETING = ("discount_offered", "newsletter_opened", "catalogue_posted", "loyalty_joined")
"""Touchpoints that marketing owns in the stages of others."""
STAFF = ("mood_voted", "shift_note_written")
"""What staff note about their own day; customers never see it."""
NOISE = {
    "heartbeat": 0.5,
    "cookie_banner_shown": 0.2,
    "experiment_assigned": 0.2,
    "webhook_retry": 0.1,
}

# The same event in several states: the score depends on what the customer went through.
SURVEYS = {
    "survey after silence": (3.8, 2.2, 0, 10),
    "survey after a slow reply": (6.2, 2.0, 0, 10),
    "survey after a fast reply": (8.8, 1.3, 0, 10),
    "survey": (8.2, 1.6, 0, 10),
}
MOODS = {"mood after a slow reply": (2.5, 0.9, 1, 5), "mood after a fast reply": (3.9, 0.8, 1, 5)}


def touchpoint_names() -> tuple[str, ...]:
    """The touchpoints in the canonical order."""
    return tuple(step.name for steps in STAGES.values() for step in steps)


def shop_steps() -> tuple[Step, ...]:
    """Every step of the shop but the traits."""
    split = {"reply_sent", "survey_answered"}
    seen = [_owned(stage, step) for stage, steps in STAGES.items() for step in steps]
    by_name = {step.name: step for step in seen}
    reply, survey = by_name["reply_sent"], by_name["survey_answered"]
    states = [
        replace(reply, name="slow reply", sets=("answered slowly",)),
        replace(reply, name="fast reply", sets=("answered fast",)),
        *(replace(survey, name=name, score=score) for name, score in SURVEYS.items()),
    ]
    return (*(s for s in seen if s.name not in split), *states, *_background(), *_decisions())


def _owned(stage: str, step: Step) -> Step:
    department = "marketing" if step.name in BY_MARKETING else DEPARTMENTS[stage]
    return replace(
        step, event=step.name, department=department, rewards=step.name == "order_completed"
    )


def _background() -> tuple[Step, ...]:
    """Staff's own notes and the noise of machines."""
    mood = Step("", "mood_voted", channels={"app": 1.0}, actor="employee", department="service")
    note = replace(mood, name="shift_note_written", event="shift_note_written")
    moods = (replace(mood, name=name, score=score) for name, score in MOODS.items())
    return (*moods, note, *(Step(name, name, {"web": 1.0}, "system") for name in NOISE))


def _decisions() -> tuple[Step, ...]:
    """Silent places at which the way parts; what an earlier order left is forgotten at one."""
    of_this_order = ("unanswered", "answered slowly", "answered fast")
    return (
        Step("awareness ends"),
        Step("chat unanswered", sets=("chat unanswered",)),
        Step("consideration ends"),
        Step("to the cart?"),
        Step("to buy?"),
        Step("settled", sets=("fountain set up",), clears=of_this_order),
        Step("a question?"),
        Step("in the mail queue"),
        Step("no reply", sets=("unanswered",)),
        Step("after service"),
        Step("to stay?"),
        Step("stays"),
        Step("from order to order", sets=("member asked",)),
        Step("to buy again?"),
        Step("praises", sets=("praised",)),
        Step("shares?"),
        Step("a friend comes", invites=True),
    )
