"""Writes the table of docs/reliability.md: promises, tests, and what runs at length have found.

    make reliability                             # notes figures down in build/reliability.json
    .venv/bin/python scripts/reliability_table.py

A promise that no run at length was made of since keeps the figure that stands there. `--check`
looks at the form alone: each promise has its row, and each of its tests is there.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.promises import PROMISES, ROOT, Promise, read_found

PAGE = ROOT / "docs" / "reliability.md"
BEGIN = "<!-- Written by scripts/reliability_table.py from tests/promises.py and its runs. -->\n"
END = "<!-- End of what is written. -->\n"
HEAD = "| promise | what is done | asked | found | tests |\n|---|---|---|---|---|\n"
NOT_YET = "not run at length yet"


def table(found: dict[str, Any], old: dict[str, str]) -> str:
    """The table, with the figures of `found`, else the old ones."""
    lines = [_row(promise, _figure(promise, found, old)) for promise in PROMISES]
    return BEGIN + HEAD + "".join(lines) + END


def _row(promise: Promise, figure: str) -> str:
    files = ", ".join(f"`{file}`" for file in promise.files)
    cells = (promise.name, promise.done, promise.asked, figure, files)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def _figure(promise: Promise, found: dict[str, Any], old: dict[str, str]) -> str:
    if promise.name not in found:
        return old.get(promise.name, NOT_YET)
    kept = found[promise.name]
    ran = kept["passed"] + kept["failed"]
    said = [*kept["figures"], f"{kept['passed']} of {ran} tests passed" if ran else ""]
    said += [f"{kept['skipped']} skipped: {kept['reasons'][0]}"] if kept["skipped"] else []
    when = f"{kept['on']}, {kept['processors']} processors"
    return f"{'; '.join(text for text in said if text)} ({when})"


def figures_in(page: str) -> dict[str, str]:
    """By promise: the figure that stands in the page."""
    rows = [line.strip("| ").split(" | ") for line in _part(page)[1].splitlines()]
    return {row[0]: row[3] for row in rows if len(row) == 5}


def _part(page: str) -> tuple[str, str, str]:
    """What stands before, within and behind the marks."""
    before, mark, rest = page.partition(BEGIN)
    within, end, after = rest.partition(END)
    if not mark or not end:
        sys.exit(f"{PAGE} lacks the marks between which the table stands.")
    return before, within, after


def missing_tests() -> Iterator[str]:
    """Tests that a promise names and that are not there."""
    for test in (test for promise in PROMISES for test in promise.tests):
        file, *names = test.split("::")
        if not (ROOT / file).is_file():
            yield test
            continue
        body: Any = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
        for name in names:
            body = next((node.body for node in body if getattr(node, "name", "") == name), None)
            if body is None:
                yield test
                break


def main(words: list[str]) -> None:
    """Writes the page, or with --check says whether its form is right."""
    page = PAGE.read_text(encoding="utf-8")
    if gone := list(missing_tests()):
        sys.exit(f"tests/promises.py names tests that are not there: {', '.join(gone)}")
    before, _, after = _part(page)
    found = {} if "--check" in words else read_found()
    written = before + table(found, figures_in(page)) + after
    if "--check" in words:
        if written != page:
            sys.exit("Run scripts/reliability_table.py.")
        return
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
