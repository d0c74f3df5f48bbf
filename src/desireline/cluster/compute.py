"""Questions to a log that actors of a Ray cluster hold: the exact answer, or a clean error.

Every actor holds the persons of one shard. A question is sent to all of them, each answers with its
partial, and the partials are merged here. An actor that is lost comes back on another node, loads
its shard anew, and the whole question is asked again, since its looks must all see one state. An
answer is made only of the partials of all shards.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from typing import Any, TypeVar
from uuid import uuid4

import ray
from ray.exceptions import GetTimeoutError, RayError, RayTaskError

from desireline.cluster.address import ClusterAddress
from desireline.cluster.errors import ClusterUnavailable, QuestionTooLarge
from desireline.cluster.holder import Forgotten, Holder, Refused, State
from desireline.cluster.loading import Loader, Patience
from desireline.engine.analyses.analysis import Analysis
from desireline.engine.analyses.result import Result
from desireline.engine.compute.threads import run

Q = TypeVar("Q")
P = TypeVar("P")
R = TypeVar("R", bound=Result)
T = TypeVar("T")

TRIES = 3
"""How often a question is asked whose actors are lost meanwhile: the third loss is no accident."""
PAUSE_SECONDS = 0.2
CONCURRENT = 4
"""Calls that an actor works on at once, so that a refresh does not wait for questions."""
MOST_GATHERED_BYTES = 4 << 30
"""Bytes of journeys that a question about all persons at once may bring to this process."""


class _Lost(Exception):
    """An actor was lost, or lost what the question had looked at; it may be asked again."""


class RayCompute:
    """Answers over a log whose shards are held by actors; it is a `Compute`.

    Any thread may ask. `close` gives the actors back.
    """

    def __init__(
        self, address: ClusterAddress, loader: Loader, patience: Patience | None = None
    ) -> None:
        """Joins the cluster and has every actor load its shard.

        Raises ClusterUnavailable, and what the loader raises.
        """
        self.patience = patience or Patience()
        self._joined = _join(address)
        self.shards = address.shards or _nodes_with(address.threads)
        options = {
            "num_cpus": address.threads,
            "max_restarts": -1,
            "max_concurrency": CONCURRENT,
            "scheduling_strategy": "SPREAD",
        }
        self._holders: list[Any] = [
            ray.remote(Holder)
            .options(**options)
            .remote(loader, shard, self.shards, address.threads)
            for shard in range(self.shards)
        ]
        try:
            self.refresh()
        except BaseException:
            self.close()
            raise

    def ask(self, analysis: Analysis[Q, P, R], query: Q) -> R:
        """The result of `analysis` for `query` over all shards, to the last count.

        Raises what the analysis raises, ClusterUnavailable where a shard stays silent, and
        QuestionTooLarge.
        """
        together = getattr(analysis, "brings_together", None)
        if together is not None and together(query):
            return self._patiently(lambda: self._gathered(analysis, query))
        return self._patiently(lambda: self._asked(analysis, query))

    def refresh(self) -> int:
        """The position of the log up to which all shards reach, once they took in what is new.

        Raises ClusterUnavailable.
        """
        states: list[State] = self._patiently(lambda: self._all("refresh", (), self.patience.load))
        return min(state.position for state in states)

    def states(self) -> list[State]:
        """What each shard holds, and where. Raises ClusterUnavailable."""
        return self._patiently(lambda: self._all("state", (), self.patience.load))

    def close(self) -> None:
        """Gives the actors back, and leaves the cluster if it was joined here."""
        for holder in self._holders:
            ray.kill(holder)
        self._holders = []
        if self._joined:
            ray.shutdown()

    def _asked(self, analysis: Analysis[Q, P, R], query: Q) -> R:
        question, number = uuid4().hex, 0
        try:
            partial = self._look(question, number, analysis, query)
            again = getattr(analysis, "again", None)
            while again and (further := again(partial, query)) is not None:
                query, number = further, number + 1
                partial = analysis.merge(partial, self._look(question, number, analysis, query))
        finally:
            for holder in self._holders:
                holder.close.remote(question)
        return analysis.finish(partial, query)

    def _look(self, question: str, number: int, analysis: Analysis[Q, P, R], query: Q) -> P:
        arguments = (question, number, ray.put(analysis), ray.put(query))
        found = self._all("look", arguments, self.patience.answer)
        if any(isinstance(contributed, Forgotten) for contributed in found):
            raise _Lost("an actor was started anew between two looks")
        merged: P = reduce(analysis.merge, found)
        return merged

    def _gathered(self, analysis: Analysis[Q, P, R], query: Q) -> R:
        held = sum(state.bytes for state in self._all("state", (), self.patience.load))
        if held > MOST_GATHERED_BYTES:
            raise QuestionTooLarge(
                f"Journeys of several persons take the whole log on one machine: {held / 1e9:,.1f}"
                f" GB, and at most {MOST_GATHERED_BYTES / 1e9:,.1f} GB are brought here.",
                hint="Make journeys by person or by session, or ask about a part of the log.",
            )
        return run(analysis, self._all("whole", (), self.patience.answer), query)

    def _all(self, method: str, arguments: tuple[Any, ...], seconds: float) -> list[Any]:
        """What all holders answer to the same call; of all of them or not at all."""
        asked = [getattr(holder, method).remote(*arguments) for holder in self._holders]
        try:
            found = list(ray.get(asked, timeout=seconds))
        except RayTaskError as error:
            raise error.cause or error from error
        except GetTimeoutError as error:
            missing = set(asked) - set(ray.wait(asked, num_returns=len(asked), timeout=0)[0])
            late = [shard for shard, answer in enumerate(asked) if answer in missing]
            raise self._silent(late, f"within {seconds:,.0f} seconds") from error
        except RayError as error:
            raise _Lost(_first_line(error)) from error
        for answer in found:
            if isinstance(answer, Refused):
                raise answer.error
        return found

    def _patiently(self, ask: Callable[[], T]) -> T:
        """The answer; asked again, once all shards are back, where an actor is lost meanwhile."""
        for last in (False,) * (TRIES - 1) + (True,):
            try:
                return ask()
            except _Lost as lost:
                if last:
                    raise self._silent([], f"in {TRIES} tries: {lost}") from lost
            self._wait_for_all()
        raise AssertionError  # the last try returns or raises

    def _wait_for_all(self) -> None:
        """Until each shard is held again."""
        until = time.monotonic() + self.patience.load
        while time.monotonic() < until:
            with suppress(_Lost):
                self._all("state", (), max(until - time.monotonic(), 1.0))
                return
            time.sleep(PAUSE_SECONDS)

    def _silent(self, shards: list[int], how: str) -> ClusterUnavailable:
        named = ", ".join(str(shard + 1) for shard in shards)
        who = f"Shard {named} of {self.shards}" if shards else "The cluster"
        return ClusterUnavailable(
            f"{who} did not answer {how}.",
            hint="`ray status` shows the nodes that are alive and whether there is room on them "
            f"for {self.shards} actors. Nothing is lost: the log has all events.",
        )


def _join(address: ClusterAddress) -> bool:
    """Whether this process has joined the cluster now (and did not belong to it before)."""
    if ray.is_initialized():
        return False
    try:
        ray.init(address=address.host, log_to_driver=False, configure_logging=False)
    except (ConnectionError, RayError, RuntimeError, ValueError) as error:
        raise ClusterUnavailable(
            f"There is no Ray cluster at {address.host}: {_first_line(error)}",
            hint="Start one with `ray start --head`, join it with `ray start --address=HOST:PORT`"
            " on each machine, on this one too. The port is the head's, 6379 unless told; 10001 is"
            " that of Ray's client protocol, which is another one.",
        ) from error
    return True


def _nodes_with(processors: int) -> int:
    """How many nodes have so many processors to give; at least 1."""
    nodes: list[dict[str, Any]] = ray.nodes()  # type: ignore[no-untyped-call]
    alive = (node["Resources"] for node in nodes if node["Alive"])
    return max(1, sum(bool(has.get("CPU", 0) >= processors) for has in alive))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
