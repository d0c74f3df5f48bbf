"""The door to numba: kept machine code is used again, and never after a kernel has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import desireline

COMMANDS = """
map log.csv --out out
analyse transitions log.csv
analyse variants log.csv
analyse funnel log.csv --step a --step b --step d
analyse funnel log.csv --step a --step d --every
analyse paths log.csv --anchor b
analyse touchpoints log.csv
analyse positions log.csv
simulate --persons 100 --out events.csv
"""
RUN_ALL = f"""
import sys
from numba.core import event
from desireline.cli.app import main

with event.install_recorder("numba:compile") as compiled:
    for command in {COMMANDS.strip().splitlines()}:
        sys.argv = ["desireline", *command.split()]
        try:
            main()
        except SystemExit as stopped:
            assert not stopped.code, command
print("compiled", len(compiled.buffer))
"""
CALLEE = """
from desireline.engine.kernels.compiled import kernel

@kernel
def answer():
    return 1
"""
CALLER = """
from desireline.engine.kernels.callee import answer
from desireline.engine.kernels.compiled import kernel

@kernel
def ask():
    return answer()
"""
ASK = """
from desireline.engine.kernels.caller import ask
print(ask(), len(ask.stats.cache_hits))
"""


def run(code: str, room: Path, **settings: str) -> str:
    """What a process of its own prints."""
    kept = ("PATH", "HOME", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=room,
        env={**{name: os.environ[name] for name in kept if name in os.environ}, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package with two kernels more, of which one calls the other."""
    package = tmp_path / "desireline"
    leave = shutil.ignore_patterns("__pycache__", "static")
    shutil.copytree(Path(desireline.__file__).parent, package, ignore=leave)
    (package / "engine/kernels/callee.py").write_text(CALLEE)
    (package / "engine/kernels/caller.py").write_text(CALLER)
    return tmp_path


class TestKeep:
    def test_later_runs_compile_nothing(self, tmp_path: Path) -> None:
        events = "".join(
            f"{case},{event},2024-01-0{1 + place} {case:02}:00\n"
            for case in range(1, 9)
            for place, event in enumerate("abcad" if case % 2 else "abd")
        )
        (tmp_path / "log.csv").write_text("case,event,time\n" + events)
        place = str(tmp_path / "kept")
        first = run(RUN_ALL, tmp_path, NUMBA_CACHE_DIR=place).splitlines()[-1]
        assert first.startswith("compiled ")
        assert first != "compiled 0"
        assert run(RUN_ALL, tmp_path, NUMBA_CACHE_DIR=place).splitlines()[-1] == "compiled 0"

    @pytest.mark.parametrize("place", ["told", "beside", "own"])
    def test_a_changed_callee_is_seen_in_its_caller(self, house: Path, place: str) -> None:
        settings = {"PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"}
        kernels = house / "desireline/engine/kernels"
        if place == "told":
            settings["NUMBA_CACHE_DIR"] = str(house / "kept")
        if place == "own":
            (kernels / "__pycache__").write_text("in the way of a folder")
            settings["XDG_CACHE_HOME"] = str(house / "kept")
        assert run(ASK, house, **settings) == "1 0\n"
        assert run(ASK, house, **settings) == "1 1\n"
        (kernels / "callee.py").write_text(CALLEE.replace("return 1", "return 2"))
        assert run(ASK, house, **settings) == "2 0\n"
        assert any(
            (kernels / "__pycache__" if place == "beside" else house / "kept").rglob("*.nbc")
        )

    def test_without_a_place_each_run_compiles(self, house: Path) -> None:
        nowhere = {
            "PYTHONPATH": str(house),
            "NUMBA_CACHE_DIR": "/dev/null/kept",
            "NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator",
        }
        assert run(ASK, house, **nowhere) == "1 0\n"
        assert run(ASK, house, **nowhere) == "1 0\n"

    def test_kernels_run_as_plain_python_too(self, house: Path) -> None:
        plain = (
            "from desireline.engine.kernels.caller import ask; print(ask(), hasattr(ask, 'stats'))"
        )
        settings = {"PYTHONPATH": str(house), "NUMBA_DISABLE_JIT": "1"}
        assert run(plain, house, **settings) == "1 False\n"
