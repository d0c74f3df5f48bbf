"""Identifiers of an event: which kinds there are, which is the strongest, how they are spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from desireline.log.identity.persons import OTHER_RANK, RANKS, ROLE_RANK
from desireline.log.naming import emails, phones
from desireline.log.naming.placeholders import PLACEHOLDERS
from desireline.log.rejecting import Unfit, brief

Name: TypeAlias = tuple[str, str]
"""One identifier: its kind and its value."""

MOST = 16
"""Identifiers of one event."""
MOST_CHARACTERS = 200

_NONE: dict[str, str] = {}
_KIND = re.compile(r"[a-z][a-z0-9_]{0,63}")


def spelled(kind: str, value: str | int, country: str = "") -> str:
    """The value in the one spelling that the log knows it by, whatever door it comes through.

    Space around it is cut off. E-mail addresses: see `emails`; telephone numbers: `phones`, where
    `country` is that of numbers without one. The id of a device is in small letters, as some of its
    programs write it so and some not. All others stay: they are another system's own words. Raises
    Unfit where nothing is left.
    """
    text = value.strip() if type(value) is str else str(value)
    if not text:
        raise Unfit(
            "identifier_empty",
            f"The identifier `{kind}` is empty.",
            hint="Leave it out where you do not know it.",
        )
    if kind == "email":
        return emails.spelled(text)
    if kind == "phone":
        return phones.spelled(text, country)
    return text.lower() if kind == "device_id" else text


def named_by(found: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Those of spelled identifiers that name somebody, and those that may be anybody's.

    The latter are what programs write where they know nobody (`null`, `0`, `anonymous`), e-mail
    addresses that are none, telephone numbers without digits. They would join strangers.
    """
    if PLACEHOLDERS.isdisjoint(found.values()) and not ("email" in found or "phone" in found):
        return found, _NONE
    refused = {kind: text for kind, text in found.items() if _is_anybody(kind, text)}
    return {kind: text for kind, text in found.items() if kind not in refused}, refused


def _is_anybody(kind: str, text: str) -> bool:
    if text in PLACEHOLDERS:
        return True
    if kind == "email":
        return not emails.is_email(text)
    return kind == "phone" and not phones.is_phone(text)


def ranked(found: Mapping[str, str]) -> tuple[Name, ...]:
    """The identifiers, strongest first: user_id, email, phone, others by name, devices.

    An address of a role (info@) is the last: what was done is told of somebody else, if possible.
    """
    return tuple(found.items() if len(found) == 1 else sorted(found.items(), key=_order))


def _order(name: Name) -> tuple[int, Name]:
    is_role = name[0] == "email" and emails.is_role(name[1])
    return (ROLE_RANK if is_role else RANKS.get(name[0], OTHER_RANK)), name


def add_others(found: dict[str, str], others: Mapping[str, str | int], country: str = "") -> None:
    """Takes the members of the field `identifiers` into `found`. Raises Unfit."""
    for kind, value in others.items():
        if not _KIND.fullmatch(kind):
            raise Unfit(
                "identifier_kind_wrong",
                f"{brief(kind)} in `identifiers` is no kind of identifier.",
                hint="A kind is small letters, digits and _, begins with a letter, and has at"
                " most 64 characters: customer_number.",
            )
        text = spelled(kind, value, country)
        if found.setdefault(kind, text) != text:
            raise Unfit(
                "identifier_twice",
                f"`{kind}` is {brief(found[kind])} at the top and {brief(text)} in `identifiers`.",
                hint="Say it once.",
            )
    if len(found) > MOST:
        raise Unfit(
            "identifiers_too_many",
            f"The event has {len(found)} identifiers; {MOST} are allowed.",
            hint="Keep what names the customer, and move the rest to `properties`.",
        )
