"""Disks to break: a small one that fills up, and one whose power is cut. Needs root and mount."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MEGABYTE = 1_000_000

needs_root = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("mount") is None,
    reason="mounting a disk needs root and the program mount",
)


@contextmanager
def small_disk(at: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A disk in memory of this size, mounted at a new folder."""
    at.mkdir(parents=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(at))
    try:
        yield SmallDisk(at)
    finally:
        _run("umount", "-l", str(at))


class SmallDisk:
    """A disk that can be enlarged while it is in use."""

    def __init__(self, at: Path) -> None:
        self.at = at

    def enlarge(self, megabytes: int) -> None:
        """Gives it this size in all."""
        _run("mount", "-o", f"remount,size={megabytes}m", str(self.at))


class Disk:
    """An ext4 in a file: what has not been flushed to it is lost when the file is copied."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        self.image = folder / "disk.img"
        self.at = folder / "disk"
        folder.mkdir(parents=True)
        with self.image.open("wb") as file:
            file.truncate(megabytes * MEGABYTE)
        _run("mkfs.ext4", "-q", "-F", str(self.image))
        self.at.mkdir()

    @contextmanager
    def mounted(self) -> Iterator[Path]:
        """The folder while the power is on."""
        _run("mount", "-o", "loop", str(self.image), str(self.at))
        try:
            yield self.at
        finally:
            _run("umount", "-l", str(self.at))

    @contextmanager
    def after_power_cut(self, number: int) -> Iterator[Path]:
        """The folder as another machine finds it when the power goes now, mounted and recovered.

        Whoever writes must be stopped. What lies in the memory of the file system, and has not
        been flushed, is not in the image, and so not in the copy.
        """
        copy, at = self.folder / f"cut{number}.img", self.folder / f"cut{number}"
        _run("cp", "--sparse=always", str(self.image), str(copy))
        at.mkdir()
        _run("mount", "-o", "loop", str(copy), str(at))
        try:
            yield at
        finally:
            _run("umount", "-l", str(at))
            copy.unlink()


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
