"""How often Python looks for objects that hold each other and nobody else."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 50_000
"""New objects between two looks, instead of 700."""


def look_seldom() -> None:
    """To be called by a program when it begins.

    A thousand events on their way are some twenty thousand objects, none of them garbage: looking
    through them again and again took a fifth of the time of decoding, and looking through what
    modules are made of a sixth of the time of importing them.
    """
    gc.set_threshold(YOUNG, 10, 10)


@contextmanager
def all_to_stay() -> Iterator[None]:
    """What is made meanwhile stays as long as the program, so nobody looks through it, ever.

    For modules and what a server is furnished with: a tenth to a sixth of the time of a start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        atexit.register(gc.unfreeze)  # else nothing of it is let go of in order when it ends
