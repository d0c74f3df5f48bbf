"""The public files of duplicates, which lie beside the project; tests skip where they do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.cli.shared_data import DATA

from desireline.modules.duplicates.matching.fields import fields_of
from desireline.modules.duplicates.matching.records import Records

Texts = list[str | None]
FILES = {
    1: ("dataset1",),
    2: ("dataset2",),
    3: ("dataset3",),
    4: ("dataset4a", "dataset4b"),
}


def febrl(
    number: int, without: tuple[str, ...], spoil: Callable[[Texts], Texts] | None = None
) -> tuple[Records, list[str]]:
    """The records of a FEBRL file and whose each is; 4 is its two files as one."""
    columns = _columns([DATA / "febrl" / f"{name}.parquet" for name in FILES[number]])
    truth = [str(text).split("-")[1] for text in columns.pop("rec_id")]
    return _records(columns, without, spoil), truth


def fake_1000() -> tuple[Records, list[str], dict[str, float]]:
    """Splink's fake_1000, whose each is, and what the reference found at 0.5."""
    folder = DATA / "splink_fake_1000"
    columns = _columns([folder / "people.parquet"])
    truth = [str(text) for text in columns.pop("cluster")]
    reference = json.loads((folder / "reference_splink.json").read_text())["results"]
    best = max(reference, key=lambda row: row["f1"])
    return _records(columns, (), None), truth, best


def _columns(paths: list[Path]) -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for path in paths:
        if not path.is_file():
            pytest.skip(f"{path} is not here; the public data lie beside the project, not in it")
        answer: Any = duckdb.sql(f"SELECT * FROM '{path}'")
        for row in answer.fetchall():
            for name, value in zip(answer.columns, row, strict=True):
                found.setdefault(name, []).append(None if value is None else str(value))
    return found


def _records(
    columns: dict[str, Texts], without: tuple[str, ...], spoil: Callable[[Texts], Texts] | None
) -> Records:
    found = {f: columns[c] for f, c in fields_of(columns).items() if f not in without}
    return Records.of({f: spoil(t) if spoil else t for f, t in found.items()})
