"""Segments in object storage, with local copies: the one door to obstore."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, UnknownConfigurationKeyError
from obstore.store import S3Store

from desireline.log.segments.cache import Cache
from desireline.log.segments.errors import (
    SegmentMissing,
    StoreUnknown,
    StoreUnreachable,
    StoreUnwritable,
)
from desireline.log.segments.store import NAME, SegmentStore

RETIRED = ".retired"
"""A marker beside an object: how old it is tells since when the object is not listed."""
RETRIES = 5
PATIENCE = timedelta(seconds=60)


class BucketStore(SegmentStore):
    """A prefix of a bucket, and a folder of this machine with copies of what was read last.

    An object is there whole or not at all. What an upload left that was cut off is no object; the
    bucket's own rules should delete such leftovers after a day.
    """

    def __init__(self, url: str, cache: Path, options: Mapping[str, str], cache_bytes: int) -> None:
        self.url = url.rstrip("/")
        self._bucket = _opened(self.url, options)
        self._cache = Cache(cache, cache_bytes)
        self.staging = self._cache.staging

    def put(self, path: Path, name: str) -> None:
        """Moves a finished file into the bucket, whole and durable. Raises StoreUnwritable."""
        try:
            obstore.put(self._bucket, name, path)
        except (BaseError, OSError) as error:
            raise StoreUnwritable(
                f"{self.url}/{name} cannot be written: {_brief(error)}.",
                hint="Nothing is lost. Check that the storage answers, and the rights of the key.",
            ) from error
        self._cache.keep(path, name)

    def local(self, name: str, sha256: str) -> Path:
        """A local copy, fetched where there is none yet and then checked.

        Raises SegmentMissing, SegmentDamaged, StoreUnreachable.
        """
        kept = self._cache.find(name)
        if kept is not None:
            return kept
        with self._told(name):
            parts = obstore.get(self._bucket, name).stream()
            return self._cache.take(name, sha256, (bytes(part) for part in parts))

    def retire(self, name: str) -> None:
        """Notes that a segment is no longer listed: its age counts from now on."""
        with self._told(name):
            obstore.put(self._bucket, name + RETIRED, b"")

    def delete(self, name: str) -> None:
        """Takes a segment away, its local copy included; none is no error."""
        self._cache.forget(name)
        for key in (name, name + RETIRED):
            with self._told(key):
                obstore.delete(self._bucket, key)

    def keep_copies_only(self, names: Collection[str]) -> int:
        """How many local copies of other segments were deleted."""
        return self._cache.keep_only(names)

    def names(self) -> dict[str, int]:
        """The segments that lie there, and since when (microseconds)."""
        since: dict[str, int] = {}
        with self._told(""):
            for objects in obstore.list(self._bucket):
                for one in objects:
                    moment = int(one["last_modified"].timestamp() * 1_000_000)
                    name = one["path"].removesuffix(RETIRED)
                    since[name] = max(moment, since.get(name, 0))
        return {name: at for name, at in since.items() if NAME.fullmatch(name)}

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Makes the errors of obstore ours."""
        try:
            yield
        except FileNotFoundError as error:
            raise SegmentMissing(
                f"The segment {self.url}/{name} is not there.",
                hint="Restore it from a backup; `desireline verify` names all such segments.",
            ) from error
        except BaseError as error:
            raise StoreUnreachable(
                f"{self.url}/{name} cannot be reached: {_brief(error)}.",
                hint="Check the address, the key and its rights, and try again.",
            ) from error


def _opened(url: str, options: Mapping[str, str]) -> S3Store:
    parts = urlsplit(url)
    told = {name.lower(): value for name, value in options.items()}
    try:
        return S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            config=told,  # type: ignore[arg-type]  # what it does not know, it refuses
            client_options={"allow_http": told.get("aws_endpoint_url", "").startswith("http://")},
            retry_config={"max_retries": RETRIES, "retry_timeout": PATIENCE},
        )
    except (UnknownConfigurationKeyError, BaseError, ValueError) as error:
        raise StoreUnknown(
            f"{url} cannot be opened: {_brief(error)}.",
            hint="Use s3://bucket/prefix, and the usual names of settings: aws_region and so on.",
        ) from error


def _brief(error: Exception) -> str:
    """The first line of what the storage said, without XML and debug print behind."""
    return str(error).partition("\n")[0].partition(": <?xml")[0].rstrip(". ")
