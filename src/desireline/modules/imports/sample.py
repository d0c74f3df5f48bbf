"""The sample shop as a file: a simulated year that ended just now."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

from desireline.formats.writing import write_events
from desireline.modules.imports.uploading import Upload
from desireline.sim import recent_shop

PERSONS = 5_000
SEED = 7
NAME = "sample-shop.parquet"


def write_sample(path: Path, now: int) -> Upload:
    """The visitors of the simulated shop, written to `path`, which ends in .parquet."""
    write_events([recent_shop(PERSONS, SEED, now)], path)
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Upload(path, NAME, path.stat().st_size, digest)
