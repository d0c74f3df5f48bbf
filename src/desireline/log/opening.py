"""From an open workspace to the store of its segments."""

from __future__ import annotations

from desireline.kit.workspace import Workspace
from desireline.log.segments.store import SegmentStore

CACHE = "cache"
"""The folder for local copies of segments in object storage."""


def open_store(workspace: Workspace) -> SegmentStore:
    """Where the workspace keeps its segments. Raises StoreUnknown, StoreUnwritable."""
    settings = workspace.settings
    told = {
        "aws_endpoint_url": settings.s3_endpoint,
        "aws_region": settings.s3_region,
        "aws_access_key_id": settings.s3_access_key,
        "aws_secret_access_key": settings.s3_secret_key,
    }
    return SegmentStore.at(
        settings.segments_url,
        cache=workspace.data_dir / CACHE,
        options={name: value for name, value in told.items() if value},
    )
