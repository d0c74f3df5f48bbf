"""Columns of a table as arrays: text as codes, times as microseconds, numbers."""
