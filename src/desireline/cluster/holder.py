"""What runs in each actor: a shard of the log in memory, and looks at it for questions."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from threading import Lock
from typing import Any

import ray

from desireline.cluster.loading import Held, Loader
from desireline.engine.compute.threads import look, shards_of
from desireline.engine.errors import DesirelineError
from desireline.engine.joining import joined
from desireline.engine.journeys import Journeys

MOST_PINNED = 16
"""Questions that are open at once; an older one that comes back is asked again from the start."""


@dataclass(frozen=True)
class Refused:
    """What the loader or the analysis says it cannot do; sent as a value, not as a failure."""

    error: DesirelineError


@dataclass(frozen=True)
class Forgotten:
    """The question's earlier looks were at a state of the shard that is gone."""


@dataclass(frozen=True)
class State:
    """What an actor holds, and where it runs."""

    position: int
    events: int
    bytes: int
    node: str
    """The id of the node, as `ray list nodes` shows it."""
    pid: int


def refusable(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method, with a DesirelineError given back as Refused: Ray sends no error by its parts."""

    @wraps(method)
    def told(*arguments: Any) -> Any:
        try:
            return method(*arguments)
        except DesirelineError as error:
            return Refused(_sendable(error))

    return told


class Holder:
    """A shard of the log. All looks of one question see the same state of it.

    It loads its shard when it is first asked for its state, so that a loader that fails tells why.
    """

    def __init__(self, loader: Loader, shard: int, of: int, threads: int) -> None:
        self._load = partial(loader, shard, of)
        self._threads = threads
        self._loading = Lock()
        self._held: Held | None = None
        self._position = 0
        self._pinned: dict[str, Sequence[Journeys]] = {}

    @refusable
    def look(self, question: str, number: int, analysis: Any, query: Any) -> Any:
        """What the shard contributes to look number `number` (from 0) of a question.

        Forgotten where the shard, or what the earlier looks saw, is not here.
        """
        if number == 0 and self._held is not None:
            self._pin(question, self._held.parts())
        shards = self._pinned.get(question)
        if shards is None:
            return Forgotten()
        return look(analysis, shards, query, self._threads)

    def close(self, question: str) -> None:
        """Lets go of the state that a question looked at."""
        self._pinned.pop(question, None)

    @refusable
    def refresh(self) -> State:
        """Takes in what is new in the log; questions that are open see nothing of it."""
        self._position = self._loaded().refresh()
        return self._state()

    @refusable
    def state(self) -> State:
        """What is held now."""
        return self._state()

    def _state(self) -> State:
        parts = self._loaded().parts()
        events, held = sum(p.n_events for p in parts), sum(p.nbytes for p in parts)
        node = ray.get_runtime_context().get_node_id()
        return State(self._position, events, held, node, os.getpid())

    @refusable
    def whole(self) -> Journeys:
        """All that is held, to be sent elsewhere."""
        return joined([part.trimmed() for part in self._loaded().parts()])

    def _loaded(self) -> Held:
        with self._loading:
            if self._held is None:
                held = self._load()
                self._position = held.refresh()
                self._held = held
            return self._held

    def _pin(self, question: str, parts: Sequence[Journeys]) -> None:
        while len(self._pinned) >= MOST_PINNED:
            self._pinned.pop(next(iter(self._pinned)), None)
        self._pinned[question] = shards_of(parts or [joined(())], self._threads)


def _sendable(error: DesirelineError) -> DesirelineError:
    """The error, or one that says the same where its class cannot be made from a pickle."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own pickle of a moment ago
    except (TypeError, pickle.PicklingError, AttributeError):
        return DesirelineError(str(error), hint=error.hint)
    return error
