"""What Prometheus reads: requests, events by verdict, the lag of each stage, sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from desireline.kit.durations import Durations
from desireline.server.condition import Condition
from desireline.server.gate import Gate

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one server."""

    def __init__(self, gate: Gate, condition: Callable[[], Condition]) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "desireline_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Durations(
            "desireline_request_seconds",
            "Time from a request's head to the end of its answer.",
            SECONDS,
            "route",
        )
        self.registry.register(self._seconds)
        self._known: dict[tuple[str, str, int], Counter] = {}
        """What to count by kind of request: to ask for labels takes longer than to count."""
        ProcessCollector(registry=self.registry)
        self.registry.register(_Looked(gate, condition))

    def add(self, collectors: Iterable[Collector]) -> None:
        """Shows what a module counts by itself as well."""
        for one in collectors:
            self.registry.register(one)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one request."""
        kind = (method, route, status)
        if (counted := self._known.get(kind)) is None:
            counted = self._known[kind] = self._requests.labels(method, route, str(status))
        counted.inc()
        self._seconds.observe(seconds, route)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)


class _Looked:
    """Figures that are looked up when somebody asks."""

    def __init__(self, gate: Gate, condition: Callable[[], Condition]) -> None:
        self._gate = gate
        self._condition = condition

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment."""
        yield _gauge("connections", "Open connections.", len(self._gate.open))
        yield _gauge("body_bytes", "Bytes of unanswered bodies.", self._gate.body_bytes)
        refused = CounterMetricFamily(
            "desireline_refused", "Connections that the door ended, by reason.", labels=("reason",)
        )
        for reason, n in sorted(self._gate.refused.items()):
            refused.add_metric((reason,), n)
        yield refused
        found = self._condition()
        events = CounterMetricFamily(
            "desireline_events", "Events by what became of them.", labels=("verdict",)
        )
        for verdict, n in sorted(found.counts.items()):
            events.add_metric((verdict,), n)
        yield events
        yield from _lags(found)
        for name, says, value in found.sizes():
            yield _gauge(name, says, value)


def _lags(found: Condition) -> Iterator[Metric]:
    behind = GaugeMetricFamily(
        "desireline_lag_events", "Events that a stage has not taken in.", labels=("stage",)
    )
    late = GaugeMetricFamily(
        "desireline_lag_seconds", "Age of the oldest of them.", labels=("stage",)
    )
    for lag in found.lags:
        behind.add_metric((lag.stage,), lag.events)
        late.add_metric((lag.stage,), lag.seconds)
    yield behind
    yield late


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"desireline_{name}", says, value=value)
