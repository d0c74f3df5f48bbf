"""Public logs: the command line's answers equal the published ones, count for count."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.cli.shared_data import READ_WITH, events_of, reference

from desireline.cli.app import cli

pytestmark = pytest.mark.data


def analyse(kind: str, path: Path, *options: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["analyse", kind, str(path), *options, "--format", "json"])
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("name", READ_WITH)
class TestReference:
    def test_transitions_starts_and_ends(self, name: str) -> None:
        right = reference(name)
        answer = analyse("transitions", events_of(name), *READ_WITH[name])
        assert answer["cases"] == right["cases"]
        assert answer["events"] == right["events"]
        counted = {(t["from"], t["to"]): t["count"] for t in answer["transitions"]}
        assert counted == {(a, b): n for a, b, n in right["dfg"]}
        assert answer["starts"] == right["start_activities"]
        assert answer["ends"] == right["end_activities"]

    def test_shares_sum_to_one(self, name: str) -> None:
        answer = analyse("transitions", events_of(name), *READ_WITH[name])
        total: Counter[str] = Counter()
        for t in answer["transitions"]:
            total[t["from"]] += t["share"]
        assert all(share == pytest.approx(1) for share in total.values())

    def test_variants(self, name: str) -> None:
        right = reference(name)
        answer = analyse("variants", events_of(name), *READ_WITH[name])
        assert answer["cases"] == right["cases"]
        assert len(answer["variants"]) == right["variants"]
        assert sum(v["count"] for v in answer["variants"]) == right["cases"]
        counts = {tuple(v["events"]): v["count"] for v in answer["variants"]}
        for top in right["top10_variants"]:
            assert counts[tuple(top["activities"])] == top["count"]
        found = [v["count"] for v in answer["variants"]]
        assert found == sorted(found, reverse=True)
