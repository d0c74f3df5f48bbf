"""A real server process: what it says, what it refuses, how it ends."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.server.processes import Running, ready, running, started, until, walks

SECRETS = ("anna@example.com", "secret-campaign", "u1234567", "127.0.0.1")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data") / "w") as found:
        ready(found.client)
        yield found


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "token").write_text("open sesame, please\n")
    with running(folder / "w", "--token-file", str(folder / "token")) as found:
        yield found


class TestAnswer:
    def test_it_is_alive_and_ready(self, server: Running) -> None:
        assert server.client.get("/health").json() == {"status": "alive"}
        told = ready(server.client)
        assert told["ready"]
        assert [lag["stage"] for lag in told["lags"]] == ["index", "sealing"]

    def test_headers_are_strict(self, server: Running) -> None:
        headers = server.client.get("/health").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers

    def test_problems_have_one_shape(self, server: Running) -> None:
        for answer, status, code in (
            (server.client.get("/nothing"), 404, "address_unknown"),
            (server.client.delete("/v1/maps"), 405, "method_unknown"),
            (server.client.get("/v1/maps/none"), 404, "map_unknown"),
            (server.client.post("/v1/maps/discover", content=b"["), 422, "request_unfit"),
            (server.client.get("/v1/events/failed?most=0"), 422, "request_unfit"),
            (server.client.get(f"/v1/events/failed?before={2**70}"), 422, "request_unfit"),
        ):
            assert answer.status_code == status, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
            told = answer.json()
            assert told["code"] == code
            assert told["status"] == status
            assert told["hint"]
            assert told["request_id"] == answer.headers["x-request-id"]

    def test_a_proxys_request_id_is_kept_when_it_is_one(self, server: Running) -> None:
        given = server.client.get("/health", headers={"x-request-id": "abc-12345678"})
        assert given.headers["x-request-id"] == "abc-12345678"
        odd = server.client.get("/health", headers={"x-request-id": "<script>"})
        assert odd.headers["x-request-id"] != "<script>"

    def test_metrics_count(self, server: Running) -> None:
        server.client.post("/v1/events", json=walks(1, begin=900))
        text = server.client.get("/metrics").text
        assert 'desireline_events_total{verdict="stored"}' in text
        assert 'desireline_lag_events{stage="index"}' in text
        assert 'desireline_requests_total{method="POST",route="/v1/events",status="200"}' in text
        assert "desireline_append_seconds_count" in text
        assert "desireline_tail_events" in text

    def test_logs_hold_nothing_about_anybody(self, server: Running) -> None:
        event = {"type": "x", "email": SECRETS[0], "user_id": SECRETS[2]}
        server.client.post(f"/v1/events?utm={SECRETS[1]}", json=event)
        server.client.get(f"/v1/maps/{SECRETS[1]}?q={SECRETS[0]}")
        server.client.post("/v1/events", content=f'{{"email": "{SECRETS[0]}", broken'.encode())
        lines = until(lambda: [x for x in server.lines() if x.get("route") == "/v1/maps/{key}"])
        assert lines[0]["status"] == 404
        assert lines[0]["request_id"]
        text = server.log.read_text().split("\n", 1)[1]
        for secret in SECRETS:
            assert secret not in text


THEIRS = pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)


class TestStart:
    def test_a_first_start_warns_of_nothing(self, tmp_path: Path) -> None:
        with running(tmp_path / "w", PYTHONWARNINGS="always") as first:
            ready(first.client)
            first.client.get("/openapi.json").raise_for_status()
            said = first.log.read_text().splitlines()
        words = [line for line in said if not line.startswith("{")]
        assert [line.split(maxsplit=1)[0] for line in words] == [
            "Workspace", "Clients", "desireline",
        ], words  # fmt: skip


class TestForeigners:
    """Pages of others that use a browser on this machine."""

    @THEIRS
    def test_they_may_not_change_anything(self, server: Running, headers: dict[str, str]) -> None:
        answer = server.client.post("/v1/sources", json={"name": "theirs"}, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["code"] == "origin_foreign"

    @THEIRS
    def test_they_add_no_event_without_a_write_key(
        self, server: Running, headers: dict[str, str]
    ) -> None:
        answer = server.client.post("/v1/events", json=walks(1), headers=headers)
        assert answer.status_code == 401
        assert answer.json()["code"] == "not_signed_in"

    def test_our_own_page_may(self, server: Running) -> None:
        for headers in ({"origin": server.address}, {"sec-fetch-site": "same-origin"}):
            answer = server.client.post("/v1/events", json=walks(1), headers=headers)
            assert answer.status_code == 200

    @pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
    def test_a_name_that_was_bound_to_us_is_unknown(self, server: Running, host: str) -> None:
        answer = server.client.get("/v1/maps", headers={"host": host})
        assert answer.status_code == 421
        assert answer.json()["code"] == "host_foreign"

    @pytest.mark.parametrize("host", ["localhost:8000", "[::1]", "127.0.0.1", "shop.localhost"])
    def test_this_machines_names_are_known(self, server: Running, host: str) -> None:
        assert server.client.get("/v1/maps", headers={"host": host}).status_code == 200


class TestToken:
    def test_without_it_nothing_is_shown(self, guarded: Running) -> None:
        for path in ("/v1/maps", "/v1/counts", "/v1/events/failed", "/metrics", "/v1/live"):
            answer = guarded.client.get(path)
            assert answer.status_code == 401, path
            assert answer.json()["code"] == "not_signed_in"
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert guarded.client.get("/health").status_code == 200

    def test_a_program_sends_it(self, guarded: Running) -> None:
        headers = {"authorization": "Bearer open sesame, please"}
        assert guarded.client.get("/v1/maps", headers=headers).status_code == 200
        wrong = {"authorization": "Bearer open sesame"}
        assert guarded.client.get("/v1/maps", headers=wrong).status_code == 401

    def test_a_person_signs_in(self, guarded: Running) -> None:
        with httpx.Client(base_url=guarded.address, trust_env=False) as browser:
            page = browser.get("/", headers={"accept": "text/html"})
            assert page.status_code == 200  # the application, without any data
            assert browser.get("/v1/maps").status_code == 401
            wrong = browser.post("/sign-in", data={"token": "x"})
            assert (wrong.status_code, wrong.headers["location"]) == (303, "/sign-in?wrong=true")
            assert "set-cookie" not in wrong.headers
            done = browser.post("/sign-in", data={"token": "open sesame, please"})
            assert done.status_code == 303
            cookie = done.headers["set-cookie"].lower()
            assert "httponly" in cookie
            assert "samesite=strict" in cookie
            assert browser.get("/v1/maps").status_code == 200
            evil = {"origin": "https://evil.example"}
            assert browser.post("/v1/events", json=walks(1), headers=evil).status_code == 401
            made = browser.post("/v1/sources", json={"name": "theirs"}, headers=evil)
            assert made.status_code == 403


class TestRefuse:
    def test_two_servers_do_not_share_a_folder(self, server: Running, tmp_path: Path) -> None:
        folder = server.process.args[5]  # type: ignore[index]
        second = started(Path(folder), tmp_path / "log")
        assert second.wait(60) == 2
        second.stdout.close()  # type: ignore[union-attr]
        assert "is in use by process" in (tmp_path / "log").read_text()

    def test_other_machines_are_asked_even_before_anybody_owns_it(self, tmp_path: Path) -> None:
        with running(tmp_path / "w", "--host", "0.0.0.0") as server:
            door = server.client.get("/v1/door").json()
            assert (door["open"], door["first_owner_needed"]) == (False, True)
            for path in ("/v1/maps", "/v1/counts", "/v1/session"):
                assert server.client.get(path).status_code == 401, path
            assert server.client.post("/v1/events", json=walks(1)).status_code == 401

    def test_a_taken_port_is_said(self, server: Running, tmp_path: Path) -> None:
        port = server.address.rpartition(":")[2]
        refused = started(tmp_path / "w", tmp_path / "log", "--port", port)
        assert refused.wait(60) == 2
        refused.stdout.close()  # type: ignore[union-attr]
        assert f"Port {port} at 127.0.0.1 cannot be used" in (tmp_path / "log").read_text()


class TestEnd:
    def test_under_load_it_ends_in_time_and_loses_nothing(self, tmp_path: Path) -> None:
        stored: list[int] = []
        with running(tmp_path / "w") as server:
            threads = [
                threading.Thread(target=_send, args=(server.address, n, stored)) for n in range(4)
            ]
            for thread in threads:
                thread.start()
            stream = socket.create_connection(
                ("127.0.0.1", int(server.address[-5:].split(":")[-1]))
            )
            stream.sendall(b"GET /v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            until(lambda: len(stored) > 20)
            code, seconds = server.terminated()
            for thread in threads:
                thread.join()
            stream.close()
        assert code == 0
        assert seconds < 10
        with running(tmp_path / "w") as again:
            counts = again.client.get("/v1/counts").json()
        assert counts["stored"] >= sum(stored)

    def test_ctrl_c_ends_it_as_well(self, tmp_path: Path) -> None:
        with running(tmp_path / "w") as server:
            ready(server.client)
            server.process.send_signal(2)
            assert server.process.wait(20) == 0

    def test_a_worker_needs_no_door(self, tmp_path: Path, postgres: object) -> None:
        url = postgres.new_database()  # type: ignore[attr-defined]
        log = tmp_path / "log"
        process = started(tmp_path / "w", log, "--role", "worker", "--database", url)
        until(lambda: "Working on" in log.read_text())
        process.terminate()
        assert process.wait(20) == 0
        process.stdout.close()  # type: ignore[union-attr]


def _send(address: str, number: int, stored: list[int]) -> None:
    """Sends until the server is gone; notes what was acknowledged."""
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        for batch in range(10_000):
            events = [
                {"id": f"{number}-{batch}-{i}", "type": "x", "user_id": "u"} for i in range(10)
            ]
            try:
                answer = client.post("/v1/batch", content=json.dumps({"batch": events}))
            except httpx.TransportError:
                return
            if answer.status_code != 200:
                return
            stored.append(answer.json()["stored"])
            time.sleep(0.01)
