"""From the words of other programs to those of the log: names, amounts, contacts.

Collectors and readers of exports say the same of the same words, so that an export that is imported
beside a live stream adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from math import isfinite
from typing import Any
from uuid import UUID

PREVIOUS_ID = "previous_id"
"""In `identifiers`: a `user_id` that the same person had before. Two of them are two accounts, so
nobody is joined by it; it is a question to a human."""
MOST_AMOUNT = 2**53
MOST_CHARACTERS = 200
AMOUNTS = ("value", "total", "revenue")
"""Where Segment's e-commerce events say what they are worth; our own tracker looks in this order.

`total` is what the customer pays, `revenue` the same without shipping and taxes.
"""

_CURRENCY = re.compile(r"[A-Z]{3}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@lru_cache(4096)
def type_of(name: str) -> str:
    """`Product Added`, `productAdded` and `product-added` as the log writes them: `product_added`.

    The same as our tracker does. A name without letters stays as it is.
    """
    found = ""
    before = ""
    for sign in name:
        if not sign.isalnum():
            found += "_"
        else:
            found += "_" + sign if sign.isupper() and _ends_word(before) else sign
        before = sign
    return re.sub("_+", "_", found).strip("_").lower() or name


def _ends_word(sign: str) -> bool:
    return sign.islower() or sign.isnumeric()


def amount(found: Any) -> float | None:
    """A number, also one written as text; None where it is none, or beyond what the log takes."""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) and abs(number) <= MOST_AMOUNT else None


def currency(found: Any) -> str | None:
    """The three letters of a currency; None where it is none."""
    letters = found.strip().upper() if isinstance(found, str) else ""
    return letters if _CURRENCY.fullmatch(letters) else None


def worth(properties: Mapping[str, Any]) -> tuple[float | None, str | None]:
    """Value and currency, where properties say them in a form that the log takes."""
    found = (amount(properties[name]) for name in AMOUNTS if name in properties)
    value = next((number for number in found if number is not None), None)
    return value, currency(properties.get("currency"))


def contact(who: dict[str, Any], *traits: Any) -> None:
    """Adds e-mail address and phone number from the first traits that tell them."""
    for told in traits:
        if isinstance(told, Mapping):
            email, phone = told.get("email"), told.get("phone")
            if "email" not in who and isinstance(email, str) and is_email(email):
                who["email"] = email
            if "phone" not in who and is_phone(phone):
                who["phone"] = str(phone)


def is_email(found: str) -> bool:
    """Whether a text looks like an e-mail address that the log takes."""
    return len(found) <= MOST_CHARACTERS and _EMAIL.fullmatch(found.strip()) is not None


def is_phone(found: Any) -> bool:
    """Whether it may be a phone number: it holds a digit."""
    if isinstance(found, bool) or not isinstance(found, str | int):
        return False
    return 0 < len(str(found)) <= MOST_CHARACTERS and any(sign.isdigit() for sign in str(found))


def earlier(previous: Any, user_id: Any, anonymous_id: Any) -> dict[str, Any]:
    """What the id that a person had before adds to her identifiers, as an alias call tells it.

    Whether it is an anonymous id or a user's, the call does not say. A UUID is one that a client
    has made up for somebody unknown; any other may be both, so both are told: what was anonymous
    joins the person, and of two users a human is asked.
    """
    if previous is None or previous in (anonymous_id, user_id):
        return {}
    found = {"anonymous_id": previous} if anonymous_id is None else {}
    if anonymous_id is not None or not is_uuid(previous):
        found[PREVIOUS_ID] = previous
    return found


def is_uuid(found: Any) -> bool:
    """Whether it is a text that looks like a UUID."""
    with suppress(ValueError, AttributeError, TypeError):
        UUID(found)
        return True
    return False
