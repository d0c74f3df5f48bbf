"""How much one client, and all of them, may ask of the server at once."""

from __future__ import annotations

import resource
from dataclasses import dataclass, replace

from desireline.settings import Limits

SPARE_FILES = 256
"""Open files that connections leave to databases, segments and logs."""
LEAST_CONNECTIONS = 16
STREAMED = b"/v1/imports"
"""The address whose bodies a route writes to the disk as they come: nobody holds them."""
FORM_BYTES = 65_536
"""What a form adds around a file."""


@dataclass(frozen=True, kw_only=True)
class DoorLimits:
    """Numbers of the door. A client that breaks one of them never reaches a route."""

    head_seconds: float = 10.0
    """From the connection, or from the first byte of a further request, to the end of its head."""
    head_bytes: int = 32 * 1024
    body_bytes: int = 5_000_000
    """As sent. What unpacks to more is refused where it is unpacked."""
    upload_bytes: int = 2_000_000_000
    """As sent, where a route writes the body to the disk as it comes."""
    body_grace_seconds: float = 5.0
    """How long a body may dawdle before its rate counts."""
    body_rate: int = 1_000
    """Least bytes a second after the grace, on average since the head."""
    all_bodies_bytes: int = 256 * 1024 * 1024
    """Bytes of all unanswered bodies together: what slow senders can make the server hold."""
    stall_seconds: float = 30.0
    """How long a client may read nothing of an answer that waits for it."""
    idle_seconds: int = 20
    """How long a connection may wait for its next request."""
    linger_seconds: float = 1.0
    """How long a refused client may go on sending, so that it can read why."""
    connections: int = 2_000
    connections_per_address: int = 200
    """Of one IPv4 address or IPv6 /64. Loopback has no limit of its own: proxies stand there."""
    drain_seconds: int = 8
    """How long requests may take to finish once the server has been told to stop."""

    @classmethod
    def of(cls, limits: Limits) -> DoorLimits:
        """The door's share of the settings, within what the system grants this process."""
        door = cls(
            head_seconds=limits.header_seconds,
            body_bytes=limits.body_bytes,
            upload_bytes=limits.upload_bytes + FORM_BYTES,
            body_rate=limits.body_bytes_per_second,
            connections=limits.connections,
            connections_per_address=limits.connections_per_address,
            drain_seconds=limits.drain_seconds,
        )
        return replace(door, connections=_within_system(door.connections))


def _within_system(connections: int) -> int:
    """So many connections, or as many as open files allow; raises the soft limit to the hard."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return connections
    return min(connections, max(soft - SPARE_FILES, LEAST_CONNECTIONS))
