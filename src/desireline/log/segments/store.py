"""Where segments lie: a folder, or object storage with a folder before it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from desireline.log.segments.errors import StoreUnknown

NAME = re.compile(r"[0-9]{8,}-[0-9a-f]{16}\.parquet")
AT_WORK = "work-"
"""How the folders in the staging folder are called in which segments are made."""
CACHE_BYTES = 20 << 30


class SegmentStore(ABC):
    """Immutable files by name, each read from a local disk."""

    staging: Path
    """A folder for files in the making, on the disk where they are read later."""

    @staticmethod
    def at(
        url: str,
        *,
        cache: Path | None = None,
        options: Mapping[str, str] | None = None,
        cache_bytes: int = CACHE_BYTES,
    ) -> SegmentStore:
        """The store of a URL: `file:///folder`, a bare path, or `s3://bucket/prefix`.

        Object storage needs `cache`, a folder for local copies, of at most `cache_bytes` together.
        `options` are the usual names for it: `aws_access_key_id`, `aws_secret_access_key`,
        `aws_session_token`, `aws_region`, `aws_endpoint_url`, in either case. Raises StoreUnknown,
        StoreUnwritable.
        """
        parts = urlsplit(url)
        if parts.scheme == "s3":
            if cache is None:
                raise StoreUnknown(f"{url} needs a folder for local copies.", hint="Name one.")
            return _bucket(url, cache, options or {}, cache_bytes)
        if parts.scheme not in ("", "file") or parts.netloc not in ("", "localhost"):
            raise StoreUnknown(
                f"{url} is no place that Desireline keeps segments in.",
                hint="Use file:///absolute/folder or s3://bucket/prefix.",
            )
        from desireline.log.segments.folder import FolderStore  # noqa: PLC0415 - it imports us

        return FolderStore(Path(unquote(parts.path)) if parts.scheme else Path(url))

    @contextmanager
    def at_work(self) -> Iterator[Path]:
        """A folder for files in the making, gone at the end with what is left in it."""
        with TemporaryDirectory(dir=self.staging, prefix=AT_WORK) as folder:
            yield Path(folder)

    @abstractmethod
    def put(self, path: Path, name: str) -> None:
        """Moves a finished file into the store, whole and durable. Raises StoreUnwritable."""

    @abstractmethod
    def local(self, name: str, sha256: str) -> Path:
        """Where a segment can be read. Raises SegmentMissing, SegmentDamaged."""

    @abstractmethod
    def retire(self, name: str) -> None:
        """Notes that a segment is no longer listed; `names` counts its age from now on."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Takes a segment away, local copies included; none is no error."""

    def keep_copies_only(self, names: Collection[str]) -> int:
        """How many local copies of other segments were deleted; 0 where there are no copies."""
        del names
        return 0

    @abstractmethod
    def names(self) -> dict[str, int]:
        """The segments that lie there, listed or not, and since when (microseconds).

        Since when they lie there, or are retired.
        """


def _bucket(url: str, cache: Path, options: Mapping[str, str], cache_bytes: int) -> SegmentStore:
    try:
        from desireline.log.segments.bucket import BucketStore  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise StoreUnknown(
            f"{url} needs the package obstore, which is not installed.",
            hint="Install desireline[s3].",
        ) from error
    return BucketStore(url, cache, options, cache_bytes)
