"""Members, departments, invitations, keys: who may change whom, and that one owner stays."""

from __future__ import annotations

from threading import Thread

import httpx
import pytest
from tests.modules.house import House
from tests.modules.team.team import (
    PASSWORD,
    audited,
    browser,
    done,
    founded,
    invited,
    joined,
    refused,
    sign_in,
)

ROLES = (
    "owner",
    "admin",
    "editor",
    "contributor",
    "viewer",
    "marketing",
    "sales",
    "service",
    "analyst",
)


@pytest.fixture
def team(here: House) -> House:
    """A house with its owner."""
    founded(here)
    return here


class TestInvite:
    def test_the_link_makes_a_member_once(self, team: House) -> None:
        shop = done(team.client.post("/v1/departments", json={"name": "Shop"}), 201)
        token = invited(team, "Bob@Example.com", "sales", (shop["id"],))
        listed = done(team.client.get("/v1/invitations"))["invitations"]
        assert [(one["email"], one["role"]) for one in listed] == [("bob@example.com", "sales")]
        assert token not in str(listed)
        told = {"token": token, "name": "Bob Seller", "password": PASSWORD}
        with browser(team) as bob:
            joined = done(bob.post("/v1/invitations/accept", json=told))
            assert joined["member"]["email"] == "bob@example.com"
            assert joined["member"]["departments"] == [{"id": shop["id"], "name": "Shop"}]
            assert "edit_persons" in joined["permissions"]
            again = told | {"name": "Eve"}
            refused(bob.post("/v1/invitations/accept", json=again), 410, "link_used_up")
        assert done(team.client.get("/v1/invitations"))["invitations"] == []
        assert audited(team)[-1] == ("Bob Seller", "member_joined", "member:2")

    def test_it_is_no_link_for_an_owner(self, team: House) -> None:
        token = invited(team, "bob@example.com", "viewer")
        told = {"token": token, "name": "B", "email": "b@example.com", "password": PASSWORD}
        refused(team.client.post("/v1/first-owner", json=told), 410, "link_used_up")

    def test_it_can_be_taken_back_and_made_anew(self, team: House) -> None:
        first = invited(team, "bob@example.com", "viewer")
        second = invited(team, "bob@example.com", "editor")
        listed = done(team.client.get("/v1/invitations"))["invitations"]
        assert len(listed) == 1
        number = listed[0]["id"]
        assert team.client.delete(f"/v1/invitations/{number}").status_code == 204
        refused(team.client.delete(f"/v1/invitations/{number}"), 404, "invitation_unknown")
        for token in (first, second):
            told = {"token": token, "name": "Bob", "password": PASSWORD}
            refused(team.client.post("/v1/invitations/accept", json=told), 410, "link_used_up")

    def test_a_member_needs_none(self, team: House) -> None:
        told = {"email": "OLGA@example.com", "role": "viewer"}
        refused(team.client.post("/v1/invitations", json=told), 409, "member_there")

    def test_names_are_told_apart(self, team: House) -> None:
        token = invited(team, "other@example.com", "viewer")
        told = {"token": token, "name": "OLGA  owner", "password": PASSWORD}
        refused(team.client.post("/v1/invitations/accept", json=told), 409, "member_there")


class TestGrant:
    def test_an_admin_deals_with_all_but_owners(self, team: House) -> None:
        with browser(team) as ada, browser(team) as bob:
            joined(team, ada, "Ada Admin", "admin")
            joined(team, bob, "Bob Viewer", "viewer")
            told = {"email": "x@example.com", "role": "owner"}
            refused(ada.post("/v1/invitations", json=told), 403, "grant_too_wide")
            for number, change in ((3, {"role": "owner"}), (1, {"role": "viewer"})):
                answer = ada.patch(f"/v1/members/{number}", json=change)
                refused(answer, 403, "grant_too_wide")
            refused(ada.patch("/v1/members/2", json={"role": "owner"}), 403, "grant_too_wide")
            refused(ada.patch("/v1/members/1", json={"active": False}), 403, "grant_too_wide")
            refused(ada.delete("/v1/members/1"), 403, "grant_too_wide")
            scopes = {"name": "wide", "scopes": ["read", "own"]}
            refused(ada.post("/v1/api-keys", json=scopes), 403, "grant_too_wide")
            provider = {"name": "x", "label": "X", "issuer": "https://x.example"}
            provider |= {"client_id": "a", "client_secret": "b"}
            refused(ada.post("/v1/oidc-providers", json=provider), 403, "not_allowed")
            done(ada.patch("/v1/members/3", json={"role": "analyst"}))
            assert "import_data" in done(bob.get("/v1/session"))["permissions"]

    def test_a_key_makes_no_wider_key(self, team: House) -> None:
        told = {"name": "narrow", "scopes": ["manage_team", "read"]}
        key = done(team.client.post("/v1/api-keys", json=told), 201)["key"]
        with browser(team, authorization=f"Bearer {key}") as program:
            wider = {"name": "wider", "scopes": ["read", "privacy"]}
            refused(program.post("/v1/api-keys", json=wider), 403, "grant_too_wide")
            for role in set(ROLES) - {"viewer"}:
                told = {"email": "x@example.com", "role": role}
                refused(program.post("/v1/invitations", json=told), 403, "grant_too_wide")
            told = {"email": "x@example.com", "role": "viewer"}
            assert done(program.post("/v1/invitations", json=told), 201)["made_by"] == "key narrow"
            refused(program.get("/v1/sessions"), 403, "not_allowed")
            assert done(program.get("/v1/session")) == {
                "member": None,
                "permissions": ["read", "manage_team"],
            }

    @pytest.mark.parametrize("role", [r for r in ROLES if r not in ("owner", "admin")])
    def test_others_change_nobody(self, team: House, role: str) -> None:
        with browser(team) as bob:
            joined(team, bob, "Bob", role)
            refused(bob.patch("/v1/members/2", json={"role": "owner"}), 403, "not_allowed")
            refused(bob.delete("/v1/members/1"), 403, "not_allowed")


