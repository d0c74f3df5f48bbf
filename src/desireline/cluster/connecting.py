"""From one line to a cluster that answers; Ray is imported here, where it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desireline.cluster.address import ClusterAddress
from desireline.cluster.errors import RayMissing
from desireline.cluster.loading import Loader, Patience

if TYPE_CHECKING:
    from desireline.cluster.compute import RayCompute


def connect(address: str, loader: Loader, patience: Patience | None = None) -> RayCompute:
    """A `Compute` over the log that `loader` loads, held by actors of the cluster at `address`.

    It returns once every shard is loaded. Raises ClusterAddressUnreadable, ClusterUnavailable,
    RayMissing, and what the loader raises.
    """
    found = ClusterAddress.of(address)
    try:
        from desireline.cluster.compute import RayCompute  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "ray":
            raise
        raise RayMissing(
            f"Analyses are to run at {address}, and Ray is not installed here.",
            hint="pip install 'desireline[cluster]', or run analyses on threads.",
        ) from error
    return RayCompute(found, loader, patience)
