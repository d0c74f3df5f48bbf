"""The server of an empty workspace: what it holds in memory when nobody asks anything.

`python -m bench.log_server` prints it as JSON.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
QUIET_SECONDS = 10
PATIENCE_SECONDS = 120


def measure() -> dict[str, float]:
    """Resident bytes when ready and left alone, and seconds from the command to readiness."""
    with tempfile.TemporaryDirectory(prefix="bench-idle-") as folder:
        command = [sys.executable, "-m", "desireline", "serve", "--data", folder, "--port", "0"]
        begin = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                found = ADDRESS.search(server.stdout.readline())
                assert found is not None
                _wait(f"{found[0]}/ready")
                ready = time.perf_counter() - begin
                time.sleep(QUIET_SECONDS)
                return {"ready_seconds": ready, "idle_bytes": _resident(server.pid)}
            finally:
                server.terminate()


def _wait(address: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.05)
    raise TimeoutError(address)


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) * 1024


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
