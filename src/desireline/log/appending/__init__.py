"""The way into the log: one committer, each id once, durable before it answers."""
