"""R-BAD: values that no honest sender writes, each with the reason for which its event fails."""

from __future__ import annotations

import json

from tests.log.factories import NOW

from desireline.kit.clock import SetClock
from desireline.log.decoding import Limits, decode
from desireline.log.drafting import Arrival, Draft
from desireline.log.rejecting import Reject

GOOD = b'{"type":"a","user_id":"1"}'
BAD: dict[str, tuple[str, bytes]] = {
    "bad UTF-8": ("text_not_utf8", b'"\xff"'),
    "overlong UTF-8": ("text_not_utf8", b'"\xc0\xaf"'),
    "UTF-8 cut short": ("text_not_utf8", b'"\xe2\x82"'),
    "surrogate in UTF-8": ("text_not_utf8", b'"\xed\xa0\x80"'),
    "high surrogate": ("surrogate_alone", rb'"\ud800"'),
    "low surrogate": ("surrogate_alone", rb'"\uDC00"'),
    "high surrogate before a letter": ("surrogate_alone", rb'"\ud800\u0041"'),
    "surrogate as a name": ("surrogate_alone", rb'{"\ud800":1}'),
    "NaN": ("number_not_finite", b"NaN"),
    "Infinity": ("number_not_finite", b"Infinity"),
    "-Infinity": ("number_not_finite", b"-Infinity"),
    "1e400": ("number_out_of_range", b"1e400"),
    "-1e400": ("number_out_of_range", b"-1e400"),
    "2^63": ("number_out_of_range", b"9223372036854775808"),
    "-2^63-1": ("number_out_of_range", b"-9223372036854775809"),
    "2^64": ("number_out_of_range", b"18446744073709551616"),
    "5000 digits": ("number_out_of_range", b"9" * 5000),
    "400 digits and a fraction": ("number_out_of_range", b"9" * 400 + b".5"),
    "NUL": ("nul_character", rb'"a\u0000b"'),
    "NUL as a name": ("nul_character", rb'{"\u0000":1}'),
    "NUL in a list": ("nul_character", rb'[["\u0000"]]'),
    "NUL itself": ("event_not_json", b'"\x00"'),
    "line break in text": ("event_not_json", b'"\n"'),
    "unknown escape": ("event_not_json", rb'"\x41"'),
    "65 levels": ("event_too_deep", b"[" * 63 + b"]" * 63),
    "10,000 levels": ("event_too_deep", b"[" * 10_000 + b"]" * 10_000),
    "10^5 levels": ("event_too_large", b"[" * 100_000 + b"]" * 100_000),
    "too large": ("event_too_large", b'"' + b"x" * 32_768 + b'"'),
    "10^5 names": ("event_too_large", json.dumps({f"k{n}": 1 for n in range(100_000)}).encode()),
    "a name twice": ("name_twice", b'{"a":1,"b":2,"a":3}'),
    "a name twice, deep inside": ("name_twice", b'{"x":[{"y":{"a":1,"a":1}}]}'),
    "a name twice, once in escapes": ("name_twice", rb'{"a":1,"\u0061":2}'),
    "a name twice, and a quote in escapes": ("name_twice", rb'{"a":1,"a":2,"b":"\u0022\u0022"}'),
    "a name twice, with a quote": ("name_twice", rb'{"\"":1,"\u0022":2}'),
    "the empty name twice": ("name_twice", b'{"":1,"" :2}'),
    "a comma too many": ("event_not_json", b"[1,]"),
    "single quotes": ("event_not_json", b"'a'"),
    "a leading zero": ("event_not_json", b"01"),
    "a plus": ("event_not_json", b"+1"),
    "a comment": ("event_not_json", b"1 // one"),
    "a word": ("event_not_json", b"undefined"),
}
"""Values of a property, each with the code of the reason."""


def decoded(data: bytes, **limits: int) -> list[Draft | Reject]:
    return decode(data, Arrival.by(SetClock(NOW)), Limits(**limits))


def with_property(value: bytes) -> bytes:
    return b'{"type":"a","user_id":"1","properties":{"p":' + value + b"}}"
