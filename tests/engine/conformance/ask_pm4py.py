"""Asked by `test_alignment_pm4py`, in an environment that has pm4py; reads and writes JSON.

In: [{"tree": ..., "ways": [[...], ...], "runs": [[...], ...]}]. Out, one for each: the costs of
optimal alignments of the ways and the seconds they took, and the precision over the runs.
"""

from __future__ import annotations

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")
import pandas as pd  # noqa: E402
import pm4py  # noqa: E402
from pm4py.objects.process_tree.utils.generic import parse  # noqa: E402

STANDARD = 10_000
"""What pm4py counts for a move that is no fit; a silent step counts 1."""


def frame(ways: list[list[str]]) -> pd.DataFrame:
    """A log of these ways."""
    rows = [
        (f"{case:06}", name, pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(minutes=i))
        for case, way in enumerate(ways)
        for i, name in enumerate(way)
    ]
    return pd.DataFrame(rows, columns=["case:concept:name", "concept:name", "time:timestamp"])


def main() -> None:
    """Answers."""
    answers: list[dict[str, object]] = []
    for asked in json.load(sys.stdin):
        net = pm4py.convert_to_petri_net(parse(asked["tree"]))
        ways, begin = frame(asked["ways"]), time.perf_counter()
        found = pm4py.conformance_diagnostics_alignments(ways, *net)
        took = time.perf_counter() - begin
        answers.append({"costs": [one["cost"] // STANDARD for one in found], "seconds": took})
        if asked["runs"]:
            precision = pm4py.precision_alignments(frame(asked["runs"]), *net)
            answers[-1]["precision"] = precision
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
