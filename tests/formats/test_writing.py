"""Events written and read again are the same events."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.reading_cases import walks

from desireline.engine.building import EventColumns, build
from desireline.engine.journeys import MICROSECONDS, Column, Ids, Journeys
from desireline.formats.errors import FileMissing, FileTypeUnknown
from desireline.formats.reading import read
from desireline.formats.writing import write_events

NAMES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=6
).filter(str.strip)
YEARS = (-2_208_988_800 * MICROSECONDS + 1, 7_258_118_400 * MICROSECONDS - 1)
FORMS = ("csv", "tsv", "jsonl", "parquet", "csv.gz", "ndjson.gz")


@st.composite
def event_columns(draw):
    people = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    events = tuple(draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)))
    n = draw(st.integers(1, 12))

    def picks(most):
        return draw(st.lists(st.integers(0, most), min_size=n, max_size=n))

    numbers = st.lists(st.floats(width=32, allow_infinity=False), min_size=n, max_size=n)
    return EventColumns(
        case=np.array(picks(len(people) - 1), np.int32),
        ids=Ids.of(people),
        time=np.array(draw(st.lists(st.integers(*YEARS), min_size=n, max_size=n)), np.int64),
        code=np.array(picks(len(events) - 1), np.uint16),
        events=events,
        channel=np.array(picks(2), np.uint8),
        channels=("", "web", "e-mail"),
        actor=np.array(picks(1), np.uint8),
        actors=("", "person"),
        value=np.array(draw(numbers), np.float32),
        columns={
            "brand": Column(codes=np.array(picks(2), np.int32) - 1, values=("A b", "ü")),
            "size": Column(numbers=np.array(draw(numbers), np.float64)),
        },
    )


def seen(journeys: Journeys):
    """All that journeys hold, by case, whatever the codes are."""
    found = {}
    for j, walk in enumerate(walks(journeys).items()):
        name, steps = walk
        part = slice(journeys.offset[j], journeys.offset[j + 1])
        brand, size = journeys.columns["brand"], journeys.columns["size"]
        found[name] = (
            steps,
            _names(journeys.channel, journeys.channels, part),
            _names(journeys.actor, journeys.actors, part),
            [str(v) for v in journeys.value[part]],
            [brand.values[c] if c >= 0 else None for c in brand.codes[part]]
            if brand.codes is not None
            else [None if np.isnan(v) else v for v in brand.numbers[part]],
            [str(v) for v in _numbers(size)[part]],
        )
    return found


def _numbers(column):
    return np.full(len(column), np.nan) if column.numbers is None else column.numbers


def _names(codes, names, part):
    return [names[c] for c in codes[part]]


class TestWriteThenRead:
    @pytest.mark.parametrize("form", FORMS)
    @given(chunks=st.lists(event_columns(), min_size=1, max_size=1))
    @settings(max_examples=12)
    def test_is_identity(self, tmp_path_factory, form, chunks):
        path = tmp_path_factory.mktemp("w") / f"events.{form}"
        assert write_events(chunks, path) == len(chunks[0].time)
        journeys = read(path, columns=("brand", "size"))
        assert seen(journeys) == seen(build(chunks[0]))
        assert journeys.provenance.set_aside == 0

    @pytest.mark.parametrize("form", FORMS)
    def test_chunks_follow_each_other(self, tmp_path, form):
        def chunks():
            for part in range(3):
                yield EventColumns(
                    case=np.arange(1000, dtype=np.int32) % 10,
                    ids=Ids(integers=np.arange(10) + 10 * part),
                    time=np.arange(1000) * MICROSECONDS,
                    code=np.arange(1000, dtype=np.uint16) % (part + 2),
                    events=tuple(f"e{i}" for i in range(part + 2)),
                )

        path = tmp_path / f"e.{form}"
        assert write_events(chunks(), path) == 3000
        journeys = read(path)
        assert list(journeys.ids) == [str(i) for i in range(30)]
        assert journeys.ids.integers is not None
        assert walks(journeys)["29"][:2] == [("e1", 9.0), ("e3", 19.0)]
        assert [p.name for p in tmp_path.iterdir()] == [f"e.{form}"]


class TestWriteFails:
    def chunks(self):
        yield EventColumns(
            case=np.zeros(1, np.int32),
            ids=Ids.of(["a"]),
            time=np.zeros(1, np.int64),
            code=np.zeros(1, np.uint16),
            events=("x",),
        )
        raise RuntimeError("the source breaks off")

    def test_half_way_leaves_what_was_there(self, tmp_path):
        path = tmp_path / "e.csv"
        path.write_text("before")
        with pytest.raises(RuntimeError, match="breaks off"):
            write_events(self.chunks(), path)
        assert path.read_text() == "before"
        assert [p.name for p in tmp_path.iterdir()] == ["e.csv"]

    @pytest.mark.parametrize("name", ["e.xlsx", "e", "e.parquet.gz"])
    def test_unknown_form(self, tmp_path, name):
        with pytest.raises(FileTypeUnknown, match="does not end in a format") as error:
            write_events([], tmp_path / name)
        assert ".parquet" in error.value.hint

    def test_no_folder(self, tmp_path):
        with pytest.raises(FileMissing, match="There is no folder"):
            write_events([], tmp_path / "nowhere" / "e.csv")

    def test_nothing_to_write(self, tmp_path):
        assert write_events([], tmp_path / "e.csv") == 0
        assert (tmp_path / "e.csv").read_text() == "person,event,time\n"
