"""What the server says, the application says in every language: the same keys and blanks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from desireline.engine.living_map.words import PEOPLE, TEMPLATES
from desireline.engine.saying.message import SENTENCES

FEATURES = Path(__file__).resolve().parents[2] / "web/src/features"
BLANK = re.compile(r"\{(\w+)(?::\w+)?\}")


def _key(key: str) -> str:
    """As the application calls it: `_few` and `_one` at the end are forms of the plural to it."""
    return re.sub("_one$", "_alone", re.sub("few$", "little", key.replace(".", "_")))


def _said(feature: str, language: str, room: str) -> dict[str, set[str]]:
    """The blanks of each sentence of a room of words."""
    file = FEATURES / feature / "words" / f"{language}.json"
    words = json.loads(file.read_text(encoding="utf-8"))[room]
    return {key: set(re.findall(r"\{\{(\w+)\}\}", text)) for key, text in words.items()}


@pytest.mark.parametrize("language", ["en", "pl", "ru", "ro"])
def test_every_sentence_is_there_with_its_blanks(language: str) -> None:
    wanted = {_key(key): set(BLANK.findall(text)) for key, text in SENTENCES.items()}
    assert _said("explore", language, "answers") == wanted


@pytest.mark.parametrize("language", ["en", "pl", "ru", "ro"])
def test_every_sentence_of_a_map_is_there_with_its_blanks(language: str) -> None:
    said = _said("maps", language, "said")
    for key, text in TEMPLATES.items():
        # How many people is one blank, because it bends the word for them.
        counted = text.replace("{n:count} {people:people}", "{people}")
        few = counted.replace("{people:people}", "{few_people}")
        assert said.pop(_key(key)) == set(BLANK.findall(few)), key
    rest = {re.sub("_(one|few|many|other)$", "", key) for key in said}
    words = {f"people_{kind}" for kind in PEOPLE} | {f"few_{kind}" for kind in PEOPLE}
    assert rest == words | {"more_places"}
