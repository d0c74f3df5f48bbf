"""Rooms, one for each part of the business. They meet by facades and by events in the log."""
