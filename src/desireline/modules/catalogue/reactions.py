"""Follows the log, and counts in the catalogue what it sees."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from desireline.log.following import Batch, Reaction
from desireline.modules.catalogue.observing import Observer
from desireline.modules.catalogue.repository import add_observed

_observers: WeakKeyDictionary[Engine, Observer] = WeakKeyDictionary()
"""One for each database that this process follows: examples of one workspace stay in it."""


def observe(tx: Connection, batch: Batch) -> None:
    """Adds the batch to the catalogue, in the transaction in which the cursor moves."""
    observer = _observers.setdefault(tx.engine, Observer())
    add_observed(tx, observer.observe(batch.events))


CATALOGUING = Reaction("catalogue", observe)
