"""The documents are run: commands print what stands there, Python blocks work, paths exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from desireline.cli.app import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
IDS = [str(p.relative_to(ROOT)) for p in PAGES]


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall(page.read_text()) if kind == language]


def commands(page: Path) -> Iterator[tuple[str, str]]:
    """Each `$ command` of the console blocks with the output below it."""
    for body in blocks(page, "console"):
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def run(command: str, cwd: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "COLUMNS": "100", "PATH": path}
    done = subprocess.run(
        command, check=False, shell=True, cwd=cwd, env=env, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def matches(printed: str, shown: str) -> bool:
    """Whether what was printed is what the page shows; `...` in the page stands for anything."""
    pattern = "*".join(re.sub(r"([\[?*])", r"[\1]", part) for part in shown.strip().split("..."))
    return fnmatchcase(" ".join(printed.split()), " ".join(pattern.split()))


class TestConsoleBlocks:
    @pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "console")], ids=str)
    def test_print_what_the_page_shows(self, page: Path, tmp_path: Path) -> None:
        for command, shown in commands(page):
            assert shlex.split(command)[0] in {"desireline", "cat", "head", "ls", "printf"}, command
            printed = run(command, tmp_path)
            if shown.strip():
                assert matches(printed, shown), f"$ {command}\nprinted:\n{printed}\nshown:\n{shown}"
            assert "Traceback" not in printed, printed


class TestPythonBlocks:
    @pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=str)
    def test_run(self, page: Path, tmp_path: Path) -> None:
        script = tmp_path / "page.py"
        script.write_text("\n".join(blocks(page, "python")))
        printed = run(f"{shlex.quote(sys.executable)} -W error page.py", tmp_path)
        assert "Traceback" not in printed, printed


class TestNames:
    @pytest.mark.parametrize("page", PAGES, ids=IDS)
    def test_linked_files_exist(self, page: Path) -> None:
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)", page.read_text())
        missing = [link for link in links if not (page.parent / link).exists()]
        assert not missing

    def test_readme_is_short(self) -> None:
        assert len((ROOT / "README.md").read_text().splitlines()) <= 80

    def test_every_command_is_documented(self) -> None:
        text = (ROOT / "docs" / "cli.md").read_text()
        assert not [name for name in COMMANDS if f"desireline {name}" not in text]
