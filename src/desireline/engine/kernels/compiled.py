"""The one door to numba: loops over arrays become machine code, kept from run to run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])

KERNELS = Path(__file__).parent
CONSTANTS = KERNELS.parent / "journeys.py"
"""Kernels freeze what they take from here, as they freeze each other."""

_njit: Any = numba.njit  # numba's types do not know all of its options
_settings: Any = numba.config


def kernel(loop: Loop) -> Loop:
    """The loop compiled for each set of array types at its first call, without the GIL.

    The machine code is kept where numba finds room, else made anew in each run. All kernels share
    one set of options: numba compiles its own parts once for each.
    """
    options = {"nogil": True, "no_cfunc_wrapper": True}
    try:
        made = _njit(**options, cache=True)(loop)
    except RuntimeError:  # nowhere to keep it
        return cast("Loop", _njit(**options)(loop))
    if not _settings.DISABLE_JIT:
        _stamp(made, Path(loop.__code__.co_filename).parent)
    return cast("Loop", made)


def part(loop: Loop) -> Loop:
    """A loop that only kernels of the same file call: without wrappers it compiles a third faster.

    It is not kept on its own but within the kernels that call it.
    """
    options = {"nogil": True, "no_cfunc_wrapper": True, "no_cpython_wrapper": True}
    return cast("Loop", _njit(**options)(loop))


def told_place() -> Path | None:
    """The folder that NUMBA_CACHE_DIR names for compiled kernels; None where it is not set."""
    return Path(_settings.CACHE_DIR) if _settings.CACHE_DIR else None


def _stamp(made: Any, room: Path) -> None:
    """Makes kept machine code valid only for the sources of all kernels as they are.

    Numba itself looks at the file of the kernel alone, and would go on using machine code into
    which an older version of another file was inlined. It has no public word for this.
    """
    made._cache._cache_file._source_stamp = source_stamp(room)  # noqa: SLF001


@cache
def source_stamp(room: Path) -> str:
    """A hash of the sources of all kernels and of the Python files in a folder (1 ms)."""
    hashed = sha256()
    for file in sorted({*KERNELS.glob("*.py"), *room.glob("*.py"), CONSTANTS}):
        content = file.read_bytes()
        hashed.update(f"{file.name} {len(content)} ".encode() + content)
    return hashed.hexdigest()
