"""Segments: the large, settled part of the log, in immutable files listed by a catalogue."""
