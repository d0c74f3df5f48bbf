"""The short way for events answers as the framework would, header for header."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from tests.modules.house import House, house

VARIES = {"x-request-id", "date", "content-length", "retry-after"}
GOOD = {"type": "seen", "user_id": "ann", "at": "2026-03-01T10:00:00Z"}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("lane")
    with house(folder / "w", f"sqlite:///{folder}/w.db") as found:
        yield found


@pytest.fixture(scope="module")
def key(here: House) -> str:
    made = here.client.post("/v1/sources", json={"name": "lane"})
    return str(made.json()["write_key"])


def _said(answer: httpx.Response) -> tuple[int, dict[str, str]]:
    headers = {k: v for k, v in answer.headers.items() if k not in VARIES}
    return answer.status_code, headers


class TestAlike:
    """`/wk_.../matomo.php` has a key in its path and so takes the long way to the same route."""

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"origin": "https://shop.example", "sec-fetch-site": "cross-site"},
            {"origin": "http://[", "sec-fetch-site": ""},
            {"x-request-id": "from-the-proxy-1"},
            {"content-encoding": "br"},
        ],
    )
    def test_both_ways_say_the_same(self, here: House, key: str, headers: dict[str, str]) -> None:
        query = "rec=1&_id=0123456789abcdef&e_c=a&e_a=b&apiv=1"
        short = here.client.post(f"/matomo.php?idsite={key}&{query}", headers=headers)
        long = here.client.post(f"/{key}/matomo.php?idsite=1&{query}", headers=headers)
        assert _said(short) == _said(long)
        assert len(short.headers["x-request-id"]) >= 8

    def test_an_error_is_a_problem_with_its_number(self, here: House) -> None:
        wrong = {"authorization": "Bearer wk_unknown", "x-request-id": "number-of-ours"}
        answer = here.client.post("/v1/events", json=GOOD, headers=wrong)
        assert answer.status_code == 401
        assert answer.json()["code"] == "write_key_unknown"
        assert answer.json()["request_id"] == answer.headers["x-request-id"] == "number-of-ours"
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["x-content-type-options"] == "nosniff"

    def test_a_host_that_is_not_ours_is_refused(self, here: House) -> None:
        answer = here.client.post("/v1/events", json=GOOD, headers={"host": "evil.example"})
        assert (answer.status_code, answer.json()["code"]) == (421, "host_foreign")

    def test_a_page_of_another_site_needs_a_key(self, here: House, key: str) -> None:
        page = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
        assert here.client.post("/v1/events", json=GOOD, headers=page).status_code == 401
        keyed = {**page, "x-write-key": key}
        assert here.client.post("/v1/events", json=GOOD, headers=keyed).status_code == 200

    def test_an_origin_that_is_none_is_foreign_and_no_fault_of_ours(self, here: House) -> None:
        answer = here.client.post("/v1/maps/discover", json={}, headers={"origin": "http://["})
        assert (answer.status_code, answer.json()["code"]) == (403, "origin_foreign")

    def test_other_methods_take_the_long_way(self, here: House) -> None:
        answer = here.client.put("/v1/events", json=GOOD)
        assert (answer.status_code, answer.json()["code"]) == (405, "method_unknown")

    def test_an_unknown_address_is_named(self, here: House) -> None:
        answer = here.client.get("/v1/evnts")
        assert answer.status_code == 404
        assert answer.json()["detail"] == "There is nothing at /v1/evnts."

    def test_requests_are_counted_by_their_route(self, here: House) -> None:
        here.client.post("/v1/events", json=GOOD)
        line = 'desireline_requests_total{method="POST",route="/v1/events",status="200"}'
        assert line in here.client.get("/metrics").text
