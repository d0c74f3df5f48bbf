"""Connections that go only where they may, and end when the time is over."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from desireline.kit.egress.addresses import Network, Resolve, is_allowed, resolve_within
from desireline.kit.egress.errors import AddressForbidden, HostUnknown

PIECE = 65_536


class Deadline:
    """The moment at which a request has to be over, whatever the other side does."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then; raises httpcore's ReadTimeout when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left


class GuardedBackend(httpcore.NetworkBackend):
    """Looks a host up once, judges every address, and connects to what was judged.

    A name that leads elsewhere a moment later (DNS rebinding) gains nothing, and each redirect
    comes through here as well.
    """

    def __init__(self, allowed: Sequence[Network], resolve: Resolve, deadline: Deadline) -> None:
        self._allowed, self._resolve, self._deadline = allowed, resolve, deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline holds for all
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that takes it."""
        addresses = self._addresses(host, port)
        for tried, address in enumerate(addresses, start=1):
            share = self._deadline.left() / (len(addresses) - tried + 1)
            try:
                stream = self._plain.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if tried == len(addresses):
                    raise
            else:
                return GuardedStream(stream, self._deadline)
        raise httpcore.ConnectError

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Refused."""
        raise AddressForbidden(f"{path} is a socket of this machine.", hint="Name a host.")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = resolve_within(self._resolve, host, port, self._deadline.left())
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise HostUnknown(
                f"The host {host} is not known.", hint="See that its name is written right."
            )
        if not all(is_allowed(address, self._allowed) for address in found):
            raise AddressForbidden(
                f"The host {host} is on this machine or in a private network.",
                hint="If requests may go there, an operator names the network in"
                " DESIRELINE_EGRESS_ALLOW.",
            )
        return found


class GuardedStream(httpcore.NetworkStream):
    """A connection on which every step has to end before the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """What has come."""
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Sends it piece by piece, so that a slow reader meets the deadline."""
        for start in range(0, len(buffer), PIECE):
            self._stream.write(buffer[start : start + PIECE], self._deadline.left())

    def close(self) -> None:
        """Hangs up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """The same under TLS, with a certificate for the name, not for the address."""
        left = self._deadline.left()
        return GuardedStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
