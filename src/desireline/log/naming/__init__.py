"""Whose an event is: identifiers as senders write them, in one spelling, and by number."""
