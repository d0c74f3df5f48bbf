"""The wire protocols of other people's clients: one file each, and one tuple of them all."""

from __future__ import annotations

from desireline.modules.collect.protocols import (
    matomo,
    own,
    posthog,
    rudderstack,
    segment,
    snowplow,
)
from desireline.modules.collect.protocols.protocol import Protocol

PROTOCOLS: tuple[Protocol, ...] = (
    own.PROTOCOL,
    segment.PROTOCOL,
    rudderstack.PROTOCOL,
    posthog.PROTOCOL,
    snowplow.PROTOCOL,
    matomo.PROTOCOL,
)
