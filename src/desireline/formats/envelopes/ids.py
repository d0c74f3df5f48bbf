"""The id of an event that brings one: a UUID as it is; of other texts the log makes one."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from msgspec import UNSET, UnsetType

from desireline.formats.envelopes.envelope import id_of

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}")


def own_id(told: Any, namespace: UUID) -> tuple[str | UnsetType, dict[str, str]]:
    """The id, and what the context keeps of it: `message_id`, where it is no UUID."""
    if told is None or told == "":
        return UNSET, {}
    text = str(told)
    if _UUID.fullmatch(text):
        return text.lower(), {}
    return id_of(namespace, text), {"message_id": text}
