"""The index: the log as journeys in memory, kept fresh; it holds nothing that the log does not."""
