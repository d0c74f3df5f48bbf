"""P-RESID: no connection goes out by default. Watched while a session's work is done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.promises import ROOT, Report

SESSION = ROOT / "tests" / "reliability" / "quiet_session.py"


@cache
def namespaces() -> bool:
    """Whether this user may make networks without a way out."""
    tried = shutil.which("unshare")
    return bool(tried) and subprocess.run([tried or "", "-n", "true"], check=False).returncode == 0


def session(folder: Path, plant: str = "") -> dict[str, Any]:
    """What was seen of the network while a session's work was done."""
    alone = ["unshare", "-n"] if namespaces() else []
    done = subprocess.run(
        [*alone, sys.executable, str(SESSION), str(folder), plant],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


class TestPResid:
    def test_p_resid(self, tmp_path: Path, report: Report) -> None:
        """Importing, serving, collecting, drawing, sealing, verifying, backing up."""
        found = session(tmp_path)
        report(
            "P-RESID",
            f"{len(found['seen'])} names looked up or connections begun beyond this machine,"
            f" {found['no_ways'] if found['no_ways'] is not None else 'not counted'} by the kernel,"
            f" {len(found['foreign'])} addresses of others in the page",
        )
        assert found["seen"] == []
        assert found["no_ways"] in (0, None)
        assert found["stored"] == 50
        assert found["foreign"] == []
        assert found["script"] > 1_000
        _check_policy(found["policy"])


def _check_policy(policy: str) -> None:
    """The browser holds the page to its own server, whatever a map or an event says."""
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";") if rule.strip()}
    assert rules["default-src"] == ["'none'"]
    assert rules["connect-src"] == ["'self'"]
    assert not [s for sources in rules.values() for s in sources if "//" in s or s == "*"]


class TestTheWatcher:
    """It finds what it looks for."""

    @pytest.mark.parametrize(
        ("plant", "said"),
        [
            ("python", "socket.connect 192.0.2.1"),
            ("name", "socket.getaddrinfo telemetry.invalid"),
        ],
    )
    def test_finds_what_python_does(self, tmp_path: Path, plant: str, said: str) -> None:
        assert session(tmp_path, plant)["seen"] == [said]

    def test_finds_what_c_code_does(self, tmp_path: Path) -> None:
        """Which no hook of Python's sees."""
        if not namespaces():
            pytest.skip("networks without a way out need root")
        found = session(tmp_path, "c")
        assert found["seen"] == []
        assert found["no_ways"] >= 1
