"""Merging segments: many that each hold every subject become few with subjects of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from desireline.engine.journeys import F64, I64
from desireline.formats.duck import Duck, text_sql
from desireline.formats.segment_files.files import SegmentFile, segments_sql
from desireline.formats.segment_files.writing import write_segment

LAST = 2**63 - 1


def subject_ranges(duck: Duck, paths: Sequence[Path], rows_a_file: int) -> list[tuple[int, int]]:
    """First and last subject of each file that a merge is to make, together all subjects.

    The footers tell first and last subject of each group of rows; in between the rows are taken
    to be spread evenly. The first range has the erased events, of subject 0.
    """
    listed = ", ".join(text_sql(str(path)) for path in paths)
    groups = duck.arrays(
        "SELECT stats_min::BIGINT AS first, stats_max::BIGINT + 1 AS past,"
        " row_group_num_rows AS rows"
        f" FROM parquet_metadata([{listed}]) WHERE path_in_schema = 'subject'"
    )
    first, past, rows = groups["first"], groups["past"], groups["rows"]
    files = max(1, round(rows.sum() / rows_a_file))
    subjects, rows_below = _spread(first, past, rows)
    shares = rows.sum() * np.arange(1, files) / files
    cuts = np.unique(np.interp(shares, rows_below, subjects).astype(np.int64))
    cuts = cuts[cuts > 0]
    return list(zip([0, *cuts.tolist()], [*(cuts - 1).tolist(), LAST], strict=True))


def _spread(first: I64, past: I64, rows: I64) -> tuple[I64, F64]:
    """Subjects where a group begins or ends, and how many rows stand below each."""
    density = rows / (past - first)
    edges = np.concatenate([first, past])
    change = np.concatenate([density, -density])
    order = np.argsort(edges)
    edges, slope = edges[order], np.cumsum(change[order])
    return edges, np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(edges))])


def write_merged(
    duck: Duck, files: Sequence[tuple[Path, int]], subjects: tuple[int, int], path: Path
) -> SegmentFile:
    """The finished file of what several files hold of a range of subjects, fsynced, at `path`.

    Each file comes with what is to be added to its places. Raises DuckFailed.
    """
    first, last = subjects
    source = f"{segments_sql(files)} WHERE subject BETWEEN {first} AND {last}"
    return write_segment(duck, source, path)
