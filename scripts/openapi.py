"""Writes docs/schemas/openapi.json, the form of every request and answer of the server.

`--check` only says whether it is as it should be.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from desireline.registry import MODULES
from desireline.server.app import make_app

FILE = Path(__file__).parent.parent / "docs" / "schemas" / "openapi.json"


def text() -> bytes:
    """The file as it should be."""
    form = make_app(MODULES).openapi()
    return msgspec.json.format(msgspec.json.encode(form), indent=2) + b"\n"


def main() -> None:
    """Writes or checks."""
    if "--check" not in sys.argv:
        FILE.write_bytes(text())
    elif not FILE.is_file() or FILE.read_bytes() != text():
        sys.exit(f"{FILE} is not what the routes say: python scripts/openapi.py writes it anew.")


if __name__ == "__main__":
    main()
