"""The page about events names every field and every reason, and its examples are events."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.log.factories import drafts

from desireline.log.drafting import Draft
from desireline.log.wire import FIELDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "events.md").read_text()
LOG = ROOT / "src" / "desireline" / "log"
CODE = re.compile(r'(?:Unfit|Reject)\(\s*"([a-z0-9_]+)"')


def test_names_every_field() -> None:
    assert not [name for name in FIELDS if f"`{name}`" not in PAGE]


def test_names_every_reason_and_no_other() -> None:
    codes = {code for file in LOG.rglob("*.py") for code in CODE.findall(file.read_text())}
    table = PAGE.partition("| code |")[2].partition("\n\n")[0]
    named = set(
        re.findall(r"`([a-z0-9_]+)`", "".join(re.findall(r"^\|([^|]*)\|", table, re.MULTILINE)))
    )
    assert named == codes
    assert len(codes) > 20


def test_shows_events_that_are_taken() -> None:
    block = re.search(r"```json\n(\{.*?\})\n```", PAGE, re.DOTALL)
    assert block is not None
    (draft,) = drafts(json.loads(block[1]))
    assert isinstance(draft, Draft)
