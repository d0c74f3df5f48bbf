"""From an open workspace to the store of its segments."""

from __future__ import annotations

from desireline.kit.workspace import Workspace, WorkspaceHalf
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.erasing import finish_erasures
from desireline.log.segments.store import SegmentStore
from desireline.settings import Settings

CACHE = "cache"
"""The folder for local copies of segments in object storage."""


def open_store(workspace: Workspace) -> SegmentStore:
    """Where the workspace keeps its segments. Raises StoreUnknown, StoreUnwritable."""
    settings = workspace.settings
    return SegmentStore.at(
        settings.segments_url,
        cache=workspace.data_dir / CACHE,
        options=store_options(settings),
    )


def store_options(settings: Settings) -> dict[str, str]:
    """How object storage is reached, as `SegmentStore.at` takes it."""
    told = {
        "aws_endpoint_url": settings.s3_endpoint,
        "aws_region": settings.s3_region,
        "aws_access_key_id": settings.s3_access_key,
        "aws_secret_access_key": settings.s3_secret_key,
    }
    return {name: value for name, value in told.items() if value}


def check_segments(workspace: Workspace) -> None:
    """Refuses a workspace whose catalogue lists files that are not there. Raises WorkspaceHalf.

    A half-copied folder would otherwise show half of the history as if it were the whole.
    """
    with workspace.database.reading() as look:
        listed = Catalogue.read(look).segments
    there = open_store(workspace).names() if listed else {}
    missing = [s.file for s in listed if s.file not in there]
    if missing:
        raise WorkspaceHalf(
            f"{len(missing):,} of {len(listed):,} segments of the log are not in"
            f" {workspace.settings.segments_url}, the first {missing[0]}.",
            hint="The folder was copied only in part. Copy all of it, or restore a backup.",
        )


def finish_promised(workspace: Workspace) -> None:
    """Erases whoever a crash, or a restore that was cut off, has left: nobody is to see them."""
    finish_erasures(workspace.database, open_store(workspace), workspace.clock)
