"""From the words of other programs to those of the log: names, amounts, contacts, addresses.

The collectors say the same of the same words (`modules.collect.protocols.fields`); a test holds
both to it, so that an export imported beside a live stream adds nothing.
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

_CURRENCY = re.compile(r"[A-Z]{3}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@lru_cache(4096)
def type_of(name: str) -> str:
    """`Product Added`, `productAdded` and `product-added` as the log writes them: `product_added`.

    A name without letters stays as it is.
    """
    found = ""
    before = ""
    for sign in name:
        if not sign.isalnum():
            found += "_"
        else:
            begins = sign.isupper() and (before.islower() or before.isnumeric())
            found += "_" + sign if begins else sign
        before = sign
    return re.sub("_+", "_", found).strip("_").lower() or name


def amount(found: Any) -> float | None:
    """A number, also one written as text; None where it is none, or beyond what the log takes."""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) and abs(number) <= MOST_AMOUNT else None


def worth(properties: Mapping[str, Any]) -> tuple[float | None, str | None]:
    """Value and currency, where properties say them in a form that the log takes."""
    found = (amount(properties[name]) for name in AMOUNTS if name in properties)
    letters = properties.get("currency")
    letters = letters.strip().upper() if isinstance(letters, str) else ""
    currency = letters if _CURRENCY.fullmatch(letters) else None
    return next((number for number in found if number is not None), None), currency


def contact(who: dict[str, str], *traits: Any) -> None:
    """Adds e-mail address and phone number from the first traits that tell them."""
    for told in traits:
        if isinstance(told, dict):
            email, phone = told.get("email"), told.get("phone")
            if "email" not in who and isinstance(email, str) and is_email(email):
                who["email"] = email
            if "phone" not in who and _is_phone(phone):
                who["phone"] = str(phone)


def is_email(found: str) -> bool:
    """Whether a text looks like an e-mail address that the log takes."""
    return len(found) <= MOST_CHARACTERS and _EMAIL.fullmatch(found.strip()) is not None


def _is_phone(found: Any) -> bool:
    if isinstance(found, bool) or not isinstance(found, str | int):
        return False
    return 0 < len(str(found)) <= MOST_CHARACTERS and any(sign.isdigit() for sign in str(found))
