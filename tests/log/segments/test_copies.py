"""Local copies of segments that are listed no more go, also where nobody erased."""

from __future__ import annotations

import os
from pathlib import Path

from desireline.log.segments.cache import Cache


def test_copies_of_others_go_when_nobody_reads_them(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1 << 20)
    for name in ("listed", "gone", "in_use"):
        made = cache.staging / name
        made.write_text(name)
        cache.keep(made, name)
    for name in ("listed", "gone"):
        os.utime(tmp_path / name, (0, 0))
    assert cache.keep_only({"listed"}) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in_use", "listed", "staging"]
