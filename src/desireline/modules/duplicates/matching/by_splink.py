"""The same question asked of Splink, for those who have installed the extra `dedupe`.

Splink (Ministry of Justice, UK) is the reference for probabilistic linkage. It runs in DuckDB, in
this process; nothing is sent or downloaded.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np

from desireline.engine.errors import DesirelineError
from desireline.modules.duplicates.matching.blocking import Candidates
from desireline.modules.duplicates.matching.fields import Sort
from desireline.modules.duplicates.matching.finding import THRESHOLD, Found
from desireline.modules.duplicates.matching.patterns import compared
from desireline.modules.duplicates.matching.records import MISSING, Records
from desireline.modules.duplicates.matching.weighing import Model

SAMPLE = 1_000_000.0
SEED = 7
SURE = ("email", "phone", "identifier", "birth_date")
"""Fields of which each alone makes candidates."""
TOGETHER = (
    ("given_name", "family_name"),
    ("family_name", "postcode"),
    ("family_name", "city"),
    ("given_name", "city"),
    ("given_name", "postcode"),
    ("street", "house_number"),
    ("street", "postcode"),
)


class SplinkMissing(DesirelineError):
    """The package Splink is not installed."""


class RecordsTooBare(DesirelineError):
    """The records have too few fields for Splink to learn from."""


def find_by_splink(records: Records, threshold: float = THRESHOLD) -> Found:
    """What `finding.find` gives, from Splink. Raises SplinkMissing, RecordsTooBare.

    The levels that an explanation names are our own; the bits are Splink's.
    """
    rules = _rules(records)
    if not rules:
        raise RecordsTooBare(
            f"Splink cannot learn from the fields {', '.join(records.columns) or '(none)'} alone.",
            hint="Give two fields more, or ask without --by splink.",
        )
    with _quiet():
        linker = _linker(records, rules)
        _train(linker, records, rules)
        table = linker.inference.predict(threshold_match_probability=threshold).as_pyarrow_table()
    rows = {name: np.asarray(table.column(name)) for name in table.column_names}
    order = np.argsort(-rows["match_weight"], kind="stable")
    return _found(records, {name: values[order] for name, values in rows.items()})


def _splink() -> Any:
    try:
        import splink  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise SplinkMissing(
            "Splink is not installed.", hint="Install it with: pip install 'desireline[dedupe]'"
        ) from None
    return splink


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Splink speaks of its progress to whoever listens to its logger."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _rules(records: Records) -> list[tuple[str, ...]]:
    have = records.columns
    rules: list[tuple[str, ...]] = [(name,) for name in SURE if name in have]
    rules += [pair for pair in TOGETHER if pair[0] in have and pair[1] in have]
    return rules


def _linker(records: Records, rules: list[tuple[str, ...]]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - comes with splink

    splink = _splink()
    columns: dict[str, Any] = {"unique_id": np.arange(records.n)}
    for name, column in records.columns.items():
        values = [None if code == MISSING else str(column.values[code]) for code in column.codes]
        columns[name] = pa.array(values, pa.string())
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(name, c.field.sort) for name, c in records.columns.items()],
        blocking_rules_to_generate_predictions=[splink.block_on(*rule) for rule in rules],
        retain_intermediate_calculation_columns=True,
    )
    table = splink.DuckDBAPI().register(pa.table(columns))
    return splink.Linker(table, settings, log_level=logging.CRITICAL)


def _comparison(name: str, sort: Sort) -> Any:
    from splink import comparison_library as library  # noqa: PLC0415 - an extra

    made: Mapping[str, Callable[[], Any]] = {
        "name": lambda: library.NameComparison(name),
        "email": lambda: library.EmailComparison(name),
        "date": lambda: library.DamerauLevenshteinAtThresholds(name, [1, 2]),
        "phone": lambda: library.DamerauLevenshteinAtThresholds(name, [1, 2]),
        "code": lambda: library.DamerauLevenshteinAtThresholds(name, [1, 2]),
        "number": lambda: library.ExactMatch(name),
    }
    comparison = made.get(sort, lambda: library.JaroWinklerAtThresholds(name, [0.92, 0.86]))()
    if sort in ("name", "email", "place"):
        comparison.configure(term_frequency_adjustments=True)
    return comparison


def _train(linker: Any, records: Records, rules: list[tuple[str, ...]]) -> None:
    """Learns without labels: u by chance, m by EM over blocks that leave each field out once."""
    splink = _splink()
    sure = [splink.block_on(*rule) for rule in rules if len(rule) > 1] or [
        splink.block_on(*rules[0])
    ]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=SEED)
    names = list(records.columns)
    for rule in _apart(rules, names):
        linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on(*rule))


def _apart(rules: list[tuple[str, ...]], names: list[str]) -> list[tuple[str, ...]]:
    """Two rules without a common field, so that each field is learned in one of them at least."""
    for one, other in combinations(rules, 2):
        if not set(one) & set(other) and len(names) > len(set(one) | set(other)):
            return [one, other]
    return rules[:1]


def _found(records: Records, rows: Mapping[str, Any]) -> Found:
    one, other = rows["unique_id_l"].astype(np.int64), rows["unique_id_r"].astype(np.int64)
    a, b = np.minimum(one, other), np.maximum(one, other)
    fields = tuple(records.columns)
    weights = np.zeros((len(a), len(fields)))
    for place, name in enumerate(fields):
        for column in (f"mw_{name}", f"mw_tf_adj_{name}"):
            if column in rows:
                weights[:, place] += rows[column]
    none = np.zeros((len(fields), 5))
    bits = rows["match_weight"].astype(np.float64)
    model = Model(fields, none, none, none, 0.0, 0.0)
    pairs = Candidates(a, b)
    return Found(
        pairs.a, pairs.b, bits, compared(records, a, b), weights, np.zeros(len(a)), model, len(a), 0
    )
