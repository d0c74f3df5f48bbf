"""What follows from what is known of a person: from open data, offline, each fact with its source."""

from __future__ import annotations
