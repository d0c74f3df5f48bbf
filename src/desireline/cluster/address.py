"""The address of a cluster as one line: `ray://HOST:PORT?shards=8&threads=4`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from desireline.cluster.errors import ClusterAddressUnreadable
from desireline.settings import RAY


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
        found = RAY.fullmatch(text)
        if found is None:
            raise ClusterAddressUnreadable(
                f"{text!r} is not the address of a Ray cluster.",
                hint="An address reads like ray://auto or ray://10.0.0.5:6379?shards=8&threads=4:"
                " the host and port of the cluster's head, whole numbers above 0.",
            )
        options = {name: int(number) for name, number in parse_qsl(found["options"] or "")}
        return cls(found["host"] or "auto", options.get("shards"), options.get("threads", 1))
