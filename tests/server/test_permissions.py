"""S-AZ: every route is asked as every role, as nobody, and with keys; a table by hand says what."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.modules.house import House, house
from tests.modules.team.team import browser, done, founded, joined
from tests.promises import Report

from desireline.kit.permissions import PERMISSIONS

ROOT = Path(__file__).parent.parent.parent
TABLE = Path(__file__).with_name("permissions.txt")

MAY = {
    "owner": set(PERMISSIONS),
    "admin": set(PERMISSIONS) - {"own"},
    "editor": {"read", "comment", "read_persons", "edit_maps", "publish", "describe_data"},
    "contributor": {"read", "comment"},
    "viewer": {"read"},
    "marketing": {
        "read",
        "comment",
        "read_persons",
        "edit_maps",
        "publish",
        "describe_data",
        "import_data",
    },
    "sales": {"read", "comment", "read_persons", "edit_persons"},
    "service": {"read", "comment", "read_persons", "edit_persons"},
    "analyst": {"read", "comment", "read_persons", "edit_maps", "describe_data", "import_data"},
}
"""Written by hand, as the table of routes is: what a role may is decided here a second time."""
UNKNOWN = "9007199254740991"
REFUSALS = {(401, "not_signed_in"): "who are you", (403, "not_allowed"): "you may not"}
LET_IN = "let in"
ENDS_SESSION = "/v1/session"


@dataclass(frozen=True)
class Row:
    """A route of the table, and what it needs."""

    method: str
    path: str
    needs: str

    @property
    def address(self) -> str:
        """With keys that nobody has."""
        named = re.sub(r"\{(number|version|ident)\}", UNKNOWN, self.path)
        return re.sub(r"\{[^}]*\}", "nobodys", named)

    def expected(self, caller: str, may: set[str]) -> str:
        """What becomes of a caller."""
        if self.needs == "anyone":
            return LET_IN
        if caller == "nobody":
            return "who are you"
        if self.needs == "known":
            return LET_IN
        if self.needs == "member":
            return LET_IN if caller in MAY else "you may not"
        return LET_IN if self.needs in may else "you may not"


def table() -> list[Row]:
    lines = [line.split(None, 2) for line in TABLE.read_text().splitlines() if line[:1] != "#"]
    return [Row(method, path, needs.strip()) for method, path, needs in lines]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("matrix")
    with house(folder / "w", f"sqlite:///{folder}/w/desireline.db") as found:
        yield found


@pytest.fixture(scope="module")
def callers(here: House) -> dict[str, dict[str, str]]:
    """What each caller shows: members of every role, and nobody."""
    founded(here)
    shown = {"owner": {"cookie": f"desireline_session={here.client.cookies['desireline_session']}"}}
    for role in MAY.keys() - {"owner"}:
        with browser(here) as client:
            joined(here, client, f"{role} member", role)
            shown[role] = {"cookie": f"desireline_session={client.cookies['desireline_session']}"}
    return {**shown, "nobody": {}}


@pytest.fixture(scope="module")
def keys(here: House, callers: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """By permission: a key that has it alone, and one that has all others."""
    found = {}
    for permission in PERMISSIONS:
        others = [one for one in PERMISSIONS if one != permission]
        for name, scopes in ((permission, [permission]), (f"not {permission}", others)):
            told = {"name": name.replace("_", " "), "scopes": scopes}
            key = done(here.client.post("/v1/api-keys", json=told), 201)["key"]
            found[name] = {"authorization": f"Bearer {key}"}
    return found


def outcome(client: httpx.Client, row: Row, shown: dict[str, str]) -> str:
    """What becomes of a request that is let in no further than to its form.

    What it sends is JSON, and nothing that any route takes: what is no JSON at all is refused
    before anybody is asked who she is.
    """
    body = b'"x"' if row.method in ("POST", "PUT", "PATCH", "DELETE") else b""
    headers = {**shown, "content-type": "application/json"}
    with client.stream(row.method, row.address, headers=headers, content=body) as answer:
        assert answer.status_code != 500, row
        code = ""
        if answer.status_code in (401, 403) and row.method != "HEAD":
            answer.read()
            problem = answer.headers["content-type"] == "application/problem+json"
            code = answer.json()["code"] if problem else "the page that asks for the token"
    client.cookies.clear()
    return REFUSALS.get((answer.status_code, code), LET_IN)


class TestMatrix:
    def test_the_table_has_every_route_and_no_other(self) -> None:
        sys.path.insert(0, str(ROOT / "scripts"))
        from permissions_reference import rows  # noqa: PLC0415 - a script of the project

        assert sorted((r.path, r.method, r.needs) for r in table()) == rows()

    @pytest.mark.usefixtures("keys")
    def test_every_role_meets_what_the_table_says(
        self,
        here: House,
        callers: dict[str, dict[str, str]],
        report: Report,
    ) -> None:
        """The keys are made before, by the owner, whose session ends here at last."""
        rows = [row for row in table() if row.needs != "write key"]
        rows.sort(key=lambda row: row.method == "DELETE" and row.path == ENDS_SESSION)
        wrong, asked = [], 0
        with browser(here) as client:
            for row in rows:
                for caller, shown in callers.items():
                    may = MAY.get(caller, set())
                    found, expected = outcome(client, row, shown), row.expected(caller, may)
                    asked += 1
                    if found != expected:
                        wrong.append((row, caller, found, expected))
        assert not wrong
        report("S-AZ", f"{len(rows)} routes x {len(callers)} roles: {asked} as the table says")

    def test_a_key_opens_what_its_scope_says_and_nothing_else(
        self, here: House, keys: dict[str, dict[str, str]]
    ) -> None:
        rows = [row for row in table() if row.needs in PERMISSIONS]
        with browser(here) as client:
            for row in rows:
                assert outcome(client, row, keys[row.needs]) == LET_IN, row
                assert outcome(client, row, keys[f"not {row.needs}"]) == "you may not", row

    @pytest.mark.parametrize("path", ["/v1/events", "/v1/batch"])
    def test_events_need_a_write_key_or_the_permission(
        self, here: House, keys: dict[str, dict[str, str]], path: str
    ) -> None:
        event = {"type": "page_viewed", "user_id": "ann"}
        body = {"batch": [event]} if path == "/v1/batch" else event
        with browser(here) as client:
            for shown, status in (
                (keys["collect"], 200),
                (keys["not collect"], 401),
                ({}, 401),
                ({"authorization": "Bearer dk_unknown_key"}, 401),
            ):
                answer = client.post(path, json=body, headers=shown)
                assert answer.status_code == status, answer.text


class TestPage:
    def test_says_what_the_routes_say(self) -> None:
        script = ROOT / "scripts" / "permissions_reference.py"
        done = subprocess.run([sys.executable, script, "--check"], check=False, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
