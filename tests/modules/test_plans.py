"""Plans of maps: kept on the server, changed by several people, found by their map."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from tests.modules.house import House
from tests.server.processes import until

from desireline.modules.plans.tables import plan
from desireline.registry import MODULES
from desireline.sim import recent_shop
from desireline.worker.long_jobs import LongJobDoer

WEEK = 7 * 86_400 * 1_000_000
PLAN = {
    "step": "goal",
    "customer": "First-time buyers",
    "goal": "A quiet fountain within a week",
    "company_goal": "A second filter sold",
    "outcome": "order_completed",
    "team": [{"name": "Anna", "part": "leads"}],
    "study": [
        {
            "question": "Why do they not come back for filters?",
            "method": "interviews",
            "who": "Anna",
            "until": "2026-12-01",
            "found": "They forget which one fits.",
        }
    ],
    "change": "One in four orders a second filter; seen in the share that returns within 90 days.",
}


class TestPlans:
    def test_are_begun_gone_on_with_and_deleted(self, here: House) -> None:
        made = here.client.post("/v1/plans", json={})
        assert (made.status_code, made.json()["step"]) == (201, "customer")
        one = f"/v1/plans/{made.json()['id']}"
        tag = {"if-match": made.headers["etag"]}
        changed = here.client.put(one, json=PLAN, headers=tag)
        assert (changed.json()["revision"], changed.json()["team"]) == (2, PLAN["team"])
        late = here.client.put(one, json=PLAN, headers=tag)
        assert (late.status_code, late.json()["code"]) == (409, "plan_stale")
        assert here.client.put(one, json=PLAN).json()["code"] == "plan_stale"
        shown = here.client.get(one).json()
        assert shown | PLAN == shown
        assert here.client.delete(one).status_code == 204
        assert here.client.get(one).json()["code"] == "plan_missing"

    def test_of_an_older_program_are_read(self, here: House) -> None:
        here.client.post("/v1/plans", json={"customer": "Buyers"}).raise_for_status()
        with here.rooms.db.transaction() as tx:
            tx.execute(update(plan).values(document='{"step":"goal","customer":"Buyers"}'))
        shown = here.client.get("/v1/plans/1").json()
        assert (shown["customer"], shown["study"], shown["change"]) == ("Buyers", [], "")

    @pytest.mark.parametrize(
        "unfit", [{"question": ""}, {"question": "Why?", "method": "magic"}, {"who": "Anna"}]
    )
    def test_of_what_nobody_can_find_out_are_refused(
        self, here: House, unfit: dict[str, str]
    ) -> None:
        answer = here.client.post("/v1/plans", json={"study": [unfit]})
        assert (answer.status_code, answer.json()["code"]) == (422, "request_unfit")

    def test_of_a_map_are_found_the_last_first(self, here: House) -> None:
        for key in ("shop", "shop", "other"):
            here.client.post("/v1/plans", json={"map": key}).raise_for_status()
        found = here.client.get("/v1/plans", params={"map": "shop"}).json()["plans"]
        assert [one["id"] for one in found] == [2, 1]
        assert len(here.client.get("/v1/plans").json()["plans"]) == 3


class TestSampleShop:
    def test_comes_with_one_call_and_only_into_an_empty_workspace(self, here: House) -> None:
        begun = here.client.post("/v1/imports/sample")
        assert (begun.status_code, begun.json()["state"]) == (202, "queued")
        one = f"/v1/imports/{begun.json()['id']}"
        LongJobDoer(here.rooms, MODULES).do_due()
        done = here.client.get(one).json()
        assert done["state"] == "done", done
        assert done["report"]["stored"] == done["report"]["rows"] > 10_000
        again = here.client.post("/v1/imports/sample")
        assert (again.status_code, again.json()["code"]) == (409, "workspace_in_use")
        told = {"name": "Shop", "goal": "A quiet fountain"}
        made = until(lambda: _discovered(here, told))
        assert made["goal"] == "A quiet fountain"
        assert made["touchpoints"] > 5

    def test_ended_less_than_a_week_ago(self) -> None:
        now = 1_795_000_000_000_000
        last = int(recent_shop(50, 7, now).time.max())
        assert 0 <= now - last < WEEK


def _discovered(here: House, told: dict[str, str]) -> dict[str, Any] | None:
    """The map, as soon as the index has read the import."""
    answer = here.client.post("/v1/maps/discover", json=told)
    return dict(answer.json()) if answer.status_code == 201 else None
