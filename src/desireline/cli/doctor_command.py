"""`desireline doctor`: checks what the program stands on, and the workspace, each with a hint."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from tempfile import gettempdir

import click

from desireline.cli.findings import Finding, tell_findings
from desireline.cli.workspace import names_workspace
from desireline.cli.workspace_findings import workspace_findings
from desireline.engine.compute.threads import processors as count
from desireline.engine.kernels.compiled import told_place
from desireline.formats.page import TEMPLATE
from desireline.settings import Settings

NEEDED_BYTES = 500_000_000


def python() -> Finding:
    """The version of Python."""
    return Finding(
        "Python", platform.python_version(), sys.version_info >= (3, 11), "Needs 3.11 or later."
    )


def packages() -> Finding:
    """The libraries that do the heavy work."""
    names = ("numpy", "numba", "duckdb", "msgspec")
    return Finding("Libraries", ", ".join(f"{n} {metadata.version(n)}" for n in names), well=True)


def page() -> Finding:
    """The built web page that `desireline map` fills."""
    there = TEMPLATE.is_file()
    size = f"{len(TEMPLATE.read_bytes()) / 1e6:.1f} MB" if there else "missing"
    return Finding("Map page", size, there, "Build it: make setup, or reinstall the package.")


def kernels() -> Finding:
    """Whether compiled kernels can be kept, so that only the first run compiles."""
    place = next((p for p in cache_places() if os.access(p, os.W_OK)), None)
    return Finding(
        "Kernel cache",
        "nowhere to keep it" if place is None else str(place),
        place is not None,
        "Each run compiles for some seconds. Set NUMBA_CACHE_DIR to a folder that can be written.",
    )


def cache_places() -> list[Path]:
    """Where numba keeps compiled kernels, in the order in which it tries."""
    told = told_place()
    beside = Path(__file__).parent.parent / "engine" / "kernels"
    own = Path.home() / ".cache"
    return [told] if told else [beside, own]


def processors() -> Finding:
    """How many processors analyses may use."""
    return Finding("Processors", str(count()), well=True)


def disk() -> Finding:
    """Room for temporary files."""
    free = shutil.disk_usage(gettempdir()).free
    return Finding(
        "Temporary disk",
        f"{free / 1e9:.1f} GB free in {gettempdir()}",
        free > NEEDED_BYTES,
        "Large files are unpacked there. Free some room, or set TMPDIR.",
    )


CHECKS: tuple[Callable[[], Finding], ...] = (python, packages, page, kernels, processors, disk)


@click.command(help="Check this installation and the workspace, and say what is wrong.")
@names_workspace
def command(settings: Settings) -> None:
    """Prints each finding; exit code 1 if one is not well."""
    if not tell_findings([*(check() for check in CHECKS), *workspace_findings(settings)]):
        sys.exit(1)
