"""How much memory this process may still take before the machine, or its container, runs out."""

from __future__ import annotations

from pathlib import Path

MEMINFO = Path("/proc/meminfo")
CGROUP = Path("/sys/fs/cgroup")


def free_memory(meminfo: Path = MEMINFO, cgroup: Path = CGROUP) -> int | None:
    """Bytes, the least of what the system and the container leave; None where neither says it."""
    found = [n for n in (_of_system(meminfo), _of_container(cgroup)) if n is not None]
    return min(found, default=None)


def _of_system(meminfo: Path) -> int | None:
    try:
        lines = meminfo.read_text().splitlines()
    except OSError:
        return None
    told = [line.split() for line in lines if line.startswith("MemAvailable:")]
    return int(told[0][1]) * 1024 if told else None


def _of_container(cgroup: Path) -> int | None:
    try:
        most = (cgroup / "memory.max").read_text().strip()
        taken = int((cgroup / "memory.current").read_text())
    except (OSError, ValueError):
        return None
    return max(int(most) - taken, 0) if most.isdigit() else None
