"""Segments in object storage, against a real S3 server on loopback."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import sleep, time
from urllib.request import Request, urlopen
from uuid import uuid4

import obstore
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import S3Store
from tests.log.segments.logs import Log, blank_as_none, made_up, put

from desireline.kit.clock import SystemClock
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import erase
from desireline.log.segments.errors import (
    SegmentDamaged,
    SegmentMissing,
    StoreUnknown,
    StoreUnreachable,
    StoreUnwritable,
)
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal
from desireline.log.segments.store import SegmentStore
from desireline.log.segments.sweeping import HOUR, sweep

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "aws_region": "us-east-1"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 server."""
    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture
def bucket(server: str) -> S3Store:
    """An empty bucket, as another program sees it."""
    name = f"b{uuid4().hex}"
    urlopen(Request(f"{server}/{name}", method="PUT")).close()
    return S3Store(
        name,
        prefix="a/log",
        config={**KEYS, "aws_endpoint_url": server},
        client_options={"allow_http": True},
    )


@pytest.fixture
def remote(bucket: S3Store, tmp_path: Path, server: str) -> SegmentStore:
    """A store in the bucket, that has no local copies yet."""
    return store_in(bucket, tmp_path / "cache", server)


def store_in(bucket: S3Store, cache: Path, server: str, most: int = 1 << 30) -> SegmentStore:
    """Another machine's store in the same bucket."""
    name = bucket.config["bucket"]
    options = {**KEYS, "aws_endpoint_url": server}
    return SegmentStore.at(f"s3://{name}/a/log", cache=cache, options=options, cache_bytes=most)


def objects(bucket: S3Store) -> list[str]:
    """What lies in the bucket."""
    return [one["path"] for page in obstore.list(bucket) for one in page]


def a_file(store: SegmentStore, text: bytes = b"a segment") -> tuple[Path, str, str]:
    """A finished file, its name and its SHA-256."""
    digest = hashlib.sha256(text).hexdigest()
    path = store.staging / "made"
    path.write_bytes(text)
    return path, f"00000001-{digest[:16]}.parquet", digest


class TestBucket:
    def test_another_machine_reads_what_one_has_put(
        self, remote: SegmentStore, bucket: S3Store, tmp_path: Path, server: str
    ) -> None:
        path, name, digest = a_file(remote)
        remote.put(path, name)
        assert objects(bucket) == [name]
        assert not path.exists()
        other = store_in(bucket, tmp_path / "other", server)
        assert other.local(name, digest).read_bytes() == b"a segment"
        assert list(other.names()) == [name]

    def test_a_copy_is_read_without_the_server(self, remote: SegmentStore, bucket: S3Store) -> None:
        path, name, digest = a_file(remote)
        remote.put(path, name)
        obstore.delete(bucket, name)
        assert remote.local(name, digest).read_bytes() == b"a segment"

    def test_a_missing_object_is_named(self, remote: SegmentStore) -> None:
        with pytest.raises(SegmentMissing, match=r"00000009-0{16}.parquet is not there") as problem:
            remote.local(f"00000009-{'0' * 16}.parquet", "0" * 64)
        assert "backup" in problem.value.hint

    def test_a_changed_object_is_damaged_and_not_kept(
        self, remote: SegmentStore, bucket: S3Store
    ) -> None:
        _, name, digest = a_file(remote)
        obstore.put(bucket, name, b"another segment")
        for _ in range(2):
            with pytest.raises(SegmentDamaged, match=f"{name} has the SHA-256") as problem:
                remote.local(name, digest)
        assert "backup" in problem.value.hint
        assert [p for p in remote.staging.iterdir() if p.name != "made"] == []

    def test_deleting_takes_object_and_copy(self, remote: SegmentStore, bucket: S3Store) -> None:
        path, name, digest = a_file(remote)
        remote.put(path, name)
        remote.retire(name)
        remote.delete(name)
        assert objects(bucket) == []
        with pytest.raises(SegmentMissing):
            remote.local(name, digest)
        remote.delete(name)

    def test_only_what_was_read_last_stays_in_the_cache(
        self, remote: SegmentStore, bucket: S3Store, tmp_path: Path, server: str
    ) -> None:
        small = store_in(bucket, tmp_path / "small", server, most=250)
        names = {}
        for i in range(4):
            path, name, digest = a_file(remote, bytes([i]) * 100)
            remote.put(path, name)
            names[small.local(name, digest).name] = digest
            hours_ago(tmp_path / "small" / name, 4 - i)
        oldest, *_, newest = names
        assert not (tmp_path / "small" / oldest).exists()
        assert (tmp_path / "small" / newest).exists()
        assert small.local(oldest, names[oldest]).read_bytes() == bytes(100)

    def test_a_retired_segment_is_young_again(self, remote: SegmentStore) -> None:
        path, name, _ = a_file(remote)
        remote.put(path, name)
        sleep(1.1)  # the server counts in seconds
        before = remote.names()
        remote.retire(name)
        assert list(remote.names()) == [name]
        assert remote.names()[name] > before[name]


