"""An id for a visitor whose browser keeps none: the same all day, and another one tomorrow.

It is a keyed hash of what every request shows anyway: the address, the browser's name, and the
site. The key, the salt of the day, is drawn at random, held in the memory of this process alone and
thrown away when the day (UTC) is over. From then on nobody, we included, can tell from an id which
address it was made of, nor whether two ids of two days are one visitor. Neither address nor browser
is kept for it.

What that costs: visitors behind one address with the same browser are one; a server that restarts
draws a new salt, so visitors of before and after are two; so are those that two processes see.
"""

from __future__ import annotations

import secrets
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from threading import Lock

from desireline.kit.clock import Clock

DAY = 86_400_000_000
SALT_BYTES = 32
ID_BYTES = 16
PREFIX = "day-"
"""Begins every such id, so that reports can tell them from those of browsers that keep one."""
IPV6_NETWORK = 64
"""A home has a whole network of this size, and its devices change their places in it."""


class Cookieless:
    """Makes the ids of one process. May be called from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._day = -1
        self._salt = b""

    def id_of(self, site: str, address: str, browser: str) -> str:
        """The id of today: `day-` and 32 hexadecimal digits.

        `site` is what tells one firm's site from another's, such as the key of its source; the
        same visitor has another id on each. `browser` is the header User-Agent.
        """
        said = "\0".join((site, _network(address), browser)).encode("utf-8", "surrogateescape")
        return PREFIX + blake2b(said, key=self._salt_of_today(), digest_size=ID_BYTES).hexdigest()

    def _salt_of_today(self) -> bytes:
        day = self._clock.now() // DAY
        with self._lock:
            if day > self._day:  # a clock set back does not bring an old day's salt: it is gone
                self._day, self._salt = day, secrets.token_bytes(SALT_BYTES)
            return self._salt


def _network(address: str) -> str:
    if ":" not in address:
        return address
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> IPV6_NETWORK << IPV6_NETWORK))
    return str(found)
