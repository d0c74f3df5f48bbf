"""Writes the part of docs/cli.md that the commands' own help gives; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from desireline.cli.app import cli

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
MARK = "<!-- From here on the page is written by scripts/cli_reference.py. -->\n"
WIDTH = 96


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, by full name."""
    yield name, command
    if isinstance(command, click.Group):
        for part in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), part)
            if found is not None:
                yield from commands(found, f"{name} {part}")


def reference() -> str:
    """The help of every command, as Markdown."""
    parts = []
    for name, command in commands(cli, "desireline"):
        context = click.Context(command, info_name=name, terminal_width=WIDTH)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def main() -> int:
    """Writes the page anew; with --check, 1 where it differs from what the commands say."""
    before = PAGE.read_text()
    page = before.split(MARK)[0] + MARK + "\n" + reference()
    if "--check" in sys.argv[1:]:
        print("docs/cli.md is current." if page == before else "Run scripts/cli_reference.py.")
        return int(page != before)
    PAGE.write_text(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