class TestLastOwner:
    @pytest.mark.parametrize("change", [{"role": "admin"}, {"active": False}])
    def test_she_stays(self, team: House, change: dict[str, object]) -> None:
        refused(team.client.patch("/v1/members/1", json=change), 409, "last_owner")
        refused(team.client.delete("/v1/members/1"), 409, "last_owner")
        assert done(team.client.get("/v1/session"))["member"]["role"] == "owner"

    def test_one_of_two_may_go(self, team: House) -> None:
        with browser(team) as other:
            joined(team, other, "Otto Owner", "owner")
            assert other.delete("/v1/members/1").status_code == 204
            refused(other.delete("/v1/members/2"), 409, "last_owner")

    def test_two_who_step_down_at_once_leave_one(self, team: House) -> None:
        with browser(team) as other:
            joined(team, other, "Otto Owner", "owner")
            answers: list[int] = []

            def step_down(client: httpx.Client, number: int) -> None:
                answer = client.patch(f"/v1/members/{number}", json={"role": "viewer"})
                answers.append(answer.status_code)

            both = [(team.client, 1), (other, 2)]
            threads = [Thread(target=step_down, args=one) for one in both]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert sorted(answers) == [200, 409]


class TestMember:
    def test_who_is_shut_out_is_out_at_once(self, team: House) -> None:
        with browser(team) as bob:
            joined(team, bob, "Bob", "editor")
            told = done(team.client.patch("/v1/members/2", json={"active": False}))
            assert not told["active"]
            refused(bob.get("/v1/session"), 401, "not_signed_in")
            refused(sign_in(bob, "bob@example.com"), 401, "sign_in_wrong")
            done(team.client.patch("/v1/members/2", json={"active": True}))
            done(sign_in(bob, "bob@example.com"))

    def test_who_is_removed_leaves_only_what_she_did(self, team: House) -> None:
        with browser(team) as bob:
            joined(team, bob, "Bob", "admin")
            done(bob.post("/v1/departments", json={"name": "Shop"}), 201)
            assert team.client.delete("/v1/members/2").status_code == 204
            refused(bob.get("/v1/session"), 401, "not_signed_in")
            refused(team.client.delete("/v1/members/2"), 404, "member_unknown")
            refused(team.client.patch("/v1/members/2", json={}), 404, "member_unknown")
            assert [m["id"] for m in done(team.client.get("/v1/members"))["members"]] == [1]
            assert ("Bob", "department_added", "department:1") in audited(team)
            joined(team, bob, "Bob", "viewer")
            assert done(bob.get("/v1/session"))["member"]["id"] == 3

    def test_departments(self, team: House) -> None:
        shop = done(team.client.post("/v1/departments", json={"name": " Shop "}), 201)
        assert (shop["name"], shop["members"]) == ("Shop", 0)
        again = team.client.post("/v1/departments", json={"name": "SHOP"})
        refused(again, 409, "department_there")
        told = done(team.client.patch("/v1/members/1", json={"departments": [shop["id"]]}))
        assert told["departments"] == [{"id": shop["id"], "name": "Shop"}]
        unknown = team.client.patch("/v1/members/1", json={"departments": [99]})
        refused(unknown, 404, "department_unknown")
        renamed = team.client.patch(f"/v1/departments/{shop['id']}", json={"name": "Store"})
        assert done(renamed)["members"] == 1
        assert team.client.delete(f"/v1/departments/{shop['id']}").status_code == 204
        assert done(team.client.get("/v1/session"))["member"]["departments"] == []


class TestKey:
    def test_opens_until_it_is_dropped(self, team: House) -> None:
        told = {"name": "nightly", "scopes": ["read"]}
        made = done(team.client.post("/v1/api-keys", json=told), 201)
        with browser(team, authorization=f"Bearer {made['key']}") as program:
            assert program.get("/v1/maps").status_code == 200
            refused(program.get("/v1/persons"), 403, "not_allowed")
            listed = done(team.client.get("/v1/api-keys"))["keys"]
            assert listed[0]["used_at"] is not None
            assert made["key"] not in str(listed)
            assert team.client.delete(f"/v1/api-keys/{made['id']}").status_code == 204
            refused(program.get("/v1/maps"), 401, "not_signed_in")
            refused(team.client.delete(f"/v1/api-keys/{made['id']}"), 404, "key_unknown")

    def test_a_part_of_it_opens_nothing(self, team: House) -> None:
        made = done(team.client.post("/v1/api-keys", json={"name": "k", "scopes": ["read"]}), 201)
        for shown in (made["prefix"], made["key"][:-1], made["key"] + "x", "dk_", "dk__"):
            with browser(team, authorization=f"Bearer {shown}") as program:
                refused(program.get("/v1/maps"), 401, "not_signed_in")

    def test_ends(self, team: House) -> None:
        past = {"name": "k", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}
        refused(team.client.post("/v1/api-keys", json=past), 422, "key_unfit")
        nothing = {"name": "k", "scopes": []}
        refused(team.client.post("/v1/api-keys", json=nothing), 422, "key_unfit")
