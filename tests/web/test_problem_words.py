"""What the server refuses, the application says in every language: no error lacks its sentence.

`web/src/app/tests/words.test.ts` holds the languages to each other; this holds English to the
errors of the source: each has a sentence, and each that is raised fills the blanks of it.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from desireline.kit.problems import code_of

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/desireline"
WORDS = ROOT / "web/src/api/words/en.json"
ELSEWHERE = (
    *("cli/", "cluster/", "library/", "sim/", "worker/", "settings.py"),  # a command, or no web
    *("kit/claims.py", "kit/database.py", "kit/dumping.py", "kit/migrating.py"),
    *("kit/workspace/", "server/app.py", "server/listening.py"),  # the server does not start
    *("log/appending/", "log/backup/", "log/rejecting.py", "log/segments/book.py"),
    *("modules/duplicates/matching/", "modules/enrichment/sources/", "engine/inference/"),
)
"""Where errors are raised that nobody meets on a page."""
OF_NOBODY = {"unexpected_error"}
"""Sentences for what is no error of ours."""
UNTOLD = {"intent_missing", "tail_changed", "store_unknown", "page_template_unfit"}
"""Raised for whoever operates the server, and never an answer."""


@cache
def trees() -> dict[str, ast.Module]:
    files = SOURCE.rglob("*.py")
    return {str(f.relative_to(SOURCE)): ast.parse(f.read_text(encoding="utf-8")) for f in files}


@cache
def classes() -> list[tuple[str, set[str], str]]:
    """Each class of the source: its name, what it inherits from, its file."""
    return [
        (node.name, {base.id for base in node.bases if isinstance(base, ast.Name)}, file)
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]


@cache
def errors() -> dict[str, str]:
    """Each error that a page can meet, and its code."""
    kinds = {"DesirelineError"}
    while more := {name for name, bases, _ in classes() if bases & kinds} - kinds:
        kinds |= more
    met = {name for name, _, file in classes() if name in kinds and not file.startswith(ELSEWHERE)}
    return {name: code_of(type(name, (), {})) for name in met - {"DesirelineError"}}


@cache
def sentences() -> dict[str, set[str]]:
    """The blanks of each sentence, by code; `_many` at the end would be a form of the plural."""
    told = json.loads(WORDS.read_text(encoding="utf-8"))["problems"]
    return {
        re.sub("_much(_|$)", r"_many\1", key): set(re.findall(r"\{\{(\w+)\}\}", text))
        for key, text in told.items()
    }


def raised() -> Iterator[tuple[str, ast.Call, dict[str, ast.expr]]]:
    """Where an error is made: its code, the call, and the values that it tells."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                code = errors().get(node.func.id)
                if code:
                    yield code, node, {k.arg: k.value for k in node.keywords if k.arg}


def case_of(values: dict[str, ast.expr]) -> str:
    case = values.get("case")
    return f"_{case.value}" if isinstance(case, ast.Constant) else ""


def test_every_error_has_a_sentence_and_every_sentence_its_error() -> None:
    codes = set(errors().values()) - UNTOLD
    assert sorted(codes - set(sentences())) == [], "say it in web/src/api/words/{en,pl,ru,ro}.json"
    cases = {code + case_of(values) for code, _, values in raised()}
    formed = {key for key in sentences() if key.startswith("request_unfit_")}  # cases of pydantic
    assert sorted(set(sentences()) - codes - cases - formed - OF_NOBODY) == []
    assert sorted(cases - set(sentences()) - UNTOLD) == []


def test_whoever_raises_it_fills_its_blanks() -> None:
    wrong = [
        (code, ast.unparse(call.func), sorted(missing))
        for code, call, values in raised()
        if code != "request_unfit" and not (code == "body_too_large" and "status" in values)
        if (
            missing := sentences().get(code + case_of(values), set()) - {"detail", "at"} - {*values}
        )
    ]
    assert wrong == []
