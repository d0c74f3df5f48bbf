"""What is made to stay is never looked through, and everything else is again afterwards."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from desireline.kit.garbage import all_to_stay


@pytest.fixture(autouse=True)
def thawed() -> object:
    yield
    gc.unfreeze()


def test_what_is_made_meanwhile_is_out_of_the_way() -> None:
    with all_to_stay():
        made = [[]]
        assert not gc.isenabled()
    later = [[]]
    seen = {id(one) for one in gc.get_objects()}
    assert gc.isenabled()
    assert id(made) not in seen
    assert id(later) in seen


def test_an_error_does_not_leave_it_off() -> None:
    with pytest.raises(KeyError), all_to_stay():
        raise KeyError
    assert gc.isenabled()


def test_it_is_let_go_of_at_the_end() -> None:
    """Objects that hold each other, too; libraries in C complain about what they find left."""
    program = """
from desireline.kit.garbage import all_to_stay

class Room:
    def __del__(self, say=print):
        say("gone")

with all_to_stay():
    room = Room()
    room.itself = room
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout == b"gone\n"
