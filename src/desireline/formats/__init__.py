"""Files of events and maps, in and out; the one door to DuckDB."""
