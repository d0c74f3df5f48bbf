"""The log on many machines: actors of a Ray cluster hold shards of the persons in memory."""

from desireline.cluster.address import ClusterAddress
from desireline.cluster.compute import RayCompute
from desireline.cluster.errors import ClusterAddressUnreadable, ClusterUnavailable
from desireline.cluster.loading import Held, Loader

__all__ = [
    "ClusterAddress",
    "ClusterAddressUnreadable",
    "ClusterUnavailable",
    "Held",
    "Loader",
    "RayCompute",
]
