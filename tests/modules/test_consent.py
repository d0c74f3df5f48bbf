"""Consents over HTTP and at the command line: entered, asked for, confirmed, withdrawn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.modules.house import House, house

from desireline.kit.clock import SetClock
from desireline.log.naming.subjects import find_numbers
from desireline.log.tables import subject
from desireline.modules.consent.facade import may
from desireline.modules.consent.tables import consent

ANN = "/v1/persons/email:ann@example.com/consents"
DAY = 86_400_000_000
Json = dict[str, Any]


def entered(here: House, state: str = "granted", path: str = ANN, **more: object) -> Json:
    said = {"purpose": "mailing", "channel": "email", "state": state} | more
    answer = here.client.post(path, json=said)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def allowed(here: House, path: str = ANN, **asked: str) -> bool:
    answer = here.client.get(f"{path}/may", params={"purpose": "mailing"} | asked)
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["allowed"])


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def rows_of(here: House) -> int:
    with here.rooms.db.reading() as look:
        return int(look.execute(select(func.count()).select_from(consent)).scalar_one())


class TestLedger:
    def test_a_decision_with_its_proof_its_event_and_its_audit(self, here: House) -> None:
        text = {"purpose": "mailing", "version": "2026-03", "language": "de", "text": "Ja, gern."}
        assert here.client.post("/v1/consents/texts", json=text).status_code == 201
        words = {"text_version": "2026-03", "language": "de", "proof": "form"}
        row = entered(here, source="https://shop.example/n", ip="203.0.113.77", **words)
        assert row["state"] == "granted"
        assert row["ip"] == "203.0.113.0"
        assert row["by"] == "this machine"
        assert here.client.get(ANN).json() == {"consents": [row]}
        assert allowed(here, channel="email")
        assert not allowed(here, channel="sms")
        assert not allowed(here, channel="email", at="2020-01-01T00:00:00Z")
        (entry,) = here.client.get("/v1/audit", params={"what": "consent_entered"}).json()[
            "entries"
        ]
        assert entry["about"] == f"person:{row['subject']}"
        assert "ann@" not in str(entry)
        told = here.client.get("/v1/counts").json()
        assert told["stored"] == told["received"] == 1
        (event,) = events(here)
        assert (event["type"], event["source"]) == ("consent_granted", "consent")
        assert "203.0.113" not in str(event)

    def test_tracking_and_mailing_are_apart(self, here: House) -> None:
        entered(here)
        assert allowed(here, channel="email")
        assert not allowed(here, purpose="tracking", channel="email")
        entered(here, "withdrawn", purpose="tracking", channel="")
        assert allowed(here, channel="email")

    def test_what_an_order_needs_is_allowed_until_the_person_objects(self, here: House) -> None:
        entered(here, "denied")
        assert allowed(here, purpose="transactional", channel="email")
        entered(here, "withdrawn", purpose="transactional", channel="email")
        assert not allowed(here, purpose="transactional", channel="email")
        assert allowed(here, purpose="transactional", channel="sms")

    def test_purposes_of_ones_own(self, here: House) -> None:
        new = {"name": "partner_offers", "says": "Partners may write."}
        asked = {"purpose": "partner_offers"}
        assert here.client.get(f"{ANN}/may", params=asked).status_code == 404
        assert here.client.post("/v1/consents/purposes", json=new).status_code == 201
        assert here.client.post("/v1/consents/purposes", json=new).status_code == 409
        for name in ("tracking", "mailing"):
            taken = here.client.post("/v1/consents/purposes", json={"name": name})
            assert taken.status_code == 409
        unfit = here.client.post("/v1/consents/purposes", json={"name": "No!"})
        assert unfit.json()["code"] == "purpose_unfit"
        listed = here.client.get("/v1/consents/purposes").json()["purposes"]
        names = [one["name"] for one in listed]
        assert names == ["tracking", "mailing", "profiling", "transactional", "partner_offers"]
        entered(here, purpose="partner_offers", channel="")
        assert allowed(here, purpose="partner_offers", channel="email")

    def test_texts_have_versions_that_never_change(self, here: House) -> None:
        text = {"purpose": "mailing", "version": "1", "language": "en", "text": "Yes."}
        first = here.client.post("/v1/consents/texts", json=text).json()
        assert here.client.post("/v1/consents/texts", json=text).json() == first
        other = here.client.post("/v1/consents/texts", json=text | {"text": "No."})
        assert other.status_code == 409
        assert len(first["sha256"]) == 64
        unknown = {"purpose": "mailing", "state": "granted", "text_version": "2", "language": "en"}
        answer = here.client.post(ANN, json=unknown)
        assert answer.json()["code"] == "consent_text_unknown"
        assert rows_of(here) == 0

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"purpose": "nothing"}, "purpose_unknown"),
            ({"channel": "E mail"}, "purpose_unfit"),
            ({"at": "2999-01-01T00:00:00Z"}, "consent_time_unfit"),
            ({"at": "yesterday"}, "unfit"),
            ({"state": "pending"}, "request_unfit"),
        ],
    )
    def test_what_is_refused_leaves_nothing(self, here: House, said: Json, code: str) -> None:
        whole = {"purpose": "mailing", "state": "granted"} | said
        answer = here.client.post(ANN, json=whole)
        assert answer.json()["code"] == code
        assert rows_of(here) == 0
        assert here.client.get("/v1/audit").json() == {"entries": []}

    def test_nobody_is_known_until_somebody_is(self, here: House) -> None:
        assert here.client.get(ANN).status_code == 404
        assert here.client.get("/v1/persons/17/consents").status_code == 404
        here.send([{"type": "identified", "email": "ann@example.com", "anonymous_id": "c1"}])
        assert here.client.get(ANN).json() == {"consents": []}
        entered(here)
        assert allowed(here, "/v1/persons/anonymous_id:c1/consents", channel="email")


def events(here: House) -> list[Json]:
    with here.rooms.db.reading() as look:
        rows = look.exec_driver_sql("SELECT type, source, properties, identifiers FROM event")
        return [dict(row) for row in rows.mappings()]


class TestDoubleOptIn:
    def asked(self, here: House) -> str:
        answer = here.client.post(f"{ANN}/ask", json={"purpose": "mailing", "channel": "email"})
        assert answer.status_code == 201, answer.text
        assert answer.json()["consent"]["state"] == "pending"
        return path_of(answer.json()["link"])

    def test_looking_confirms_nothing_and_one_click_does(self, here: House) -> None:
        link = self.asked(here)
        assert "ann" not in link
        for _ in range(3):  # scanners of mail look at links
            page = here.client.get(link)
            assert page.status_code == 200
            assert "<form" in page.text
            assert "sha256-" in page.headers["content-security-policy"]
        assert here.client.head(link).status_code in (200, 405)
        assert not allowed(here, channel="email")
        assert "It is confirmed" in here.client.post(link, data={"confirm": "yes"}).text
        assert allowed(here, channel="email")
        row = here.client.get(ANN).json()["consents"][-1]
        assert (row["proof"], row["by"]) == ("double_opt_in", "the person")
        with here.rooms.db.reading() as look:
            found = look.execute(select(subject.c.kind, subject.c.verified_by)).all()
        assert ("email", "double_opt_in") in [tuple(one) for one in found]

    def test_a_link_works_once(self, here: House) -> None:
        link = self.asked(here)
        here.client.post(link)
        entered(here, "withdrawn")
        assert "answered before" in here.client.post(link).text
        assert not allowed(here, channel="email")
        again = self.asked(here)
        assert not allowed(here, channel="email")
        here.client.post(again)
        assert allowed(here, channel="email")

    def test_an_old_link_undoes_no_withdrawal(self, here: House) -> None:
        link = self.asked(here)
        entered(here, "withdrawn", channel="")
        assert "answered before" in here.client.post(link).text
        assert not allowed(here, channel="email")

    def test_a_wrong_link_says_so(self, here: House) -> None:
        link = self.asked(here)
        for wrong in (
            link[:-3] + "abc",
            "/consent/confirm/x.y",
            link.replace("confirm", "withdraw"),
        ):
            for answer in (here.client.get(wrong), here.client.post(wrong)):
                assert answer.status_code == 404
                assert answer.json()["code"] == "token_unreadable"

    def test_it_ends_after_a_week(self, tmp_path: Path, database_url: str) -> None:
        clock = SetClock(1_750_000_000_000_000)
        with house(tmp_path / "w", database_url, clock) as here:
            link = self.asked(here)
            clock.move(7 * DAY + 1)
            assert here.client.post(link).status_code == 410
            assert not allowed(here, channel="email")


class TestLeaving:
    def leaving(self, here: House) -> Json:
        entered(here)
        asked = {"purpose": "mailing", "channel": "email"}
        answer = here.client.post(f"{ANN}/leave", params=asked)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def test_one_click_as_mail_programs_do_it(self, here: House) -> None:
        """RFC 8058: a POST of a form, without cookies, and without following anything."""
        told = self.leaving(here)
        assert told["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        link = path_of(re.fullmatch(r"<(.*)>", told["headers"]["List-Unsubscribe"])[1])  # type: ignore[index]
        assert "Unsubscribe" in here.client.get(link).text
        assert allowed(here, channel="email")
        answer = here.client.post(link, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not allowed(here, channel="email")
        row = here.client.get(ANN).json()["consents"][-1]
        assert (row["state"], row["proof"], row["by"]) == ("withdrawn", "one_click", "the person")

    def test_as_a_form_of_many_parts(self, here: House) -> None:
        link = path_of(self.leaving(here)["link"])
        here.client.post(link, files={"List-Unsubscribe": (None, "One-Click")})
        assert here.client.get(ANN).json()["consents"][-1]["proof"] == "one_click"

    def test_twice_is_no_error(self, here: House) -> None:
        link = path_of(self.leaving(here)["link"])
        for _ in range(2):
            assert here.client.post(link, data={"confirm": "yes"}).status_code == 200
        assert here.client.get(ANN).json()["consents"][-1]["proof"] == "page"

    def test_a_page_cannot_be_framed_or_read_by_others(self, here: House) -> None:
        page = here.client.get(path_of(self.leaving(here)["link"]))
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert "set-cookie" not in page.headers


class TestOfTheLog:
    """What clients send as events lands in the ledger."""

    def sent(self, here: House, key: str | None, *events: Json) -> None:
        headers = {} if key is None else {"x-write-key": key}
        answer = here.client.post("/v1/events", json=list(events), headers=headers)
        assert answer.json()["failed"] == 0, answer.text

    def decided(self, here: House, n: int) -> list[tuple[str, str, str]]:
        with here.rooms.db.reading() as look:
            rows = look.execute(select(consent).order_by(consent.c.id)).all()
        return [(row.purpose, row.channel, row.state) for row in rows][:n]

    def test_what_the_tracker_says(self, here: House) -> None:
        key = here.client.post("/v1/sources", json={"name": "shop"}).json()["write_key"]
        told = {"channel": "web", "anonymous_id": "c1", "properties": {"purpose": "tracking"}}
        self.sent(here, key, told | {"type": "consent_given", "at": "2026-01-01T00:00:00Z"})
        self.sent(here, key, told | {"type": "consent_withdrawn", "at": "2026-01-02T00:00:00Z"})
        react(here)
        assert self.decided(here, 9) == [
            ("tracking", "web", "granted"),
            ("tracking", "web", "withdrawn"),
        ]
        asked = {"purpose": "tracking", "channel": "web"}
        cookie = "/v1/persons/anonymous_id:c1/consents"
        assert allowed(here, cookie, **asked, at="2026-01-01T12:00:00Z")
        assert not allowed(here, cookie, **asked)

    def test_a_write_key_cannot_say_yes_to_mailing(self, here: House) -> None:
        """Keys stand in pages: with one, anybody could subscribe everybody."""
        key = here.client.post("/v1/sources", json={"name": "shop"}).json()["write_key"]
        mailing = {"properties": {"purpose": "mailing", "channel": "email"}, "email": "b@x.org"}
        self.sent(here, key, mailing | {"type": "consent_granted"})
        self.sent(here, key, mailing | {"type": "consent_withdrawn"})
        self.sent(here, None, mailing | {"type": "consent_granted"})
        react(here)
        assert self.decided(here, 9) == [
            ("mailing", "email", "withdrawn"),
            ("mailing", "email", "granted"),
        ]

    def test_a_no_on_a_channel_that_cannot_be_understood_is_a_no_to_all(self, here: House) -> None:
        odd = {"user_id": "1", "properties": {"purpose": "tracking", "channel": "(Web)!"}}
        self.sent(here, None, odd | {"type": "consent_granted"})
        self.sent(here, None, odd | {"type": "consent_withdrawn"})
        self.sent(here, None, {"type": "consent_given", "user_id": "1", "channel": "Mobile App"})
        react(here)
        assert self.decided(here, 9) == [
            ("tracking", "", "withdrawn"),
            ("tracking", "mobile_app", "granted"),
        ]

    def test_its_own_events_are_not_entered_twice(self, here: House) -> None:
        entered(here)
        react(here)
        assert rows_of(here) == 1


def react(here: House) -> None:
    """Lets the module read the log to its end."""
    from desireline.log.following import Follower  # noqa: PLC0415
    from desireline.modules.consent.events import LEDGER  # noqa: PLC0415

    for _ in Follower(here.rooms.db, here.rooms.reader, LEDGER).catch_up():
        pass


class TestTogether:
    def test_merged_and_unmerged(self, here: House) -> None:
        """A no by one identifier counts for the person; apart, each has its own again."""
        entered(here)
        other = "/v1/persons/anonymous_id:c9/consents"
        entered(here, "denied", other)
        assert allowed(here, channel="email")
        here.send([{"type": "identified", "email": "ann@example.com", "anonymous_id": "c9"}])
        assert not allowed(here, channel="email")
        assert not allowed(here, other, channel="email")
        entered(here)  # knows both by now
        assert allowed(here, channel="email")
        assert allowed(here, other, channel="email")
        assert [one["via"] is None for one in here.client.get(ANN).json()["consents"]] == [
            *(True, True, True),
            False,
        ]

    def test_true_at_once(self, here: House) -> None:
        """Nothing is remembered: whoever asks after the answer of the withdrawal hears no."""
        for _ in range(20):
            entered(here)
            assert allowed(here, channel="email")
            entered(here, "withdrawn")
            with here.rooms.db.reading() as look:
                (number,) = find_numbers(look, [("email", "ann@example.com")]).values()
                now = here.rooms.clock.now()
                assert not may(look, number, "mailing", "email", now).allowed
