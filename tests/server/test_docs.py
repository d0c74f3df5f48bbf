"""docs/server.md is run, line by line, against a real server."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from tests.server.processes import Running, ready, running, until
from tests.test_docs import ROOT, blocks, matches

from desireline.registry import MODULES
from desireline.server.app import make_app

PAGE = ROOT / "docs" / "server.md"
OPENAPI = ROOT / "docs" / "schemas" / "openapi.json"
ADDRESS = "http://127.0.0.1:8765"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_prints_what_the_page_shows(tmp_path: Path) -> None:
    with running(tmp_path / "w") as server:
        ready(server.client)
        for block in blocks(PAGE, "shell"):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                if "discover" in command:
                    until(lambda: _lag(server) == 0)
                printed = subprocess.run(
                    command.replace(ADDRESS, server.address),
                    shell=True,
                    check=False,
                    cwd=tmp_path,
                    capture_output=True,
                    text=True,
                ).stdout
                assert matches(printed, shown), f"$ {command}\nprinted:\n{printed}\nshown:\n{shown}"


def _lag(server: Running) -> int:
    return int(ready(server.client)["lags"][0]["events"])


def test_the_published_form_is_that_of_the_routes() -> None:
    form = make_app(MODULES).openapi()
    text = msgspec.json.format(msgspec.json.encode(form), indent=2) + b"\n"
    assert OPENAPI.read_bytes() == text, "python scripts/openapi.py writes it anew"
