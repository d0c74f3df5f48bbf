"""The log: the only place where events are kept. Appended to, never changed."""
