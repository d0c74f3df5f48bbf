"""From the words of other programs to those of the log: names, amounts, contacts.

Collectors and readers of exports say the same of the same words, so that an export that is imported
beside a live stream adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from typing import Any

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
