"""`analyse effect` asks what its options say, and answers in words and rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Desireline

ASKED = ("--entered", "product_viewed", "--metric", "product_added", "--within", "2d")
DEPLOYED = ("--deployed", "2025-07-01T08:00")


class TestEffect:
    def test_a_lot_by_hash(self, desireline: Desireline, shop_csv: Path) -> None:
        lot = ("--lot", "spring:0.5", "--format", "json")
        answer = desireline("analyse", "effect", shop_csv, *ASKED, *DEPLOYED, *lot)
        assert answer.code == 0, answer.err
        found = json.loads(answer.out)
        assert found["verdict"] in ("refused", "undecided")
        assert (found["design"], found["why"]) == ("randomised", "lot")
        assert found["reached"]["n_before"] == 0
        assert "A lot decided whom the change reaches" in answer.err

    def test_a_group_and_its_control(self, desireline: Desireline, shop_csv: Path) -> None:
        who = ("--group", "region=north", "--control", "region=south", "--less")
        answer = desireline(
            "analyse", "effect", shop_csv, *ASKED, *DEPLOYED, *who, "--format", "json"
        )
        assert answer.code == 0, answer.err
        found = json.loads(answer.out)
        assert found["good"] == "less"
        assert found["design"] == "difference_in_differences"
        assert found["compared"]["n_after"] > 0

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            (("--group", "north"), "names no group"),
            (("--lot", "spring:much"), "is no lot"),
            (("--deployed", "soon"), "is no moment"),
            (("--lot", "spring:1.5"), "has no control"),
        ],
    )
    def test_what_cannot_be_read_is_told(
        self, desireline: Desireline, shop_csv: Path, wrong: tuple[str, str], told: str
    ) -> None:
        answer = desireline("analyse", "effect", shop_csv, *ASKED, *DEPLOYED, *wrong)
        assert answer.code != 0
        assert told in answer.err
