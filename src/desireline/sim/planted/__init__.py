"""Worlds with one planted truth each, to hold what an analysis finds against."""
