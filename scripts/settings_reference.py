"""Writes docs/settings.md from the settings themselves; `--check` only compares."""

from __future__ import annotations

import sys
from dataclasses import MISSING
from pathlib import Path

from desireline.settings import LIMITS, SETTINGS, variable

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
TABLE = "| variable | what it says | takes | default |\n|---|---|---|---|\n"
HEAD = (
    "# Settings\n\n"
    "<!-- Written by scripts/settings_reference.py from src/desireline/settings.py. -->\n\n"
    "Desireline reads its settings from the environment. A variable that begins with"
    " `DESIRELINE_` and is no setting is an error, and so is an empty value. What is told on the"
    " command line goes first.\n\n"
    "A secret is also taken from a file: `DESIRELINE_TOKEN_FILE=/run/secrets/token` in place of"
    " `DESIRELINE_TOKEN`. Secrets are never logged.\n\n" + TABLE
)
LIMITS_HEAD = "\n## Limits\n\nWhat one sender may ask of the server.\n\n" + TABLE


def row(name: str) -> str:
    """The line of one setting."""
    about = SETTINGS[name].metadata
    default = SETTINGS[name].default
    shown = about["shown"] or (f"`{default}`" if default not in (MISSING, "", ()) else "none")
    also = " Secret." if about["secret"] else ""
    return f"| `{variable(name)}` | {about['says']}{also} | {about['what']} | {shown} |\n"


def page() -> str:
    """The whole page."""
    plain = "".join(row(name) for name in SETTINGS if name not in LIMITS)
    return HEAD + plain + LIMITS_HEAD + "".join(row(name) for name in sorted(LIMITS))


def main() -> int:
    """Writes the page; with --check, 1 where it differs from what the settings say."""
    if "--check" in sys.argv[1:]:
        current = PAGE.exists() and PAGE.read_text() == page()
        print("docs/settings.md is current." if current else "Run scripts/settings_reference.py.")
        return int(not current)
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
