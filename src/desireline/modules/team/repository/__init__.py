"""The team in the database: one file for each kind of row."""
