"""How the columns of a segment lie in its file: what each takes decides what the log takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline.formats.duck import Duck, text_sql
from desireline.formats.segment_files import write_segment
from desireline.formats.segment_files.writing import MOST_DISTINCT, ROWS_A_GROUP

A_PERSON = 8
"""Events: of one group's rows there are more persons than a dictionary is made for."""
TEXTS = 2_500
RELATION = (
    f"(SELECT place // {A_PERSON} + 1 AS subject, 60000000 * place AS at, place,"
    " (hash(place) >> 1)::BIGINT AS id_hi, (hash(-place) >> 1)::BIGINT AS id_lo, 0::BIGINT AS"
    " received_at, 'page_viewed' AS type, 'page' AS kind, 'web' AS channel, 'inbound' AS"
    " direction, '' AS actor, NULL::DOUBLE AS value, NULL::VARCHAR AS currency, NULL::VARCHAR AS"
    f" identifiers, '{{\"path\":\"/shop/fountains/' || 7 * place % {TEXTS} || '\"}}' AS properties,"
    f" NULL::VARCHAR AS context, 'api' AS source FROM range({ROWS_A_GROUP}) AS r(place))"
)


@pytest.fixture
def bytes_an_event(tmp_path: Path) -> dict[str, float]:
    path = tmp_path / "0.parquet"
    with Duck() as duck:
        write_segment(duck, RELATION, path)
        sizes = duck.rows(
            "SELECT path_in_schema, sum(total_compressed_size)::BIGINT"
            f" FROM parquet_metadata({text_sql(str(path))}) GROUP BY 1"
        )
    return {str(name): size / ROWS_A_GROUP for name, size in sizes}


def test_ascending_subjects_take_next_to_nothing(bytes_an_event: dict[str, float]) -> None:
    assert ROWS_A_GROUP / A_PERSON > MOST_DISTINCT
    assert bytes_an_event["subject"] < 0.1


def test_texts_that_are_said_again_stand_in_a_dictionary(bytes_an_event: dict[str, float]) -> None:
    assert TEXTS < MOST_DISTINCT
    assert bytes_an_event["properties"] < 3
