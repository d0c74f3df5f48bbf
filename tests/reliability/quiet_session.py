"""A session's work with a watcher of the network: `python quiet_session.py FOLDER [PLANT]`.

Imports a file, serves, takes events in, discovers a map, draws it, seals, verifies, backs up. Every
Python process of it writes down to whom it wants to connect, or whose name it looks up. Run in a
network namespace of its own, the kernel counts besides what C code sends where no way leads.

With PLANT it also does what it must not, so that the test can see that it would be found.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

import httpx
from tests.reliability.service import Service

WATCHER = """
import ctypes, os, socket, sys, threading
from ipaddress import ip_address

SEEN = {seen!r}
HERE = ("", "localhost", "0.0.0.0", "::")
PLANT = os.environ.get("QUIET_PLANT", "")


def note(what, host):
    host = host.decode() if isinstance(host, bytes) else host
    if host is None or host in HERE:
        return
    try:
        if ip_address(host).is_loopback:
            return
    except ValueError:
        pass
    with open(SEEN, "a") as file:
        file.write(what + " " + str(host) + "\\n")


def watch(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        if isinstance(args[1], tuple):  # else a Unix socket, or one that is connected
            note(event, args[1][0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        note(event, args[0])


sys.addaudithook(watch)


def break_the_word():
    if PLANT == "python":
        with socket.socket() as line:
            line.settimeout(0.2)
            line.connect_ex(("192.0.2.1", 9))
    elif PLANT == "name":
        try:
            socket.getaddrinfo("telemetry.invalid", 443)
        except OSError:
            pass
    elif PLANT == "c":
        libc = ctypes.CDLL(None)
        line = libc.socket(2, 2 | 0o4000, 0)
        place = b"\\x02\\x00\\x00\\x09\\xc0\\x00\\x02\\x01" + bytes(8)
        libc.connect(line, place, len(place))


if "serve" in sys.argv or "serve" in getattr(sys, "orig_argv", ()):
    threading.Timer(0.5, break_the_word).start()
"""
UP = 0x1 | 0x40
SIOCSIFFLAGS = 0x8914
FOREIGN = re.compile(r"""(?:src|href|action)=["']?(?:https?:)?//[^"' >]+""")


def main(folder: Path, plant: str) -> None:
    """Prints what was seen, as JSON."""
    alone = _alone()
    seen = folder / "seen"
    seen.touch()
    watcher = folder / "watcher"
    watcher.mkdir()
    (watcher / "sitecustomize.py").write_text(WATCHER.format(seen=str(seen)))
    env = {
        "PYTHONPATH": os.pathsep.join([str(watcher), os.environ.get("PYTHONPATH", "")]),
        "QUIET_PLANT": plant,
        "DESIRELINE_SEAL_SECONDS": "1",
    }
    before = _no_ways()
    worked = _serve_only(folder, env) if plant else _work(folder, env)
    said = {
        "seen": seen.read_text().split("\n")[:-1],
        "no_ways": _no_ways() - before if alone else None,
    }
    sys.stdout.write(json.dumps(said | worked) + "\n")


def _alone() -> bool:
    """Whether there is no way out of here; then loopback has to be switched on."""
    if len(Path("/proc/net/dev").read_text().splitlines()) > 3:
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        fcntl.ioctl(line, SIOCSIFFLAGS, struct.pack("16sh", b"lo", UP))
    return True


def _no_ways() -> int:
    """How often the kernel was asked to send where no way leads."""
    names, values = [
        line.split() for line in Path("/proc/net/snmp").read_text().splitlines() if "Ip:" in line
    ][:2]
    six = Path("/proc/net/snmp6").read_text() if Path("/proc/net/snmp6").exists() else ""
    found = re.search(r"Ip6OutNoRoutes\s+(\d+)", six)
    return int(values[names.index("OutNoRoutes")]) + int(found[1] if found else 0)


def _work(folder: Path, env: dict[str, str]) -> dict[str, object]:
    file, data = folder / "events.csv", folder / "data"
    rows = [
        f"u{n},{kind},2026-03-01T1{step}:00:00Z\n"
        for n in range(40)
        for step, kind in enumerate(["page_viewed", "cart_filled", "order_completed"])
    ]
    file.write_text("user_id,type,at\n" + "".join(rows))
    _run(env, "import", str(file), "--data", str(data))
    service = Service(data, env=env)
    try:
        service.start()
        with httpx.Client(base_url=service.address, timeout=60, trust_env=False) as client:
            worked = _serve(client)
        service.stop()
    finally:
        service.end()
    _run(env, "verify", "--data", str(data))
    _run(env, "backup", str(folder / "copy"), "--data", str(data))
    return worked


def _serve_only(folder: Path, env: dict[str, str]) -> dict[str, object]:
    """Long enough for what was planted."""
    service = Service(folder / "data", env=env)
    try:
        service.start()
        time.sleep(1)
        service.stop()
    finally:
        service.end()
    return {}


def _serve(client: httpx.Client) -> dict[str, object]:
    key = client.post("/v1/sources", json={"name": "shop"}).json()["write_key"]
    event = {"type": "page_viewed", "user_id": "u1", "context": {"ip": "203.0.113.7"}}
    told = client.post("/v1/events", json=[event] * 50, headers={"x-write-key": key}).json()
    segment = {"batch": [{"type": "track", "event": "Seen", "userId": "u2"}], "sentAt": None}
    client.post("/v1/b", json=segment, auth=(key, "")).raise_for_status()
    asked = {"purpose": "mailing", "channel": "email"}
    person = "/v1/persons/email:ann@example.com/consents"
    client.post(f"{person}/ask", json=asked).raise_for_status()
    made = client.post("/v1/maps/discover", json={"name": "Shop", "publish": True})
    made.raise_for_status()
    page = client.get(f"/maps/{made.json()['key']}").raise_for_status()
    script = client.get("/t.js").raise_for_status()
    client.get(f"/v1/maps/{made.json()['key']}/figures").raise_for_status()
    client.get("/metrics")
    _until_sealed(client)
    policy = page.headers["content-security-policy"]
    return {
        "stored": told["stored"],
        "foreign": FOREIGN.findall(page.text),
        "policy": policy,
        "script": len(script.content),
    }


def _until_sealed(client: httpx.Client) -> None:
    """So that the worker has worked, too."""
    end = time.monotonic() + 60
    while client.get("/ready").json().get("tail", 0) and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(1.5)


def _run(env: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "desireline", *words]
    done = subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
