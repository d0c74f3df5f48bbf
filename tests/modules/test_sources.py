"""Write keys: made, used, turned off; quotas; what pages of other sites may do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.databases import ready
from tests.modules.house import House

from desireline.cli.source_command import command
from desireline.kit.clock import SetClock
from desireline.modules.sources.errors import QuotaUsedUp
from desireline.modules.sources.facade import Doorkeeper, SourceBook
from desireline.modules.sources.service import DAY

EVENT = {"type": "page_viewed", "user_id": "anna"}
FOREIGN = {"origin": "https://shop.example", "sec-fetch-site": "cross-site"}


def made(here: House, name: str = "shop", **more: object) -> str:
    answer = here.client.post("/v1/sources", json={"name": name} | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["write_key"])


class TestKey:
    def test_it_names_the_source_of_its_events(self, here: House) -> None:
        key = made(here)
        for headers in (
            {"authorization": f"Bearer {key}"},
            {"x-write-key": key},
        ):
            answer = here.client.post("/v1/events", json={"type": "nobody"}, headers=headers)
            assert answer.json()["failed"] == 1
        listed = here.client.get("/v1/events/failed").json()["failed"]
        assert {one["source"] for one in listed} == {"shop"}
        here.client.post("/v1/events", json={"type": "nobody"})
        assert here.client.get("/v1/events/failed").json()["failed"][0]["source"] == "api"

    def test_it_may_stand_in_the_body(self, here: House) -> None:
        body = {
            "write_key": made(here),
            "sent_at": "2026-03-01T10:00:00Z",
            "events": [EVENT, EVENT],
        }
        answer = here.client.post("/v1/batch", json=body, headers={"content-type": "text/plain"})
        assert answer.json()["stored"] == 2

    def test_an_unknown_one_is_refused_and_nothing_is_kept(self, here: House) -> None:
        body = {"write_key": "wk_wrong", "events": [EVENT]}
        answer = here.client.post("/v1/batch", json=body)
        assert answer.status_code == 401
        assert answer.json()["code"] == "write_key_unknown"
        assert here.client.get("/v1/counts").json()["received"] == 0

    def test_it_is_kept_as_a_hash(self, here: House) -> None:
        key = made(here)
        listed = here.client.get("/v1/sources")
        assert key not in listed.text
        assert listed.json()["sources"][0]["key_ends"] == key[-4:]
        with here.rooms.db.reading() as look:
            rows = look.exec_driver_sql("SELECT * FROM source").all()
        assert rows
        assert key not in str(rows)

    def test_turned_off_it_is_refused(self, here: House) -> None:
        key = made(here)
        assert here.client.post("/v1/sources/shop/off").status_code == 204
        answer = here.client.post("/v1/events", json=EVENT, headers={"x-write-key": key})
        assert answer.status_code == 403
        assert answer.json()["code"] == "source_off"
        assert here.client.post("/v1/sources/nobody/off").status_code == 404

    def test_names_are_checked(self, here: House) -> None:
        made(here)
        assert here.client.post("/v1/sources", json={"name": "shop"}).status_code == 409
        for name in ("", "Shop", "a b", "api", "x" * 65, "-x", "x-"):
            answer = here.client.post("/v1/sources", json={"name": name})
            assert answer.json()["code"] == "source_name_unfit", name


class TestQuota:
    def test_it_ends_with_the_day(self, here: House) -> None:
        key = made(here, quota=5)
        headers = {"x-write-key": key}
        first = here.client.post("/v1/events", json=[EVENT] * 4, headers=headers)
        assert first.json()["stored"] == 4
        over = here.client.post("/v1/events", json=[EVENT] * 2, headers=headers)
        assert over.status_code == 429
        assert 0 < int(over.headers["retry-after"]) <= 86_401
        assert here.client.post("/v1/events", json=EVENT, headers=headers).json()["stored"] == 1
        assert here.client.post("/v1/events", json=EVENT, headers=headers).status_code == 429
        assert here.client.get("/v1/counts").json()["received"] == 5
        assert here.client.get("/v1/sources").json()["sources"][0]["used_today"] == 5

    def test_servers_share_it_and_give_back_what_they_leave(self, database_url: str) -> None:
        clock = SetClock(20_000 * DAY)
        db = ready(database_url)
        key = SourceBook(db, clock).add("shop", quota=1_000)

        async def use() -> list[int]:
            doors = [Doorkeeper(db, clock) for _ in range(3)]
            sent = [0, 0, 0]
            for turn in range(3_000):
                shop = await doors[turn % 3].source_of(key)
                try:
                    await doors[turn % 3].admit(shop, 1)
                except QuotaUsedUp:
                    break
                sent[turn % 3] += 1
            for door in doors:
                door.close()
            return sent

        sent = asyncio.run(use())
        assert sum(sent) > 1_000 - 3 * 10
        assert min(sent) > 300
        assert SourceBook(db, clock).listed()[0].used_today == sum(sent) <= 1_000
        clock.move(DAY)
        assert SourceBook(db, clock).listed()[0].used_today == 0
        db.close()


class TestPages:
    def test_another_site_needs_a_write_key(self, here: House) -> None:
        """Without a token this machine may do all; a page of another site is not this machine."""
        for more in ({}, {"authorization": "Basic eDo="}, {"authorization": "Bearer x"}):
            answer = here.client.post("/v1/batch", json=[EVENT], headers=FOREIGN | more)
            assert answer.status_code == 401, more
        body = {"write_key": made(here), "events": [EVENT]}
        answer = here.client.post("/v1/batch", json=body, headers=FOREIGN)
        assert answer.json()["stored"] == 1
        assert answer.headers["access-control-allow-origin"] == FOREIGN["origin"]
        assert answer.headers["access-control-allow-credentials"] == "true"

    def test_it_may_ask_beforehand_where_it_may_send(self, here: House) -> None:
        asks = {
            "origin": FOREIGN["origin"],
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization, content-type",
        }
        told = here.client.options("/v1/t", headers=asks)
        assert told.status_code == 204
        assert told.headers["access-control-allow-headers"] == "authorization, content-type"
        refused = here.client.options("/v1/sources", headers=asks)
        assert "access-control-allow-origin" not in refused.headers

    def test_it_reads_nothing_else(self, here: House) -> None:
        for path in ("/v1/counts", "/v1/events/failed", "/v1/sources"):
            answer = here.client.get(path, headers=FOREIGN)
            assert "access-control-allow-origin" not in answer.headers
        assert (
            here.client.post("/v1/sources", json={"name": "x"}, headers=FOREIGN).status_code == 403
        )


class TestCommand:
    def test_add_list_off(self, tmp_path: Path) -> None:
        data = ["--data", str(tmp_path / "w")]
        run = CliRunner()
        key = run.invoke(command, ["add", "shop", "--quota", "1000", *data]).output.strip()
        assert key.startswith("wk_")
        listed = run.invoke(command, ["list", *data]).output
        assert f"shop  key ...{key[-4:]}" in listed
        assert "0 of 1,000 events today  on" in listed
        assert (
            "nothing that comes" in run.invoke(command, ["signals", "shop", "refuse", *data]).output
        )
        assert "refuses Sec-GPC and DNT" in run.invoke(command, ["list", *data]).output
        assert "keeps and marks" in run.invoke(command, ["signals", "shop", "mark", *data]).output
        assert "Sec-GPC" not in run.invoke(command, ["list", *data]).output
        assert "nothing any more" in run.invoke(command, ["off", "shop", *data]).output
        assert "off since" in run.invoke(command, ["list", *data]).output


@pytest.mark.parametrize("first", [True, False])
def test_a_new_workspace_has_one(database_url: str, first: bool) -> None:
    db = ready(database_url)
    book = SourceBook(db, SetClock(0))
    if not first:
        book.add("shop")
    key = book.first()
    assert (key is not None) == first
    assert book.first() is None
    assert len(book.listed()) == 1
    db.close()
