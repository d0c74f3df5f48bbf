"""Which department an event belongs to: marketing, sales or service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.log.envelope import NO_STEPS

DEPARTMENTS = ("marketing", "sales", "service")
SERVICE = (
    *("case", "chat", "call", "claim", "complaint", "conversation", "help", "issue", "problem"),
    *("repair", "return", "returned", "service", "support", "ticket", "warranty", "faq"),
)
SALES = (
    *("cart", "checkout", "contract", "coupon", "deal", "delivery", "invoice", "lead", "offer"),
    *("order", "payment", "product", "products", "quote", "sale", "shipment", "subscription"),
)
MARKETING = (
    *("ad", "banner", "campaign", "email", "form", "letter", "link", "message", "newsletter"),
    *("page", "push", "referral", "review", "signup", "sms", "survey", "webinar"),
)
BY_WORD: Mapping[str, str] = {
    **dict.fromkeys(SERVICE, "service"),
    **dict.fromkeys(SALES, "sales"),
    **dict.fromkeys(MARKETING, "marketing"),
}
"""By the first word of an event's type that stands here: `complaint_filed` is service."""
BY_CHANNEL: Mapping[str, str] = {
    **dict.fromkeys(("chat", "phone", "call"), "service"),
    **dict.fromkeys(("store", "shop", "marketplace", "partner"), "sales"),
}
"""Where no word of the type says it. All else is marketing: web, app, e-mail, social, ads."""


def department_of(type_: str, channel: str, properties: Mapping[str, Any]) -> str:
    """The department: as the property `department` says, else by the type, else by the channel.

    Empty for what tells of our own knowledge of a person, as a merge does.
    """
    if type_ in NO_STEPS:
        return ""
    told = properties.get("department")
    if isinstance(told, str) and told.lower() in DEPARTMENTS:
        return told.lower()
    for word in type_.lower().split("_"):
        if word in BY_WORD:
            return BY_WORD[word]
    return BY_CHANNEL.get(channel.lower(), "marketing")
