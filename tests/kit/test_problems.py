"""Problems: one shape for every error, and no internals in it."""

from __future__ import annotations

import json

import pytest

from desireline.engine.errors import DesirelineError
from desireline.kit.problems import code_of, problem


class MapVersionStale(DesirelineError):
    status = 409


class URLUnreadable(DesirelineError):
    pass


class TestProblem:
    def test_of_an_error_with_a_status(self) -> None:
        sentence = "Version 3 is not the newest, which is 5."
        error = MapVersionStale(sentence, hint="Load it anew.", newest=5)
        assert problem(error) == {
            "type": "/problems/map_version_stale",
            "title": "Map version stale",
            "status": 409,
            "detail": "Version 3 is not the newest, which is 5.",
            "hint": "Load it anew.",
            "code": "map_version_stale",
            "values": {"newest": 5},
        }

    def test_of_an_error_without_one(self) -> None:
        shown = problem(URLUnreadable("'x' is no URL."))
        assert (shown["status"], shown["code"], shown["hint"]) == (422, "url_unreadable", "")

    @pytest.mark.parametrize("error", [KeyError("s3cr3t"), MemoryError(), KeyboardInterrupt()])
    def test_of_what_nobody_meant(self, error: BaseException) -> None:
        shown = problem(error)
        assert (shown["status"], shown["code"]) == (500, "unexpected_error")
        assert "s3cr3t" not in json.dumps(shown)
        assert shown["hint"]


class TestCode:
    @pytest.mark.parametrize(
        ("name", "code"),
        [("FileMissing", "file_missing"), ("S3BucketGone", "s3_bucket_gone"), ("Gone", "gone")],
    )
    def test_is_the_name_in_small_letters(self, name: str, code: str) -> None:
        assert code_of(type(name, (DesirelineError,), {})) == code