class TestTrouble:
    def test_an_upload_cut_off_leaves_nothing_and_the_tail_whole(
        self, log: Log, bucket: S3Store, tmp_path: Path, server: str
    ) -> None:
        rows = made_up(50)
        put(log, rows)
        with cut_off_after(server, 6_000_000) as address:
            remote = store_in(bucket, tmp_path / "cache", address)
            path, name, _ = a_file(remote, os.urandom(12_000_000))
            with pytest.raises(StoreUnwritable, match=name) as problem:
                remote.put(path, name)
            with pytest.raises(StoreUnwritable):
                seal(log.db, remote, log.clock)
        assert problem.value.hint
        assert objects(bucket) == []
        assert log.listed() == []
        assert log.tail() == rows

    def test_a_server_that_is_gone_is_named(self, tmp_path: Path, bucket: S3Store) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"http://127.0.0.1:{free.getsockname()[1]}"
        remote = store_in(bucket, tmp_path / "cache", address)
        with pytest.raises(StoreUnreachable, match="cannot be reached") as problem:
            remote.names()
        assert problem.value.hint

    @pytest.mark.parametrize(
        ("url", "options"),
        [
            ("s3://bucket/log", {"aws_colour": "blue"}),
            ("ftp://host/folder", {}),
            ("file://elsewhere/folder", {}),
        ],
    )
    def test_an_address_that_is_none_is_refused(
        self, tmp_path: Path, url: str, options: dict[str, str]
    ) -> None:
        with pytest.raises(StoreUnknown) as problem:
            SegmentStore.at(url, cache=tmp_path, options=options)
        assert url in str(problem.value)
        assert problem.value.hint

    def test_object_storage_needs_a_folder(self) -> None:
        with pytest.raises(StoreUnknown, match="needs a folder"):
            SegmentStore.at("s3://bucket/log")


class TestLogInABucket:
    def test_is_sealed_merged_swept_and_read_elsewhere(
        self, log: Log, remote: SegmentStore, bucket: S3Store, tmp_path: Path, server: str
    ) -> None:
        rows = made_up(400)
        put(log, rows)
        for last in (100, 200, 300, 400):
            log.clock.move(1)
            seal(log.db, remote, log.clock, upto=last)
        old = set(remote.names())
        compact(log.db, remote, log.clock)
        assert sweep(log.db, remote, SystemClock()) == []
        assert set(sweep(log.db, remote, SystemClock(), older_than=-HOUR)) == old
        elsewhere = Log(log.db, store_in(bucket, tmp_path / "other", server), log.clock)
        assert elsewhere.everything() == blank_as_none(rows)
        assert len(objects(bucket)) == 1

    def test_erasing_takes_objects_and_copies_at_once(
        self, log: Log, remote: SegmentStore, bucket: S3Store, tmp_path: Path
    ) -> None:
        put(log, made_up(200, subjects=4))
        seal(log.db, remote, log.clock)
        old = objects(bucket)
        erase(log.db, remote, log.clock, [2])
        assert len(objects(bucket)) == 1
        assert objects(bucket) != old
        copies = [p for p in (tmp_path / "cache").rglob("*") if p.is_file()]
        assert [copy.name for copy in copies] == objects(bucket)
        with LogReader(log.db, remote) as reader:
            assert reader.events_of([2]) == []
            assert len(reader.events_of([1, 3, 4], 200)) == log_rows_but(2)


def log_rows_but(subject: int) -> int:
    """How many of the 200 events are not of a subject."""
    return sum(row["subject"] != subject for row in made_up(200, subjects=4))


def hours_ago(path: Path, hours: int) -> None:
    """Makes a copy one that was last asked for some hours ago."""
    then = time() - 3600 * hours
    os.utime(path, (then, then))


@contextmanager
def cut_off_after(server: str, most: int) -> Iterator[str]:
    """The address of a way to the server that lets so many bytes through, and then none."""
    left = [most]
    host, port = server.removeprefix("http://").split(":")
    with socket.create_server(("127.0.0.1", 0)) as door:
        Thread(target=_let_through, args=(door, (host, int(port)), left), daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        door.shutdown(socket.SHUT_RDWR)


def _let_through(door: socket.socket, to: tuple[str, int], left: list[int]) -> None:
    while True:
        try:
            came, _ = door.accept()
        except OSError:
            return
        if left[0] <= 0:
            came.close()
            continue
        goes = socket.create_connection(to)
        for a, b, counted in ((came, goes, True), (goes, came, False)):
            Thread(target=_pour, args=(a, b, left, counted), daemon=True).start()


def _pour(a: socket.socket, b: socket.socket, left: list[int], counted: bool) -> None:
    with a, b, suppress(OSError):
        while part := a.recv(65536):
            left[0] -= len(part) * counted
            if left[0] <= 0:
                return
            b.sendall(part)
