"""RudderStack's protocol: Segment's messages, and a page of settings for its browsers."""

from __future__ import annotations

import msgspec

from desireline.modules.collect.protocols import segment
from desireline.modules.collect.protocols.protocol import Given, Page, Protocol


def source_config(key: str, address: str) -> Given:  # noqa: ARG001 - it sends where it was told to
    """What its browsers ask for first: a source that is on, with no other destinations."""
    told = {
        "source": {
            "id": key,
            "name": "desireline",
            "writeKey": key,
            "enabled": True,
            "workspaceId": "desireline",
            "config": {
                "statsCollection": {"errors": {"enabled": False}, "metrics": {"enabled": False}}
            },
            "connections": [],
            "destinations": [],
            "dataplanes": {},
            "updatedAt": "2026-01-01T00:00:00.000Z",
        },
        "updatedAt": "2026-01-01T00:00:00.000Z",
        "consentManagementMetadata": {"providers": []},
    }
    return Given(msgspec.json.encode(told))


PROTOCOL = Protocol(
    name="rudderstack",
    routes=(),
    read=segment.read,
    pages=(Page("/sourceConfig/", source_config), Page("/sourceConfig", source_config)),
)
"""Its events go to the addresses of `segment.py`."""
