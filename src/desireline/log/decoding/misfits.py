"""Says what is wrong with JSON that is no event: the place, the value, what would fit."""

from __future__ import annotations

from difflib import get_close_matches

from desireline.log.rejecting import Unfit, brief
from desireline.log.wire import FIELDS

FOREIGN = {
    "userid": "user_id",
    "anonymousid": "anonymous_id",
    "event_id": "id",
    "eventid": "id",
    "uuid": "id",
    "name": "type",
    "event_name": "type",
    "event_type": "type",
    "time": "at",
    "date": "at",
    "ts": "at",
    "occurred_at": "at",
    "created_at": "at",
    "traits": "properties",
    "attributes": "properties",
    "data": "properties",
    "payload": "properties",
    "amount": "value",
    "revenue": "value",
    "price": "value",
    "mail": "email",
    "tel": "phone",
}
"""What other programs call our fields."""
HINTS = {
    "kind": "The kinds are track, page, screen, identify, group, alias.",
    "direction": "The directions are inbound, outbound, internal.",
    "currency": "Write the three capital letters of ISO 4217, such as EUR.",
    "value": "Write a number within 2^53, without quotes.",
    "at": "Write 2026-03-01T12:34:56Z, or the seconds or milliseconds since 1970 as a number.",
}


def misfit(value: object, message: str) -> Unfit:
    """The error for JSON whose shape the decoder refused with `message`."""
    if not isinstance(value, dict):
        return Unfit(
            "event_not_object",
            f"An event is a JSON object; this is {brief(value)}.",
            hint='Send {"type": "order_completed", "user_id": "42"}.',
        )
    unknown = next((name for name in value if name not in FIELDS), None)
    if unknown is not None:
        return Unfit(
            "field_unknown",
            f"An event has no field {brief(unknown)}.",
            hint=_did_you_mean(unknown) + "What is your own goes into `properties`.",
        )
    problem, _, path = message.partition(" - at `")
    field = path.removeprefix("$.").partition("`")[0].partition("[")[0]
    return Unfit(
        "field_wrong",
        f"`{field}` is {brief(value.get(field))}: {problem[:1].lower()}{problem[1:]}.",
        hint=HINTS.get("at" if field == "timestamp" else field, "")
        or "docs/events.md says what each field holds.",
    )


def _did_you_mean(name: str) -> str:
    plain = name.lower().replace("-", "_")
    close = [FOREIGN[plain]] if plain in FOREIGN else get_close_matches(plain, FIELDS, n=1)
    return f"Did you mean `{close[0]}`? " if close else ""
