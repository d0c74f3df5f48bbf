"""`desireline team`, as a person types it, beside a server that runs."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from tests.server.processes import running

from desireline.cli.team_command import command
from desireline.modules.team.errors import LastOwner, MemberUnknown

PASSWORD = "correct horse battery staple"


def run(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(command, [*words, "--data", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return str(done.output).strip()


def token_of(link: str) -> str:
    return link.partition("?token=")[2]


class TestTeam:
    def test_from_the_first_link_to_the_last_owner(self, tmp_path: Path) -> None:
        folder = tmp_path / "w"
        with running(folder) as server:
            assert server.process.stdout is not None
            line = server.process.stdout.readline()
            assert "Own it" in line
            told = {"token": token_of(line.split()[7]), "name": "Olga"}
            told |= {"email": "olga@example.com", "password": PASSWORD}
            assert server.client.post("/v1/first-owner", json=told).status_code == 200

            link = run(folder, "invite", "bob@example.com", "--role", "sales")
            assert link.startswith("http://127.0.0.1:8765/join?token=")
            with httpx.Client(base_url=server.address, trust_env=False) as bob:
                bobs = {"token": token_of(link), "name": "Bob", "password": PASSWORD}
                assert bob.post("/v1/invitations/accept", json=bobs).status_code == 200
                listed = run(folder, "list").splitlines()
                assert [line.split()[:3] for line in listed] == [
                    ["bob@example.com", "sales", "Bob"],
                    ["olga@example.com", "owner", "Olga"],
                ]
                assert run(folder, "role", "bob@example.com", "admin") == (
                    "Bob is admin from now on."
                )
                assert "manage_team" in bob.get("/v1/session").json()["permissions"]
                run(folder, "remove", "bob@example.com")
                assert bob.get("/v1/session").status_code == 401
            with pytest.raises(LastOwner):
                run(folder, "remove", "olga@example.com")
            with pytest.raises(MemberUnknown):
                run(folder, "role", "bob@example.com", "admin")

            link = run(folder, "link")
            again = told | {"token": token_of(link), "password": "a new password, please"}
            assert server.client.post("/v1/first-owner", json=again).status_code == 200
            who = [e["who"] for e in server.client.get("/v1/audit").json()["entries"]]
            assert {"server", "Olga", "command line", "Bob"} == set(who)
            assert run(folder, "list").split()[0] == "olga@example.com"
