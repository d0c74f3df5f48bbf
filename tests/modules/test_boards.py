"""Questions, dashboards and targets that are kept, and the alerts of those that are missed."""

from __future__ import annotations

from typing import Any

from tests.modules.house import House
from tests.server.processes import walks

from desireline.modules.boards.watching import look_at_targets

FUNNEL = {
    "analysis": "funnel",
    "steps": [{"rule": "page_viewed"}, {"rule": "order_completed"}],
    "filter": {"channels": ["web"]},
}


def _kept(here: House, **changes: Any) -> dict[str, Any]:
    body = {"name": "Orders", "query": FUNNEL, **changes}
    made = here.client.post("/v1/questions", json=body)
    assert made.status_code == 201, made.text
    question: dict[str, Any] = made.json()
    return question


def _target(here: House, question: int, **changes: Any) -> dict[str, Any]:
    aim = {"name": "Conversion", "op": "at_least", "threshold": 0.5, "question": question}
    made = here.client.post(
        "/v1/targets", json={**aim, "figure": ["converted", "share"], **changes}
    )
    assert made.status_code == 201, made.text
    target: dict[str, Any] = made.json()
    return target


def _alerts(here: House, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = here.client.get("/v1/alerts", params=query).json()["alerts"]
    return found


class TestQuestion:
    def test_is_kept_as_it_was_asked(self, here: House) -> None:
        made = _kept(here)
        assert made["version"] == 1
        shown = here.client.get(f"/v1/questions/{made['id']}")
        assert shown.headers["etag"] == '"1"'
        query = shown.json()["query"]
        assert here.client.post("/v1/explore/funnel", json=query).status_code == 200
        assert [q["name"] for q in here.client.get("/v1/questions").json()["questions"]] == [
            "Orders"
        ]

    def test_is_changed_by_who_has_seen_it(self, here: House) -> None:
        address = f"/v1/questions/{_kept(here)['id']}"
        body = {"name": "Orders by web", "query": FUNNEL}
        assert here.client.put(address, json=body).status_code == 428
        changed = here.client.put(address, json=body, headers={"if-match": '"1"'})
        assert (changed.json()["name"], changed.json()["version"]) == ("Orders by web", 2)
        stale = here.client.put(address, json=body, headers={"if-match": '"1"'})
        assert (stale.status_code, stale.json()["code"]) == (409, "version_stale")

    def test_is_refused_where_it_could_not_be_asked(self, here: House) -> None:
        odd = {"name": "x", "query": {"analysis": "funnel", "steps": []}}
        assert here.client.post("/v1/questions", json=odd).status_code == 422

    def test_is_gone_when_deleted(self, here: House) -> None:
        number = _kept(here)["id"]
        _target(here, number)
        assert here.client.delete(f"/v1/questions/{number}").status_code == 204
        assert here.client.get(f"/v1/questions/{number}").status_code == 404
        assert here.client.delete(f"/v1/questions/{number}").status_code == 404
        assert here.client.get("/v1/targets").json()["targets"] == []


class TestDashboard:
    def test_shows_its_questions(self, here: House) -> None:
        question = _kept(here)["id"]
        _target(here, question)
        own = {"analysis": "variants"}
        tiles = [{"question": question, "view": "number"}, {"query": own, "title": "Ways"}]
        made = here.client.post("/v1/dashboards", json={"name": "Shop", "tiles": tiles})
        assert made.status_code == 201, made.text
        shown = here.client.get(f"/v1/dashboards/{made.json()['id']}").json()
        first, second = shown["tiles"]
        assert (first["name"], first["query"]["analysis"]) == ("Orders", "funnel")
        assert [t["name"] for t in first["targets"]] == ["Conversion"]
        assert (second["title"], second["query"]["analysis"]) == ("Ways", "variants")
        here.client.delete(f"/v1/questions/{question}")
        shown = here.client.get(f"/v1/dashboards/{made.json()['id']}").json()
        assert shown["tiles"][0]["query"] is None
        listed = here.client.get("/v1/dashboards").json()["dashboards"]
        assert [(d["name"], d["tiles"]) for d in listed] == [("Shop", 2)]


class TestTarget:
    def test_alerts_once_when_it_is_surely_missed(self, here: House) -> None:
        here.send(walks(200))  # a quarter order: 50 of 200, interval 19 % to 31 %
        missed = _target(here, _kept(here)["id"])
        unsure = _target(here, missed["question"], threshold=0.26)
        met = _target(here, missed["question"], threshold=0.1)
        assert missed["state"] == "unknown"
        assert look_at_targets(here.rooms) == 3
        assert look_at_targets(here.rooms) == 0
        by_id = {t["id"]: t for t in here.client.get("/v1/targets").json()["targets"]}
        assert by_id[missed["id"]]["state"] == "missed"
        assert by_id[missed["id"]]["n"] == 200
        assert by_id[missed["id"]]["value"] == 0.25
        assert by_id[unsure["id"]]["state"] == "unsure"
        assert by_id[met["id"]]["state"] == "met"
        (alert,) = _alerts(here)
        assert alert["target"] == missed["id"]
        assert "below the target of 50 %" in alert["words"]["text"]
        here.send(walks(4, begin=200))
        assert look_at_targets(here.rooms) == 3
        assert len(_alerts(here)) == 1
        assert here.client.post(f"/v1/alerts/{alert['id']}/seen").status_code == 204
        assert _alerts(here, unseen=True) == []
        assert _alerts(here)[0]["seen_at"] is not None
        assert here.client.post("/v1/alerts/999/seen").status_code == 404

    def test_says_since_when_and_is_muted(self, here: House) -> None:
        here.send(walks(200))
        target = _target(here, _kept(here)["id"])
        look_at_targets(here.rooms)
        address = f"/v1/targets/{target['id']}"
        found = here.client.get(address).json()
        assert (found["state"], found["unit"], found["since"]) == (
            "missed",
            "share",
            found["checked_at"],
        )
        told = here.client.get("/v1/alerts").json()
        assert (told["unseen"], told["alerts"][0]["state"]) == (1, "missed")
        here.client.post("/v1/alerts/seen", json={"up_to": told["alerts"][0]["id"]})
        assert here.client.get("/v1/alerts").json()["unseen"] == 0
        aim = {name: target[name] for name in ("name", "figure", "op", "threshold")}
        muted = here.client.put(address, json={**aim, "muted": True}, headers={"if-match": '"1"'})
        assert (muted.json()["muted"], muted.json()["state"]) == (True, "missed")
        harder = {**aim, "muted": True, "threshold": 0.6}
        here.client.put(address, json=harder, headers={"if-match": '"2"'})
        here.send(walks(4, begin=200))
        look_at_targets(here.rooms)
        assert here.client.get(address).json()["state"] == "missed"
        assert len(_alerts(here)) == 1

    def test_says_why_it_could_not_be_looked_at(self, here: House) -> None:
        here.send(walks(4))
        target = _target(here, _kept(here)["id"], figure=["converted", "nonsense"])
        look_at_targets(here.rooms)
        shown = here.client.get(f"/v1/targets/{target['id']}").json()
        assert shown["state"] == "unknown"
        assert "'nonsense'" in shown["problem"]
        mended = {"name": "x", "op": "at_most", "threshold": 1, "figure": ["steps", 0, "reached"]}
        address, seen = f"/v1/targets/{target['id']}", {"if-match": '"1"'}
        assert here.client.put(address, json=mended, headers=seen).status_code == 200
        look_at_targets(here.rooms)
        assert here.client.get(address).json()["state"] == "missed"
        assert _alerts(here)[0]["words"]["key"] == "alert.count_at_most"
