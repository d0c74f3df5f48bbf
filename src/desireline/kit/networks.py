"""IP addresses cut to networks: enough of one for the country, too little for a person."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, ip_address

KEPT_BITS = {4: 24, 6: 48}

_V4 = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9]|\.[0-9])")
_BETWEEN = re.compile(r"([^0-9A-Za-z.:%])")


@lru_cache(4096)
def cut(address: str) -> str:
    """The network of an IP address: of IPv4 24 bits, of IPv6 48; empty where it is none."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    away = found.max_prefixlen - KEPT_BITS[found.version]
    number = int(found) >> away << away
    kind = IPv4Address if found.version == 4 else type(found)
    return str(kind(number))


def without_addresses(text: str) -> str:
    """A text in which IP addresses are cut, so that it can be kept; ports stay."""
    whole = _V4.sub(lambda found: cut(found[0]) or found[0], text)
    if whole.count(":") < 2:
        return whole
    parts = _BETWEEN.split(whole)
    return "".join(cut(part) or part if part.count(":") > 1 else part for part in parts)
