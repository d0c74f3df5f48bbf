"""Writes docs/clients.md: `python -m tests.clients`, at the root of the project."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.clients.environments import HERE, prepare
from tests.clients.trial import COUNT, Outcome, try_all

PAGE = HERE.parents[1] / "docs" / "clients.md"
TEXT = (
    "# Clients that were tried\n\n"
    "Each of these clients, unmodified and set up as [collecting.md](collecting.md) says, sent"
    " {count} events to a running `desireline serve` over HTTP; those in browsers from a page of"
    " another origin, in Debian's chromium. Then the log was exported and counted."
    " `python -m tests.clients` does it again and writes this page; `tests/clients` holds it in"
    " the tests.\n\n"
    "| client | version | where | protocol | sent | stored | failed | lost | duplicated |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
    "{rows}\n\n"
    "Lost: neither in the log nor among what failed.\n"
)


def row(outcome: Outcome) -> str:
    """One line of the table."""
    client = outcome.client
    cells = (
        f"`{client.name}`",
        outcome.version,
        client.place,
        client.protocol,
        outcome.sent,
        len(outcome.events),
        outcome.failed,
        outcome.lost,
        outcome.duplicated,
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    """Tries them all, and writes the page."""
    prepare()
    with tempfile.TemporaryDirectory() as folder:
        rows = "\n".join(row(outcome) for outcome in try_all(Path(folder) / "w"))
    PAGE.write_text(TEXT.format(count=COUNT, rows=rows))


if __name__ == "__main__":
    main()
