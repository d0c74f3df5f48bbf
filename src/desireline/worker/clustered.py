"""Answers of a Ray cluster, whose actors hold the log in their memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from desireline.cluster import LogLoader, connect
from desireline.engine.analyses.analysis import Analysis
from desireline.engine.analyses.result import Result
from desireline.engine.errors import DesirelineError
from desireline.engine.filters import microseconds_at
from desireline.engine.joining import joined
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map import LivingMap, question
from desireline.log.opening import CACHE, store_options
from desireline.modules.answering import ALL, Asked
from desireline.settings import Settings

if TYPE_CHECKING:
    from desireline.cluster.compute import RayCompute

Q = TypeVar("Q")
P = TypeVar("P")
R = TypeVar("R", bound=Result)


class PartUnanswered(DesirelineError):
    """A cluster answers about the whole log, and not yet about a part of it."""

    status = 501


class AnswersOfCluster:
    """Questions go to all actors; this process holds nothing of the log."""

    def __init__(self, settings: Settings, columns: Collection[str]) -> None:
        """Returns once every actor has its shard. Raises ClusterUnavailable, RayMissing."""
        self._address = settings.compute
        self._loader = LogLoader(
            settings.database_url,
            settings.segments_url,
            store_options(settings),
            tuple(sorted(columns)),
            str(settings.data_dir / CACHE),
        )
        self._asking = Lock()
        self._compute: RayCompute | None = None
        self.position = self.refresh()

    @property
    def nbytes(self) -> int:
        """Nothing of the log is in this process."""
        return 0

    @property
    def columns(self) -> frozenset[str]:
        """The properties of events that the actors hold."""
        return frozenset(self._loader.columns)

    def know(self, columns: Collection[str]) -> None:
        """Has the actors hold these properties as well."""
        with self._asking:
            self._need(columns)

    def refresh(self) -> int:
        """Takes in what is new; the position that answers know from now on."""
        with self._asking:
            self.position = self._joined().refresh()
            return self.position

    def living_map(self, journey_map: JourneyMap, asked: Asked = ALL) -> tuple[LivingMap, int]:
        """A map with its figures, and the position up to which they reach at least."""
        if replace(asked, at=None) != ALL:
            raise PartUnanswered(
                "The figures of a part of the log are not computed on a cluster yet.",
                hint="Leave start, stop, channel and bots out, or serve with --compute threads.",
            )
        with self._asking:
            self._need(journey_map.columns_needed())
            moment = None if asked.at is None else microseconds_at(asked.at)
            found = self._joined().ask(question, question.Query(journey_map, moment))
            return found, self.position

    def ask(
        self, analysis: Analysis[Q, P, R], query: Q, columns: Collection[str] = ()
    ) -> tuple[R, int]:
        """The answer of an analysis over all actors, and the position it reaches at least."""
        with self._asking:
            self._need(columns)
            return self._joined().ask(analysis, query), self.position

    def whole(self) -> Journeys:
        """All journeys in one piece, brought to this process. Raises QuestionTooLarge."""
        whole: Any = _Whole()
        with self._asking:
            parts: Sequence[Journeys] = self._joined().ask(whole, None)
        return joined(parts)

    def close(self) -> None:
        """Gives the actors back."""
        if self._compute is not None:
            self._compute.close()
            self._compute = None

    def _joined(self) -> RayCompute:
        """The actors; those that were given back, or could not be had before, are asked for."""
        if self._compute is None:
            self._compute = connect(self._address, self._loader)
        return self._compute

    def _need(self, columns: Collection[str]) -> None:
        """Has the log loaded anew, where a property is asked for that the actors have not.

        They are given back first: a cluster need not have room for both.
        """
        wanted = set(columns) | set(self._loader.columns)
        if wanted != set(self._loader.columns):
            self.close()
            self._loader = replace(self._loader, columns=tuple(sorted(wanted)))


class _Whole:
    """An analysis whose answer is the journeys themselves."""

    def brings_together(self, query: Any) -> bool:  # noqa: ARG002 - every query does
        return True

    def partial(self, journeys: Journeys, query: Any) -> list[Journeys]:  # noqa: ARG002
        return [journeys]

    def merge(self, a: list[Journeys], b: list[Journeys]) -> list[Journeys]:
        return a + b

    def finish(self, partial: list[Journeys], query: Any) -> list[Journeys]:  # noqa: ARG002
        return partial
