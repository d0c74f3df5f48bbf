"""Fails if the lock holds a package that must never come in, or names a registry host."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FORBIDDEN = re.compile(
    r"^(torch|torchvision|triton|nvidia-[\w-]+|pm4py|channelattribution|chdb|retentioneering)\b",
    re.MULTILINE | re.IGNORECASE,
)
LOCKS = ("requirements.lock", "uv.requirements.lock", "web/package-lock.json")


def complaints(name: str, text: str) -> list[str]:
    """What is wrong with a lock file, a sentence each."""
    found = [f"{name} holds {m[1]}, which must not come in." for m in FORBIDDEN.finditer(text)]
    if name.endswith(".json"):
        hosts = re.findall(r'"resolved": .*', text)
        found += [f"{name} names a registry host: `{host}`." for host in hosts]
    if name.endswith(".lock"):
        found += [f"{name} names a host: {m}." for m in re.findall(r"https?://\S+", text)]
        found += [
            f"{name} pins {line.split()[0]} without a hash."
            for line in re.findall(r"^[\w.-]+==\S+$", text, re.MULTILINE)
        ]
    return found


def main() -> int:
    """Reads the locks of the project; 1 and a list of sentences if one is wrong."""
    wrong = [c for name in LOCKS for c in complaints(name, (ROOT / name).read_text())]
    print("\n".join(wrong) or "The locks are clean.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
