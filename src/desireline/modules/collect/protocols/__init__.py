"""The wire protocols of other people's clients: one file each, and one tuple of them all."""

from __future__ import annotations

from desireline.modules.collect.protocols import own, segment
from desireline.modules.collect.protocols.protocol import Protocol

PROTOCOLS: tuple[Protocol, ...] = (own.PROTOCOL, segment.PROTOCOL)
