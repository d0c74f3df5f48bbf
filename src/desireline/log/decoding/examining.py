"""What is wrong with the JSON of one event, found with care and without haste."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from desireline.log.rejecting import Unfit, brief

MOST_DEPTH = 64
INT64 = 2**63

_BRACKETS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)
_LONGEST = 20
"""Characters of the longest integers of 64 bits."""


def examine(data: bytes) -> object:
    """The value of strict JSON within the limits of the log. Raises Unfit otherwise.

    Strict: no NaN, no name twice in an object, no number beyond its type, no half of a surrogate
    pair, no NUL in text. The fast decoder lets some of these pass.
    """
    _check_depth(data)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unfit(
            "text_not_utf8",
            f"The text at byte {error.start} is not UTF-8: {brief(data[error.start : error.end])}.",
            hint="Send JSON in UTF-8.",
        ) from None
    try:
        value: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Unfit(
            "event_not_json",
            f"The event is not JSON: {error.msg[0].lower()}{error.msg[1:]} (character"
            f" {error.pos + 1}).",
            hint="Send JSON in UTF-8.",
        ) from None
    _check_texts(value)
    return value


def _check_depth(data: bytes) -> None:
    depth = 0
    for token in _BRACKETS.finditer(data):
        if token[0] in (b"{", b"["):
            depth += 1
            if depth > MOST_DEPTH:
                raise Unfit(
                    "event_too_deep",
                    f"The event is nested deeper than {MOST_DEPTH} levels, at byte"
                    f" {token.start()}.",
                    hint="Send flatter properties.",
                )
        elif token[0] in (b"}", b"]"):
            depth -= 1


def _check_texts(value: object) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check_text(name)
            _check_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_texts(inner)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise Unfit(
            "nul_character",
            f"The text {brief(text)} holds the character NUL (\\u0000).",
            hint="Databases cannot keep it in text: leave it out.",
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unfit(
            "surrogate_alone",
            f"The text {brief(text)} holds one half of a surrogate pair.",
            hint="Do not cut text in the middle of a character.",
        ) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unfit(
            "name_twice",
            f"An object of the event has the name {brief(twice)} twice.",
            hint="Say each thing once: nobody can tell which of the two you mean.",
        )
    return found


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST or not -INT64 <= int(digits) < INT64:
        raise Unfit(
            "number_out_of_range",
            f"The integer {brief(digits)} is beyond 64 bits.",
            hint='Send it as text: "18446744073709551616".',
        )
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise Unfit(
            "number_out_of_range",
            f"The number {brief(digits)} is larger than any that a computer keeps (1.8e308).",
            hint="Send it as text.",
        )
    return number


def _constant(word: str) -> NoReturn:
    raise Unfit(
        "number_not_finite",
        f"{word} is not JSON.",
        hint="Where there is no number, send null or leave the field out.",
    )


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant
)
