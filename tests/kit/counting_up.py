"""Counts up by twenty, from a process of its own: URL."""

from __future__ import annotations

import sys

from tests.kit.test_database import count_up

from desireline.kit.database import Database

if __name__ == "__main__":
    db = Database(sys.argv[1])
    count_up(db, 20)
    db.close()
