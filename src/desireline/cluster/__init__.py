"""The log on many machines: actors of a Ray cluster hold shards of the persons in memory.

    compute = connect("ray://auto?shards=8", LogLoader(database_url, segments_url))
    compute.ask(living_map.question, living_map.question.Query(journey_map))

Ray is an extra (`pip install desireline[cluster]`); it is imported when a cluster is joined.
"""

from desireline.cluster.address import ClusterAddress
from desireline.cluster.connecting import connect
from desireline.cluster.errors import (
    ClusterAddressUnreadable,
    ClusterUnavailable,
    QuestionTooLarge,
    RayMissing,
)
from desireline.cluster.loading import Held, Loader, Patience
from desireline.cluster.log_shard import LogLoader

__all__ = [
    "ClusterAddress",
    "ClusterAddressUnreadable",
    "ClusterUnavailable",
    "Held",
    "Loader",
    "LogLoader",
    "Patience",
    "QuestionTooLarge",
    "RayMissing",
    "connect",
]
