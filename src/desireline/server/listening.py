"""The socket that the server listens at, bound before anything else is made."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from desireline.engine.errors import DesirelineError
from desireline.settings import Settings

BACKLOG = 2048


class PortTaken(DesirelineError):
    """Another program listens at the address, or it is none of this machine."""


def listen(settings: Settings) -> socket.socket:
    """A socket bound to the host and port of the settings. Raises PortTaken."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        found = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _taken(settings, error) from error
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        raise _taken(settings, error) from error
    found.setblocking(False)  # noqa: FBT003 - the name of the argument is Python's secret
    return found


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the host."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address_of(bound: socket.socket) -> str:
    """The address to print: `http://127.0.0.1:8765`."""
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _taken(settings: Settings, error: OSError) -> PortTaken:
    return PortTaken(
        f"Port {settings.port} at {settings.host} cannot be used: {error.strerror}.",
        hint="Stop the program that uses it, or choose another: --port 0 takes a free one.",
    )
