"""Events over HTTP: a verdict for each, the same on both databases; never a 500."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

from tests.modules.house import House
from tests.server.processes import walks

EVENT = {"type": "page_viewed", "user_id": "anna"}


def _counts(here: House) -> dict[str, int]:
    return dict(here.client.get("/v1/counts").json())


class TestTake:
    def test_one_a_list_and_a_batch(self, here: House) -> None:
        one = here.client.post("/v1/events", json=EVENT)
        assert one.status_code == 200
        assert one.json()["stored"] == 1
        assert one.json()["events"][0]["position"] == 1
        assert here.client.post("/v1/events", json=[EVENT, EVENT]).json()["stored"] == 2
        assert here.client.post("/v1/batch", json={"batch": [EVENT]}).json()["stored"] == 1
        assert here.client.post("/v1/batch", json={"batch": []}).json()["received"] == 0

    def test_each_event_has_its_own_verdict(self, here: House) -> None:
        events: list[Any] = [
            EVENT | {"id": "a"},
            EVENT | {"id": "a"},
            {"type": "nobody"},
            17,
            EVENT | {"id": "b"},
        ]
        answer = here.client.post("/v1/batch", json={"batch": events})
        assert answer.status_code == 200
        told = answer.json()
        verdicts = [e["verdict"] for e in told["events"]]
        assert verdicts == ["stored", "duplicate", "failed", "failed", "stored"]
        assert told["events"][2]["reason"]
        assert told["events"][2]["hint"]
        assert told["received"] == told["stored"] + told["duplicate"] + told["failed"] == 5

    def test_all_failed_is_an_answer_too(self, here: House) -> None:
        answer = here.client.post("/v1/batch", json={"batch": [{}, {"type": "x"}]})
        assert answer.status_code == 200
        assert answer.json()["failed"] == 2

    def test_every_event_is_counted(self, here: House) -> None:
        here.client.post("/v1/batch", json={"batch": [*walks(20), *walks(5), {"type": "x"}]})
        counts = _counts(here)
        assert counts["received"] == counts["stored"] + counts["duplicate"] + counts["failed"]
        assert counts["duplicate"] == len(walks(5))
        assert counts["failed"] == 1

    def test_the_content_type_does_not_matter(self, here: House) -> None:
        for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded", "x"):
            headers = {"content-type": kind}
            answer = here.client.post("/v1/events", content=json.dumps(EVENT), headers=headers)
            assert answer.json()["stored"] == 1, kind


class TestPacked:
    def test_gzip_is_seen_by_its_first_bytes(self, here: House) -> None:
        for begin, headers in ((0, {"content-encoding": "gzip"}), (50, {})):
            body = gzip.compress(json.dumps({"batch": walks(50, begin=begin)}).encode())
            answer = here.client.post("/v1/batch", content=body, headers=headers)
            assert answer.json()["stored"] == len(walks(50, begin=begin))

    def test_a_bomb_is_refused_before_it_is_large(self, here: House) -> None:
        bomb = gzip.compress(b"[" + b" " * 200_000_000 + b"]", 9)
        assert len(bomb) < 250_000
        answer = here.client.post("/v1/events", content=bomb)
        assert answer.status_code == 413
        assert answer.json()["code"] == "body_too_large"

    def test_members_add_up(self, here: House) -> None:
        body = gzip.compress(b'{"type": "x",') + gzip.compress(b'"user_id": "u"}')
        assert here.client.post("/v1/events", content=body).json()["stored"] == 1

    def test_half_a_gzip_and_a_spoilt_one_are_said(self, here: House) -> None:
        whole = gzip.compress(json.dumps(walks(50)).encode())
        spoilt = whole[:20] + bytes([whole[20] ^ 0xFF]) + whole[21:]
        for body in (whole[:3], whole[:12], whole[:-1], whole[:-8], spoilt):
            answer = here.client.post("/v1/events", content=body)
            assert answer.status_code == 400
            assert answer.json()["code"] == "body_unpackable"

    def test_other_packings_are_unknown(self, here: House) -> None:
        body = zlib.compress(json.dumps(EVENT).encode())
        headers = {"content-encoding": "deflate"}
        answer = here.client.post("/v1/events", content=body, headers=headers)
        assert answer.status_code == 415
        assert answer.json()["code"] == "encoding_unknown"


class TestBad:
    def test_it_is_said_and_never_a_500(self, here: House) -> None:
        for body in (
            b"",
            b"\xff\xfe\x00",
            b"null",
            b"17",
            b'"text"',
            b"{",
            b"[{]",
            b'{"type": "x", "user_id": "u", "value": NaN}',
            b'{"type": "x", "user_id": "u", "value": 1e400}',
            b'{"type": "x", "user_id": "\\ud800"}',
            b'{"type": "x\\u0000", "user_id": "u"}',
            b'{"type": "x", "user_id": "u", "at": "0000-01-01"}',
            b'{"type": "x", "user_id": "u", "at": "9999-12-31T23:59:59Z"}',
            b'{"type": "x", "user_id": "u", "user_id": "v"}',
            b'{"batch": 5}',
            b'{"batch": [], "events": []}',
            b"[" * 100_000,
            b'{"type": "x", "user_id": "u", "properties": ' + b'{"a":' * 5_000 + b"1",
            json.dumps({"type": "x", "user_id": "u", "n": 2**70}).encode(),
            json.dumps(EVENT | {"properties": {f"k{i}": i for i in range(100_000)}}).encode(),
            b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
        ):
            answer = here.client.post("/v1/batch", content=body)
            assert answer.status_code in (200, 400, 413), answer.text
            told = answer.json()
            said = [told] if answer.status_code != 200 else told["events"]
            assert said
            for one in said:
                assert one.get("detail") or one.get("reason")
                assert one["code"]
        counts = _counts(here)
        assert counts["stored"] == 0
        assert counts["received"] == counts["failed"]

    def test_a_body_that_is_too_large_is_refused(self, here: House) -> None:
        assert here.client.post("/v1/events", content=b" " * 5_000_001).status_code == 413


class TestFailed:
    def test_it_is_listed_and_replayed(self, here: House) -> None:
        here.client.post("/v1/events", json=[{"type": "nobody"}, EVENT])
        told = here.client.get("/v1/events/failed").json()
        assert told["waiting"] == 1
        one = told["failed"][0]
        assert one["code"] == "identifier_missing"
        assert json.loads(one["body"]) == {"type": "nobody"}
        again = here.client.post(f"/v1/events/failed/{one['id']}/replay")
        assert again.status_code == 200
        assert again.json()["failed"] == 1
        twice = here.client.post(f"/v1/events/failed/{one['id']}/replay")
        assert twice.status_code == 409
        assert twice.json()["code"] == "failed_event_replayed"
        assert here.client.post("/v1/events/failed/999/replay").status_code == 404

    def test_bytes_that_are_no_text_are_shown(self, here: House) -> None:
        here.client.post("/v1/events", content=b'{"type": "\xff"}')
        assert "\\xff" in here.client.get("/v1/events/failed").json()["failed"][0]["body"]


class TestLive:
    def test_the_first_event_is_told_at_once(self, here: House) -> None:
        with here.client.stream("GET", "/v1/live") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            lines = stream.iter_lines()
            assert _pulse(lines)["position"] == 0
            here.client.post("/v1/events", json=EVENT)
            told = _pulse(lines)
            while told["position"] == 0:
                told = _pulse(lines)
            assert told["position"] == told["last_minute"] == 1


def _pulse(lines: Any) -> dict[str, Any]:
    for line in lines:
        if line.startswith("data: "):
            return dict(json.loads(line[6:]))
    raise AssertionError("the stream ended")
