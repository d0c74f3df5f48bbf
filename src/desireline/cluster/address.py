"""The address of a cluster as one line: `ray://HOST:PORT?shards=8&threads=4`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from desireline.cluster.errors import ClusterAddressUnreadable

EXAMPLE = "An address reads like ray://auto or ray://10.0.0.5:6379?shards=8&threads=4."


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Where a cluster is, and how the log is to be spread over it.

    This machine must be a node of the cluster (`ray start --address=HOST:PORT`); `auto` is the
    cluster that it is a node of.
    """

    host: str
    """`auto`, or host and port of the head node, as `ray start` prints them."""
    shards: int | None = None
    """How many actors hold the log; None: one for each node that has a processor to give."""
    threads: int = 1
    """How many processors each of them takes."""

    @classmethod
    def of(cls, text: str) -> ClusterAddress:
        """The address that a text means; `ray` alone is `ray://auto`.

        Raises ClusterAddressUnreadable.
        """
        parts = urlsplit("ray://auto" if text == "ray" else text)
        if parts.scheme != "ray" or not parts.netloc or parts.path not in ("", "/"):
            raise ClusterAddressUnreadable(
                f"{text!r} is not the address of a Ray cluster.", hint=EXAMPLE
            )
        options = parse_qs(parts.query, keep_blank_values=True)
        for name in options:
            if name not in ("shards", "threads"):
                raise ClusterAddressUnreadable(
                    f"The address of a cluster has no option {name!r}.", hint=EXAMPLE
                )
        shards, threads = (_number(options, name) for name in ("shards", "threads"))
        return cls(parts.netloc, shards, threads or 1)


def _number(options: dict[str, list[str]], name: str) -> int | None:
    given = options.get(name)
    if given is None:
        return None
    if len(given) != 1 or not given[0].isdecimal() or int(given[0]) == 0:
        raise ClusterAddressUnreadable(
            f"{name} is a whole number above 0, not {', '.join(given)!r}.", hint=EXAMPLE
        )
    return int(given[0])
