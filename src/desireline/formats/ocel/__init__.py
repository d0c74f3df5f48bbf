"""OCEL 2.0, object-centric event logs: as JSON, XML and SQLite, read and written.

Source: A. Berti et al., "OCEL (Object-Centric Event Log) 2.0 Specification", 2023.
"""
