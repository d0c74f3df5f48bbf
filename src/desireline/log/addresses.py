"""IP addresses of persons, cut before anything is written, wherever an event may hold one.

An address is known by the name that it stands under, at any depth: `ip`, `$ip`, `client_ip`,
`ipAddress`, `remote_addr`, `X-Forwarded-For` and the like, see NAMES. Under other names four
numbers may be a version, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from desireline.kit.networks import cut, without_addresses

_WHOSE = (
    *(
        "",
        "$",
        "x_",
        "c",
        "client_",
        "customer_",
        "user_",
        "visitor_",
        "remote_",
        "source_",
        "src_",
    ),
    *("real_", "x_real_", "true_client_", "cf_connecting_", "device_", "host_", "public_"),
    *("last_", "last_known_", "initial_", "signup_", "login_", "session_", "request_", "sender_"),
    *("origin_", "current_", "last_sign_in_", "current_sign_in_", "registration_"),
)
_WHAT = ("ip", "ips", "ip_address", "ip_addresses", "ip_addr", "ipv4", "ipv6", "ip_v4", "ip_v6")
_OTHERS = (
    *("remote_addr", "remote_address", "client_addr", "client_address", "peer_addr"),
    *("peer_address", "x_forwarded_for", "forwarded_for", "forwarded", "http_x_forwarded_for"),
)


_ABBREVIATED = ("ip", "cf")


def _styles(name: str) -> Iterator[str]:
    """A name as programs write it: client_ip, client-ip, clientIp, clientIP, Client-IP, ..."""
    parts = name.split("_")
    plain = [part.capitalize() for part in parts]
    upper = [part.upper() if part in _ABBREVIATED else part.capitalize() for part in parts]
    for cased in (parts, plain, upper, [part.upper() for part in parts]):
        yield from (sign.join(cased) for sign in ("", "_", "-"))
    yield parts[0] + "".join(plain[1:])
    yield parts[0] + "".join(upper[1:])


NAMES = frozenset(
    style
    for name in (*(whose + what for whose in _WHOSE for what in _WHAT), *_OTHERS)
    for style in _styles(name)
)
"""Under these names stand addresses."""

_NESTS = frozenset((dict, list))
_MEMBER = re.compile(
    rb'(\\?"([^"\\]{1,40})\\?"\s*:\s*(?:\[\s*)?\\?")([^"\\]{1,200})(?=\\?")|'
    rb"((?<![A-Za-z_])(c?ip)=)([0-9A-Fa-f.:%]{2,60})"
)


def without_whole(held: dict[str, Any]) -> dict[str, Any]:
    """The object with the addresses in it cut; the very same where there are none."""
    return _cut_below(held) if _holds_any(held) else held


def cut_in_body(body: bytes) -> bytes:
    """The bytes of what failed, its addresses cut as far as it can be read without being JSON."""
    return _MEMBER.sub(_cut_member, body)


def _holds_any(held: dict[str, Any]) -> bool:
    """Asked of every event: a microsecond, on a busy machine, for twelve names and no address."""
    if not NAMES.isdisjoint(held):
        return True
    values = held.values()
    if _NESTS.isdisjoint(map(type, values)):
        return False
    for value in values:
        kind = type(value)
        if (kind is dict and _holds_any(value)) or (kind is list and _any_holds(value)):
            return True
    return False


def _any_holds(held: list[Any]) -> bool:
    return any(_holds_any({"": value}) for value in held if type(value) in (dict, list))


def _cut_below(held: Any) -> Any:
    if isinstance(held, dict):
        return {
            name: _cut_value(value) if name in NAMES else _cut_below(value)
            for name, value in held.items()
        }
    return [_cut_below(value) for value in held] if isinstance(held, list) else held


def _cut_value(value: Any) -> Any:
    """Of a text its addresses; of a number that is one the last eight bits."""
    if isinstance(value, str):
        return cut(value) or without_addresses(value)
    if isinstance(value, list):
        return [_cut_value(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1 << 24:
        return value >> 8 << 8
    return _cut_below(value)


def _cut_member(found: re.Match[bytes]) -> bytes:
    begin, name, value, query, _, asked = found.groups()
    if query is not None:
        return bytes(query) + _cut_bytes(asked)
    if name.decode(errors="replace") not in NAMES:
        return found[0]
    return bytes(begin) + _cut_bytes(value)


def _cut_bytes(value: bytes) -> bytes:
    text = value.decode(errors="surrogateescape")
    told = text.replace("%3A", ":").replace("%3a", ":")
    return (cut(told) or without_addresses(text)).encode(errors="surrogateescape")
