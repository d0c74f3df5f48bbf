"""Other people's clients, unmodified, send to a running server, and nothing is lost or doubled."""

from __future__ import annotations

import pytest
from tests.clients.clients import CLIENTS, Client
from tests.clients.environments import ClientsUnavailable, prepare
from tests.clients.trial import COUNT, Outcome, try_all
from tests.web.browsing import why_not


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """By the client's package; they are all run once."""
    try:
        prepare()
    except ClientsUnavailable as error:
        pytest.skip(f"the clients cannot be installed: {error}")
    found = try_all(tmp_path_factory.mktemp("clients") / "w")
    return {outcome.client.name: outcome for outcome in found}


pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
]


@pytest.mark.parametrize("client", CLIENTS, ids=lambda c: c.source)
class TestClient:
    def test_nothing_is_lost_or_doubled(self, client: Client, outcomes: dict[str, Outcome]) -> None:
        outcome = outcomes[client.name]
        assert outcome.complaints == []
        assert outcome.failed == 0
        assert (outcome.lost, outcome.duplicated) == (0, 0)
        assert len({event["id"] for event in outcome.events}) == COUNT

    def test_its_events_say_what_happened_to_whom(
        self, client: Client, outcomes: dict[str, Outcome]
    ) -> None:
        events = outcomes[client.name].events
        types = {event["type"] for event in events}
        assert types & {"order_completed", "page_viewed"}
        assert all(event["identifiers"] for event in events)
        users = {event["identifiers"].get("user_id") for event in events}
        assert "u1" in users
        assert all("wk_" not in str(event) for event in events)
        if client.protocol in ("Segment", "RudderStack", "PostHog"):
            orders = [event for event in events if event["type"] == "order_completed"]
            assert sorted(event["value"] for event in orders) == list(range(len(orders)))
            assert {event["currency"] for event in orders} == {"EUR"}
            assert "ann@example.org" in {event["identifiers"].get("email") for event in events}
