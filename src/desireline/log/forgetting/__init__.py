"""Persons who go: what is left of their events, and what may not come back."""
