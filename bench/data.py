"""Made events, exact by seed, written once to a cache as the files that each side reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from bench.plan import CHANNELS, DAY, TYPES, names

SEED = 20_260
EVENTS_A_PERSON = 20

FIRST = 1_767_225_600_000_000
"""2026-01-01 in microseconds."""
EDITION = 1
"""Raise it when the made events change, so that no old cache is read."""


@dataclass(frozen=True, slots=True)
class Made:
    """Where the files of one size stand."""

    folder: Path
    size: int

    @property
    def sorted(self) -> Path:
        """Parquet in the order of (person, time)."""
        return self.folder / "sorted.parquet"

    @property
    def log(self) -> Path:
        """Parquet in the order of time, as a log grows; persons are whole numbers."""
        return self.folder / "log.parquet"

    @property
    def text(self) -> Path:
        """The same with persons as text."""
        return self.folder / "text.parquet"

    @property
    def csv(self) -> Path:
        """The log as CSV."""
        return self.folder / "log.csv"

    @property
    def arrays(self) -> Path:
        """Columns as `.npy` in the order of (person, time), for peers without a Parquet reader."""
        return self.folder / "arrays"


Table = dict[str, NDArray[Any]]


def make(size: int, seed: int = SEED) -> Table:
    """`size` events in the order of (person, time): person, time, code, channel, value.

    Lengths of walks are log-normal around 20 with at least 1 event, types follow 1 / rank, waits
    are log-normal with a median of half an hour. No person has two events at one time, and all
    times are even.
    """
    rng = np.random.default_rng(seed)
    persons = max(1, size // EVENTS_A_PERSON)
    weight = rng.lognormal(0.0, 1.0, persons)
    length = 1 + rng.multinomial(size - persons, weight / weight.sum())
    offset = np.concatenate([[0], np.cumsum(length)])
    elapsed = np.cumsum(2 + 2 * (rng.lognormal(np.log(1800), 2.0, size) * 500_000).astype(np.int64))
    start = FIRST + 2 * rng.integers(0, 45 * DAY, persons)
    often = 1.0 / np.arange(1, TYPES + 1)
    value = np.round(rng.lognormal(3.0, 1.0, size), 2)
    value[rng.random(size) < 0.9] = np.nan
    return {
        "person": np.repeat(100_000 + 7 * np.arange(persons, dtype=np.int64), length),
        "time": elapsed + np.repeat(start - elapsed[offset[:-1]], length),
        "code": np.searchsorted(np.cumsum(often / often.sum())[:-1], rng.random(size)).astype(
            np.uint16
        ),
        "channel": rng.integers(0, len(CHANNELS), size).astype(np.uint8),
        "value": value,
    }


def ensure(cache: Path, size: int, *, csv: bool) -> Made:
    """The files of one size, made now unless the cache holds them."""
    made = Made(cache / f"{size}-{EDITION}", size)
    if not (made.folder / "done").exists():
        _write(made, make(size))
    if csv and not made.csv.exists():
        _copy(f"SELECT * FROM '{made.log}'", made.csv, "FORMAT csv")
    return made


def _write(made: Made, table: Table) -> None:
    made.arrays.mkdir(parents=True, exist_ok=True)
    for name in table:
        np.save(made.arrays / f"{name}.npy", table[name])
    (made.arrays / "names.json").write_text(json.dumps(names()))
    _to_parquet(table, made.sorted, "person")
    by_time = np.argsort(table["time"], kind="stable")
    log = {name: column[by_time] for name, column in table.items()}
    _to_parquet(log, made.log, "person")
    _to_parquet(log, made.text, "'visitor-' || person")
    (made.folder / "done").touch()


def _to_parquet(table: Table, path: Path, person: str) -> None:
    types = ", ".join(f"'{name}'" for name in names())
    channels = ", ".join(f"'{name}'" for name in CHANNELS)
    query = f"""
        SELECT {person} AS person, [{types}][code + 1] AS event, make_timestamp(time) AS time,
               [{channels}][channel + 1] AS channel,
               CASE WHEN isnan(value) THEN NULL ELSE value END AS value
        FROM made"""
    _copy(query, path, "FORMAT parquet, COMPRESSION zstd", table)


def _copy(query: str, path: Path, options: str, table: Table | None = None) -> None:
    half = path.with_suffix(".half")
    with duckdb.connect() as connection:
        if table is not None:
            connection.register("made", table)
        connection.execute(f"COPY ({query}) TO '{half}' ({options})")
    half.rename(path)
