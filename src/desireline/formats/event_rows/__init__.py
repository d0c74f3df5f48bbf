"""Events on their way from a file into the log: every column kept, nothing narrowed."""
