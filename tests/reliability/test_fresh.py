"""R-FRESH: an event that was sent is soon in the figures of a map, asked for or followed."""

from __future__ import annotations

from bench.log_fresh import measure
from tests.promises import Report

BAR_SECONDS = 2.0


class TestFresh:
    def test_r_fresh(self, report: Report, at_length: bool) -> None:
        found = measure(20_000, 3_000) if at_length else measure(500, 200)
        asked, followed = found["asked"], found["followed"]
        report(
            "R-FRESH",
            f"{found['events']:,} events at {found['sent_a_second']:.0f} a second into a log of"
            f" {found['events_before']:,}: {_told(asked)} where asked for, {_told(followed)} where"
            " followed",
        )
        assert asked["files"] > 1
        assert followed["files"] > 1
        if at_length:  # the quick form runs beside other tests
            assert asked["p95"] <= BAR_SECONDS


def _told(waits: dict[str, float]) -> str:
    return ", ".join(f"{name} {waits[name]:.2f} s" for name in ("p50", "p95", "p99"))
