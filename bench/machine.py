"""The machine on which a run took place, as far as it tells."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any


def describe() -> dict[str, Any]:
    """Processor, cores that this process may use, memory, system, Python."""
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "cores": cores(),
        "memory_bytes": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load_average() -> float:
    """Processes that ran or waited in the last minute; what others do disturbs the measurement."""
    return os.getloadavg()[0]


def _memory() -> int | None:
    told = _field("/proc/meminfo", "MemTotal")
    return None if told is None else int(told.split()[0]) * 1024


def _field(file: str, name: str) -> str | None:
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    found = [line.partition(":")[2].strip() for line in lines if line.startswith(name)]
    return found[0] if found else None
