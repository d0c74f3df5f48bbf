"""Companies and households: by group calls, by hand, by e-mail domain; their timelines."""

from __future__ import annotations

from typing import Any

import pytest
from tests.modules.house import House
from tests.server.processes import until

from desireline.log.following import Follower
from desireline.log.identity.links import link
from desireline.log.naming.subjects import find_numbers
from desireline.modules.accounts.arriving import TAKE_GROUPS


def group(person: str, key: str, at: str, **traits: object) -> dict[str, object]:
    return {
        "type": "group_joined",
        "kind": "group",
        "user_id": person,
        "at": at,
        "properties": {"group_id": key, **traits},
    }


def follow(here: House) -> None:
    """Reacts to what is new, as the worker does."""
    follower = Follower(here.rooms.db, here.rooms.reader, TAKE_GROUPS)
    until(lambda: list(follower.catch_up()) or follower.position)


def got(here: House, path: str, **params: object) -> Any:
    answer = here.client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def number_of(here: House, kind: str, value: str) -> int:
    with here.rooms.db.reading() as look:
        return find_numbers(look, [(kind, value)])[kind, value]


@pytest.fixture
def acme(here: House) -> House:
    """A company of two with what they did, and one outside."""
    here.send(
        [
            group("anna", "acme", "2026-01-02T10:00:00Z", name="Acme", plan="free", role="buyer"),
            group("ben", "acme", "2026-01-03T10:00:00Z", name="Acme Ltd", plan="pro"),
            *(
                {
                    "type": f"order_{n}",
                    "user_id": ("anna", "ben", "carl")[n % 3],
                    "at": f"2026-02-01T10:{n:02}:00Z",
                }
                for n in range(30)
            ),
        ]
    )
    follow(here)
    return here


class TestGroupCalls:
    def test_make_an_account_with_members(self, acme: House) -> None:
        shown = got(acme, "/v1/accounts/key:acme")
        assert (shown["name"], shown["kind"], shown["members"]) == ("Acme", "company", 2)
        assert shown["traits"] == {"name": "Acme Ltd", "plan": "pro"}
        assert {one["at"] for one in shown["said"]} == {"2026-01-03T10:00:00Z"}
        members = got(acme, f"/v1/accounts/{shown['id']}/members")["members"]
        assert [(m["role"], m["since"], m["until"]) for m in members] == [
            ("buyer", "2026-01-02T10:00:00Z", None),
            ("", "2026-01-03T10:00:00Z", None),
        ]

    def test_the_order_in_which_they_come_does_not_matter(self, here: House) -> None:
        here.send([group("anna", "acme", "2026-01-05T10:00:00Z", plan="pro")])
        follow(here)
        here.send([group("anna", "acme", "2026-01-01T10:00:00Z", plan="free")])
        follow(here)
        shown = got(here, "/v1/accounts/key:acme")
        assert shown["traits"]["plan"] == "pro"
        (member,) = got(here, "/v1/accounts/key:acme/members")["members"]
        assert member["since"] == "2026-01-01T10:00:00Z"

    def test_segment_s_own(self, here: House) -> None:
        key = here.client.post("/v1/sources", json={"name": "shop"}).json()["write_key"]
        call = {
            "userId": "anna",
            "groupId": "nowak",
            "traits": {"name": "Nowak", "kind": "household"},
        }
        here.client.post("/v1/group", json=call, auth=(key, "")).raise_for_status()
        here.settle()
        follow(here)
        assert got(here, "/v1/accounts/key:nowak")["kind"] == "household"
        assert got(here, "/v1/persons/user_id:anna/accounts")["members"][0]["source"] == "shop"

    def test_one_without_a_group_is_left(self, here: House) -> None:
        here.send([{"type": "x", "kind": "group", "user_id": "anna", "properties": {}}])
        follow(here)
        assert got(here, "/v1/accounts")["accounts"] == []


