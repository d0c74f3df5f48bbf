"""From the words of other vocabularies to the fields of our envelope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desireline.kit import foreign_words
from desireline.kit.foreign_words import PREVIOUS_ID, type_of


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


def worth(properties: Mapping[str, Any], fields: dict[str, Any]) -> None:
    """Sets value and currency where properties say them in a form that the log takes."""
    fields["value"], fields["currency"] = foreign_words.worth(properties)


def earlier(fields: dict[str, Any], previous: Any) -> None:
    """Sets the id that a person had before, as an alias call tells it: `foreign_words.earlier`."""
    found = foreign_words.earlier(previous, fields.get("user_id"), fields.get("anonymous_id"))
    if "anonymous_id" in found:
        fields["anonymous_id"] = found["anonymous_id"]
    if PREVIOUS_ID in found:
        fields["identifiers"] = {PREVIOUS_ID: found[PREVIOUS_ID]}


def is_key(found: Any) -> bool:
    """Whether this is a write key, which is no part of any event."""
    return isinstance(found, str) and found.startswith("wk_")


def without(found: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """The members that no field has taken, so that nothing is lost."""
    names = set(known)
    return {name: value for name, value in found.items() if name not in names}
