"""Which addresses a request may go to, and what a name leads to."""

from __future__ import annotations

import queue
import socket
from collections.abc import Callable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from threading import Thread

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], list[str]]

NAT64 = ip_network("64:ff9b::/96")
"""IPv6 addresses that carry one of IPv4 (RFC 6052)."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host in the order in which the system would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_within(resolver: Resolve, host: str, port: int, seconds: float) -> list[str]:
    """As `resolve`, but raises TimeoutError when it takes too long; the system knows no limit.

    OSError and UnicodeError come through. The thread that asks is left to itself.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, daemon=True, name="egress-resolve").start()
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except queue.Empty:
        raise TimeoutError(f"{host} was not found in {seconds:.1f} s") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def is_allowed(text: str, allowed: Sequence[Network]) -> bool:
    """Whether an address is in the open internet, or in a network that was allowed by name.

    An IPv6 address that carries one of IPv4 is judged by what it carries.
    """
    address = _carried(ip_address(text))
    if any(address in network for network in allowed if network.version == address.version):
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
