"""Identifiers of an event: which kinds there are, which is the strongest, how they are spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from desireline.log.identity.persons import OTHER_RANK, RANKS
from desireline.log.rejecting import Unfit, brief

Name: TypeAlias = tuple[str, str]
"""One identifier: its kind and its value."""

MOST = 16
"""Identifiers of one event."""
MOST_CHARACTERS = 200

_KIND = re.compile(r"[a-z][a-z0-9_]{0,63}")


def spelled(kind: str, value: str | int) -> str:
    """The value in the one spelling that the log knows it by.

    Space around it is cut off; an e-mail address is in small letters. Raises Unfit where nothing
    is left.
    """
    text = value.strip() if type(value) is str else str(value)
    if not text:
        raise Unfit(
            "identifier_empty",
            f"The identifier `{kind}` is empty.",
            hint="Leave it out where you do not know it.",
        )
    return text.lower() if kind == "email" else text


def ranked(found: Mapping[str, str]) -> tuple[Name, ...]:
    """The identifiers, strongest first: user_id, email, phone, others by name, anonymous_id."""
    return tuple(sorted(found.items(), key=lambda name: (RANKS.get(name[0], OTHER_RANK), name)))


def add_others(found: dict[str, str], others: Mapping[str, str | int]) -> None:
    """Takes the members of the field `identifiers` into `found`. Raises Unfit."""
    for kind, value in others.items():
        if not _KIND.fullmatch(kind):
            raise Unfit(
                "identifier_kind_wrong",
                f"{brief(kind)} in `identifiers` is no kind of identifier.",
                hint="A kind is small letters, digits and _, begins with a letter, and has at"
                " most 64 characters: customer_number.",
            )
        text = spelled(kind, value)
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
