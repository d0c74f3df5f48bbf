"""From the words of other vocabularies to the fields of our envelope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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


def named(event: Any, fields: dict[str, Any]) -> None:
    """Sets the type of an event that bears a name; one that differs stays in the context."""
    if not isinstance(event, str):
        if event is not None:
            fields["type"] = event  # refused where fields are checked, with place and value
        return
    found = type_of(event.strip())
    fields["type"] = found
    if found != event:
        fields["context"] = {**(fields.get("context") or {}), "event_name": event}


def said(found: Any) -> Any:
    """What stands there; None for what says nothing: null and the empty text."""
    return None if found == "" else found


def text_in(found: Mapping[str, Any], *names: str) -> str:
    """The first text among members of these names; empty where there is none."""
    return next((v for n in names if isinstance(v := found.get(n), str) and v), "")


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


def worth(properties: Mapping[str, Any], fields: dict[str, Any]) -> None:
    """Sets value and currency where properties say them in a form that the log takes."""
    found = (amount(properties.get(name)) for name in AMOUNTS)
    fields["value"] = next((number for number in found if number is not None), None)
    fields["currency"] = currency(properties.get("currency"))


def contact(fields: dict[str, Any], *traits: Any) -> None:
    """Sets e-mail address and phone number from the first traits that tell them."""
    for told in traits:
        if isinstance(told, Mapping):
            email, phone = told.get("email"), told.get("phone")
            if "email" not in fields and isinstance(email, str) and _is_email(email):
                fields["email"] = email
            if "phone" not in fields and _is_phone(phone):
                fields["phone"] = phone


def _is_email(found: str) -> bool:
    return len(found) <= MOST_CHARACTERS and _EMAIL.fullmatch(found.strip()) is not None


def _is_phone(found: Any) -> bool:
    if isinstance(found, bool) or not isinstance(found, str | int):
        return False
    return 0 < len(str(found)) <= MOST_CHARACTERS and any(sign.isdigit() for sign in str(found))


def is_key(found: Any) -> bool:
    """Whether this is a write key, which is no part of any event."""
    return isinstance(found, str) and found.startswith("wk_")


def without(found: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """The members that no field has taken, so that nothing is lost."""
    names = set(known)
    return {name: value for name, value in found.items() if name not in names}
