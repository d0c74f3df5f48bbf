"""The files of the log's segments: Parquet, through the one door to DuckDB."""

from desireline.formats.segment_files.blanking import Erasing, held, write_blanked
from desireline.formats.segment_files.files import (
    COLUMNS,
    SegmentFile,
    facts_of,
    segment_sql,
    segments_sql,
    sha256_of,
)
from desireline.formats.segment_files.merging import subject_ranges, write_merged
from desireline.formats.segment_files.reading import (
    ids_twice,
    read_first,
    read_numbers,
    read_span,
)
from desireline.formats.segment_files.writing import load_rows, write_segment

__all__ = [
    "COLUMNS",
    "Erasing",
    "SegmentFile",
    "facts_of",
    "held",
    "ids_twice",
    "load_rows",
    "read_first",
    "read_numbers",
    "read_span",
    "segment_sql",
    "segments_sql",
    "sha256_of",
    "subject_ranges",
    "write_blanked",
    "write_merged",
    "write_segment",
]
