"""The tracker as the server gives it: small, cached, open to pages of others, unchanged."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest
from tests.server.processes import running
from tests.web.browsing import ROOT

BUILT = ROOT / "src/desireline/static/t.js"
MOST_PACKED_BYTES = 6_000
pytestmark = pytest.mark.skipif(not BUILT.is_file(), reason="the tracker is not built: make setup")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with running(tmp_path_factory.mktemp("script") / "w") as server:
        yield server.client


def test_it_is_small() -> None:
    assert len(gzip.compress(BUILT.read_bytes(), 9)) < MOST_PACKED_BYTES


def test_it_asks_nobody_else_and_evaluates_nothing() -> None:
    script = BUILT.read_text()
    for word in ("http:", "https:", "eval(", "Function(", "document.cookie", "import("):
        assert word not in script, word


def test_it_comes_whole_and_packed(client: httpx.Client) -> None:
    packed = client.get("/t.js")
    plain = client.get("/t.js", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content == BUILT.read_bytes()
    assert int(packed.headers["content-length"]) < MOST_PACKED_BYTES
    for answer in (packed, plain):
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["vary"] == "accept-encoding"


def test_pages_of_others_may_load_it(client: httpx.Client) -> None:
    headers = client.get("/t.js", headers={"origin": "https://shop.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in headers


def test_it_is_cached_until_it_changes(client: httpx.Client) -> None:
    first = client.get("/t.js")
    tag = first.headers["etag"]
    assert sha256(BUILT.read_bytes()).hexdigest()[:16] in tag
    assert "max-age=3600" in first.headers["cache-control"]
    again = client.get("/t.js", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = client.get("/t.js", headers={"if-none-match": 'W/"of-last-year"'})
    assert other.status_code == 200


def test_head_tells_the_same(client: httpx.Client) -> None:
    head, got = client.head("/t.js"), client.get("/t.js")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
