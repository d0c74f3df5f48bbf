"""Where analyses run: over parts of the journeys, on threads here, on a cluster elsewhere."""
