"""P-CONSENT: nobody is tracked or written to against their word, through the real door."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
from tests.promises import Report
from tests.server.processes import running

Json = dict[str, Any]
PURPOSES = ("mailing", "tracking", "profiling")
CHANNELS = ("email", "sms")


def enter(client: httpx.Client, person: int, purpose: str, channel: str, state: str) -> None:
    said = {"purpose": purpose, "channel": channel, "state": state, "proof": "form"}
    answer = client.post(f"/v1/persons/user_id:u{person}/consents", json=said)
    assert answer.status_code == 201, answer.text


def may(client: httpx.Client, person: int, purpose: str, channel: str) -> bool:
    asked = {"purpose": purpose, "channel": channel}
    answer = client.get(f"/v1/persons/user_id:u{person}/consents/may", params=asked)
    return bool(answer.json()["allowed"])


class TestConsent:
    def test_p_consent(self, tmp_path: Path, report: Report, at_length: bool) -> None:
        """Each purpose and channel by itself, one-click, and after a kill."""
        persons = 60 if at_length else 8
        with running(tmp_path) as server:
            yes = self.decide(server.client, persons)
            links = self.links(server.client, persons)
            self.hold_to_it(server.client, persons, yes)
            slowest = self.leave(server.client, links, yes)
            self.hold_to_it(server.client, persons, yes)
            server.process.kill()
        with running(tmp_path) as server:
            self.hold_to_it(server.client, persons, yes)
            assert server.client.get("/v1/audit/verify").json()["well"]
        report(
            "P-CONSENT",
            f"{persons} persons, {len(PURPOSES) * len(CHANNELS)} pairs of purpose and channel each:"
            f" every answer as decided, after a kill too; withdrawn by one click within"
            f" {slowest:.2f} s",
        )
        assert slowest < 1 or not at_length

    def decide(self, client: httpx.Client, persons: int) -> set[tuple[int, str, str]]:
        """Every person decides otherwise; those who said yes to what, where."""
        yes: set[tuple[int, str, str]] = set()
        pairs = [(purpose, channel) for purpose in PURPOSES for channel in CHANNELS]
        for person in range(persons):
            for number, (purpose, channel) in enumerate(pairs):
                choice = (person * 7 + number * 5) % 3
                if choice:
                    state = "granted" if choice == 1 else "denied"
                    enter(client, person, purpose, channel, state)
                if choice == 1:
                    yes.add((person, purpose, channel))
            enter(client, person, "transactional", "", "denied" if person % 5 == 4 else "granted")
        return yes

    def links(self, client: httpx.Client, persons: int) -> dict[int, str]:
        """By which each person leaves mailing by e-mail, as in the header of a message."""
        found = {}
        for person in range(0, persons, 2):
            told = client.post(
                f"/v1/persons/user_id:u{person}/consents/leave",
                params={"purpose": "mailing", "channel": "email"},
            ).json()
            found[person] = "/" + told["link"].split("/", 3)[3]
            client.get(found[person])  # a scanner looks at it
        return found

    def leave(
        self, client: httpx.Client, links: dict[int, str], yes: set[tuple[int, str, str]]
    ) -> float:
        """The slowest way from the click to a no, in seconds."""
        slowest = 0.0
        for person, link in links.items():
            begun = time.monotonic()
            client.post(link, data={"List-Unsubscribe": "One-Click"}).raise_for_status()
            assert not may(client, person, "mailing", "email")
            slowest = max(slowest, time.monotonic() - begun)
            yes.discard((person, "mailing", "email"))
        return slowest

    def hold_to_it(
        self, client: httpx.Client, persons: int, yes: set[tuple[int, str, str]]
    ) -> None:
        for person in range(persons):
            for purpose in PURPOSES:
                for channel in CHANNELS:
                    told = may(client, person, purpose, channel)
                    assert told == ((person, purpose, channel) in yes), (person, purpose, channel)
            assert may(client, person, "transactional", "email") == (person % 5 != 4)
