"""Who is let in when it is crowded: connections counted by address, the idlest gives way first."""

from __future__ import annotations

from collections import Counter, OrderedDict
from ipaddress import IPv6Address, ip_address
from typing import Protocol

from desireline.server.limits import DoorLimits

IPV6_NETWORK = 64
"""One customer of a provider holds a whole network of this size."""


class Visitor(Protocol):
    """An open connection, as the gate sees it."""

    address: str

    def give_way(self) -> None:
        """Closes the connection, because another needs its place."""
        ...


class Gate:
    """The open connections. Lives on one event loop, so it needs no lock.

    When all places are taken, the connection that has waited longest without a request in hand
    gives way to the newcomer: thousands of half-open connections push out one another, and those
    that do ask something are served.
    """

    def __init__(self, limits: DoorLimits) -> None:
        self.limits = limits
        self.open: set[Visitor] = set()
        self.body_bytes = 0
        """Of all bodies that have not been answered."""
        self.refused: Counter[str] = Counter()
        """How often the door refused, by reason."""
        self._by_address: Counter[str] = Counter()
        self._waiting: OrderedDict[Visitor, None] = OrderedDict()

    def admit(self, visitor: Visitor) -> bool:
        """Whether there is room for one more, made by sending the idlest away where need be."""
        own = self._by_address[visitor.address] >= self.limits.connections_per_address
        if own and not _is_loopback(visitor.address):
            place = self._make_room(of=visitor.address)
        elif len(self.open) >= self.limits.connections:
            place = self._make_room()
        else:
            place = True
        if place:
            self.open.add(visitor)
            self._by_address[visitor.address] += 1
            self._waiting[visitor] = None
        else:
            self.refused["connections"] += 1
        return place

    def asks(self, visitor: Visitor) -> None:
        """The visitor has a request in hand: from now on nobody takes its place."""
        self._waiting.pop(visitor, None)

    def waits(self, visitor: Visitor) -> None:
        """The visitor has been answered and waits, as the last in the row."""
        if visitor in self.open:
            self._waiting[visitor] = None

    def leaves(self, visitor: Visitor) -> None:
        """The connection is gone. A visitor who was not let in changes nothing."""
        if visitor not in self.open:
            return
        self.open.discard(visitor)
        self._waiting.pop(visitor, None)
        self._by_address[visitor.address] -= 1
        if not self._by_address[visitor.address]:
            del self._by_address[visitor.address]

    def _make_room(self, of: str | None = None) -> bool:
        for idlest in self._waiting:
            if of is None or idlest.address == of:
                self.refused["gave_way"] += 1
                self.leaves(idlest)
                idlest.give_way()
                return True
        return False


def network_of(host: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        if not address.is_loopback:
            return str(IPv6Address(int(address) >> IPV6_NETWORK << IPV6_NETWORK))
    return str(address)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return True  # a Unix socket: only this machine reaches it
