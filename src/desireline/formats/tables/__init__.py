"""Any source of events as a table that DuckDB reads."""
