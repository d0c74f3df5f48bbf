"""Where a request came from, when proxies stand before the server."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


def first_stranger(near: str, forwarded: str, trusted: Sequence[Network] = ()) -> str:
    """The address nearest to us that is no proxy of ours.

    `near` is who has connected, `forwarded` what X-Forwarded-For says: each proxy adds whom it
    heard it from at the end, and what stands before that may be invented. So it is read from the
    end, as far as proxies are trusted: those on this machine always, others by their networks.
    """
    if not forwarded:
        return near
    told = [part.strip() for part in forwarded.split(",") if part.strip()]
    while told and _is_trusted(near, trusted):
        near = told.pop()
    return near


def _is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address == ""  # a Unix socket: only this machine reaches it
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return found.is_loopback or any(found in network for network in trusted)
