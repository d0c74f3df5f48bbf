"""docs/databases.md as it stands: a source, its events, and what is new; nothing leaves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Desireline

PAGE = Path(__file__).parents[2] / "docs" / "databases.md"
NO_NETWORK = """
import socket

def refused(self, address, *_):
    raise AssertionError(f"somebody is called: {address}")

socket.socket.connect = socket.socket.connect_ex = refused
"""


def test_a_database_is_loaded_and_then_what_is_new(desireline: Desireline, tmp_path: Path) -> None:
    (tmp_path / "offline").mkdir()
    (tmp_path / "offline" / "sitecustomize.py").write_text(NO_NETWORK)
    block = re.search(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert block is not None
    (tmp_path / "page.py").write_text(block[1])
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    found = os.pathsep.join(filter(None, [str(tmp_path / "offline"), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-W", "error", "page.py"],
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONPATH": found, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sums = re.findall(r": (\d+) received = (\d+) stored \+ (\d+) duplicate", done.stdout)
    assert sums == [("1", "1", "0"), ("1", "1", "0")], "the second run brings only what is new"
    out = tmp_path / "out.csv"
    assert desireline("export", out, "--data", tmp_path / "shop").code == 0
    text = out.read_text()
    assert "order_placed" in text
    assert "order_paid" in text
    assert "draft" not in text
    left = [p for p in tmp_path.rglob("*") if p.is_file() and p.suffix not in (".py", ".db")]
    outside = [p for p in left if (tmp_path / "shop") not in p.parents and p != out]
    assert not [p for p in outside if b"ann@shop.example" in p.read_bytes()]
