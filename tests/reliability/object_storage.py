"""An S3 server of our own on loopback, with an empty bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

from moto.server import ThreadedMotoServer


@contextmanager
def storage(bucket: str) -> Iterator[dict[str, str]]:
    """The settings with which a workspace finds it."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    urlopen(Request(f"{address}/{bucket}", method="PUT")).close()
    try:
        yield {
            "DESIRELINE_SEGMENTS_URL": f"s3://{bucket}/segments",
            "DESIRELINE_S3_ENDPOINT": address,
            "DESIRELINE_S3_ACCESS_KEY": "key",
            "DESIRELINE_S3_SECRET_KEY": "secret",
        }
    finally:
        server.stop()
