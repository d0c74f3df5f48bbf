"""Where analyses run: over shards, on threads."""