class TestByHand:
    def test_made_told_of_and_deleted(self, here: House) -> None:
        new = {"key": "k-1", "kind": "household", "name": "Nowak", "traits": {"children": 2}}
        made = here.client.post("/v1/accounts", json=new)
        assert made.status_code == 201, made.text
        ident = made.json()["id"]
        assert here.client.post("/v1/accounts", json=new).json()["code"] == "account_key_taken"
        changed = here.client.patch(f"/v1/accounts/{ident}", json={"traits": {"pets": "cat"}})
        assert changed.json()["name"] == "Nowak"
        assert got(here, f"/v1/accounts/{ident}")["traits"] == {"children": 2, "pets": "cat"}
        assert here.client.delete(f"/v1/accounts/{ident}").status_code == 204
        assert here.client.get(f"/v1/accounts/{ident}").json()["code"] == "account_missing"

    def test_members_join_and_leave(self, acme: House) -> None:
        told = {"person": "user_id:carl", "role": "decision maker", "since": "2026-03-01T00:00:00Z"}
        joined = acme.client.post("/v1/accounts/key:acme/members", json=told)
        assert joined.status_code == 201, joined.text
        assert got(acme, "/v1/accounts/key:acme")["members"] == 3
        end = f"/v1/accounts/key:acme/members/{joined.json()['id']}/end"
        assert acme.client.post(end).status_code == 204
        assert acme.client.post(end).json()["code"] == "member_missing"
        assert got(acme, "/v1/accounts/key:acme")["members"] == 2
        path = "/v1/accounts/key:acme/members"
        assert len(got(acme, path, also_former=True)["members"]) == 3
        assert got(acme, "/v1/accounts/roles")["roles"][:2] == ["buyer", "decision maker"]

    def test_found_by_a_part_of_the_name(self, acme: House) -> None:
        assert [a["key"] for a in got(acme, "/v1/accounts", search="ACM")["accounts"]] == ["acme"]
        assert got(acme, "/v1/accounts", search="a%")["accounts"] == []
        assert got(acme, "/v1/accounts", kind="household")["accounts"] == []

    @pytest.mark.parametrize("person", ["user_id:nobody", "nonsense"])
    def test_nobody_cannot_join(self, acme: House, person: str) -> None:
        answer = acme.client.post("/v1/accounts/key:acme/members", json={"person": person})
        assert answer.status_code in (404, 422)


class TestTimeline:
    @pytest.mark.parametrize("order", ["newest", "oldest"])
    def test_is_that_of_the_members_merged(self, acme: House, order: str) -> None:
        """Whatever the pages: each event of each member once, in one order."""
        shown: list[str] = []
        after = ""
        while True:
            page = got(acme, "/v1/accounts/key:acme/timeline", order=order, limit=7, after=after)
            shown += [one["type"] for one in page["entries"] if one["type"].startswith("order_")]
            if page["next"] is None:
                break
            after = page["next"]
        expected = [f"order_{n}" for n in range(30) if n % 3 != 2]
        assert shown == (expected[::-1] if order == "newest" else expected)

    def test_of_nobody_is_empty(self, here: House) -> None:
        here.client.post("/v1/accounts", json={"key": "empty"})
        assert got(here, "/v1/accounts/key:empty/timeline")["entries"] == []

    def test_one_person_with_two_identifiers_is_told_once(self, acme: House) -> None:
        a, b = (number_of(acme, "user_id", name) for name in ("anna", "ben"))
        with acme.rooms.db.transaction() as tx:
            link(tx, a, b, "confirmed", 1)
        entries = got(acme, "/v1/accounts/key:acme/timeline")["entries"]
        types = [one["type"] for one in entries if one["type"].startswith("order_")]
        assert len(types) == len(set(types)) == 20


class TestDomains:
    def test_suggest_companies_and_never_free_mail(self, here: House) -> None:
        mails = ["a@firma.pl", "b@firma.pl", "x@gmail.com", "y@gmail.com", "z@wp.pl", "q@wp.pl"]
        here.send([{"type": "seen", "email": mail} for mail in [*mails, "only@one.pl"]])
        (found,) = got(here, "/v1/accounts/suggestions")["suggestions"]
        assert (found["domain"], found["account"]) == ("firma.pl", None)
        assert found["persons"] == sorted(number_of(here, "email", m) for m in mails[:2])
        made = here.client.post("/v1/accounts/suggestions/firma.pl/accept").json()
        assert (made["key"], made["members"]) == ("firma.pl", 2)
        assert got(here, "/v1/accounts/suggestions")["suggestions"] == []
        free = here.client.post("/v1/accounts/suggestions/gmail.com/accept")
        assert free.json()["code"] == "domain_is_nobodys"
        here.send([{"type": "seen", "email": "c@firma.pl"}])
        (one,) = got(here, "/v1/accounts/suggestions")["suggestions"]
        assert (one["account"], len(one["persons"])) == (made["id"], 1)
