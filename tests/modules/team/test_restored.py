"""What a restored backup knows of the team: its members, and no session or link that was ended."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from tests.modules.house import House, house
from tests.modules.team.team import browser, done, founded, invited, refused, sign_in

from desireline.kit.workspace import open_workspace
from desireline.log.backup import back_up, restore
from desireline.log.opening import open_store
from desireline.modules.team.tables import invitation
from desireline.modules.team.tables import sign_in as session
from desireline.settings import read_settings


def test_members_come_back_and_sessions_do_not(here: House, tmp_path: Path) -> None:
    founded(here)
    token = invited(here, "bob@example.com", "viewer")
    backup = tmp_path / "backup"
    back_up(here.rooms.workspace, here.rooms.store, backup, lambda *_: None)
    assert here.client.delete("/v1/session").status_code == 204
    url = f"sqlite:///{tmp_path}/again/desireline.db"
    settings = read_settings({}, data_dir=tmp_path / "again", database_url=url)
    with open_workspace(settings, exclusive=True, create=True) as workspace:
        restore(backup, workspace, open_store(workspace), lambda *_: None)
        with workspace.database.reading() as look:
            assert look.execute(select(session)).all() == []
            assert look.execute(select(invitation)).all() == []
    with house(tmp_path / "again", url) as again, browser(again) as olga:
        olga.cookies = here.client.cookies
        refused(olga.get("/v1/session"), 401, "not_signed_in")
        told = {"token": token, "name": "Bob", "password": "correct horse battery staple"}
        refused(olga.post("/v1/invitations/accept", json=told), 410, "link_used_up")
        assert done(sign_in(olga, "olga@example.com"))["member"]["role"] == "owner"
