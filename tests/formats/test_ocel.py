"""Object-centric logs: whose journeys they are read as, and what is wrong with some."""

from __future__ import annotations

import gzip
import json
import sqlite3
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from tests.formats.ocel_cases import (
    CUSTOMER_JOURNEYS,
    LOG,
    ORDER_JOURNEYS,
    XML,
    as_json,
    as_sqlite,
)
from tests.formats.reading_cases import said, walks, written

from desireline.formats import errors
from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.ocel.opening import check_room, open_ocel
from desireline.formats.reading import Mapping, read
from desireline.formats.tables.plain_file import PlainFile
from desireline.kit.free_memory import free_memory

BOMB = '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def names(path: Path, kind: str | None = None) -> dict[str, list[str]]:
    journeys = read(str(path), Mapping(object_type=kind))
    return {who: [name for name, _ in events] for who, events in walks(journeys).items()}


class TestJourneys:
    def test_are_those_of_the_type_told(self, tmp_path: Path) -> None:
        path = as_json(tmp_path)
        assert names(path, "Order") == ORDER_JOURNEYS
        assert names(path, "Customer") == CUSTOMER_JOURNEYS

    def test_are_those_of_the_only_type(self, tmp_path: Path) -> None:
        assert names(as_sqlite(tmp_path)) == {
            "o1": ["order placed", "order placed"],
            "o2": ["order placed"],
        }

    @pytest.mark.parametrize("name", ["log.json", "log.json.gz"])
    def test_are_known_by_their_content(self, tmp_path: Path, name: str) -> None:
        text = json.dumps(LOG).encode()
        path = written(tmp_path, gzip.compress(text) if name.endswith("gz") else text, name)
        assert names(path, "Order") == ORDER_JOURNEYS

    @pytest.mark.parametrize("name", ["log.xmlocel", "log.xml"])
    def test_of_xml(self, tmp_path: Path, name: str) -> None:
        path = written(tmp_path, XML, name)
        journeys = read(str(path))
        assert walks(journeys) == {"o1": [("placed", 1767258000.0)]}
        (row,) = journeys.provenance.examples
        assert (row.row, row.reason) == (21, "it has no time")

    def test_keep_attributes_as_columns(self, tmp_path: Path) -> None:
        path = as_json(tmp_path)
        kept = read(str(path), Mapping(object_type="Order"), columns=("stops",))
        assert "stops" in kept.columns

    def test_events_of_no_such_object_are_told(self, tmp_path: Path) -> None:
        journeys = read(str(as_json(tmp_path)), Mapping(object_type="Order"))
        (row,) = journeys.provenance.examples
        assert (row.row, row.reason) == (6, "it has no object of the type Order")


class TestRefusals:
    def test_the_type_must_be_told(self, tmp_path: Path) -> None:
        with pytest.raises(errors.ChoiceMissing) as error:
            read(str(as_json(tmp_path)))
        assert "Customer (2)" in said(error)
        assert "--object-type" in said(error)
        with pytest.raises(errors.ChoiceMissing, match="no object type 'order'"):
            names(as_json(tmp_path), "order")

    @pytest.mark.parametrize("share", [0.2, 0.6, 0.99])
    def test_cut_off(self, tmp_path: Path, share: float) -> None:
        text = as_json(tmp_path).read_bytes()
        path = written(tmp_path, text[: int(len(text) * share)], "cut.jsonocel")
        with pytest.raises(errors.FileBroken, match=r"cut\.jsonocel .* is not whole OCEL"):
            names(path, "Order")
        xml = XML.encode()
        path = written(tmp_path, xml[: int(len(xml) * share)], "cut.xmlocel")
        with pytest.raises(errors.FileBroken, match=r"cut\.xmlocel, line \d+"):
            names(path)
        whole = as_sqlite(tmp_path).read_bytes()
        path = written(tmp_path, whole[: int(len(whole) * share)], "cut.sqlite")
        with pytest.raises(errors.FileBroken, match=r"cut\.sqlite is"):
            names(path)

    def test_bad_encodings(self, tmp_path: Path) -> None:
        text = json.dumps(LOG, ensure_ascii=False).encode("cp1252")
        with pytest.raises(errors.DesirelineError, match=r"bad\.jsonocel"):
            names(written(tmp_path, text, "bad.jsonocel"), "Order")
        xml = XML.replace("07", "\xe9").encode("latin-1")
        with pytest.raises(errors.FileBroken, match=r"bad\.xmlocel, line 1\d"):
            names(written(tmp_path, xml, "bad.xmlocel"))

    def test_entities(self, tmp_path: Path) -> None:
        path = written(tmp_path, XML.replace("<log>", BOMB + "<log>", 1), "bomb.xmlocel")
        with pytest.raises(errors.FileBroken, match="declares a document type"):
            names(path)

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            ('{"eventTypes":[],"objectTypes":[],"events":[],"objects":[]}', "e.jsonocel"),
            ("<log><events/></log>", "e.xmlocel"),
        ],
    )
    def test_no_event(self, tmp_path: Path, content: str, name: str) -> None:
        with pytest.raises(errors.FileEmpty, match="holds no event"):
            names(written(tmp_path, content, name))

    def test_another_database(self, tmp_path: Path) -> None:
        path = tmp_path / "shop.sqlite"
        database = sqlite3.connect(path)
        database.execute("CREATE TABLE orders (id TEXT)")
        database.close()
        with pytest.raises(errors.FileBroken, match="without the table 'event'"):
            names(path)

    def test_wrong_ends(self, tmp_path: Path) -> None:
        """What a file is, its content decides, where its name says OCEL."""
        assert names(written(tmp_path, XML, "a.jsonocel")) == {"o1": ["placed"]}
        with pytest.raises(errors.FileBroken, match="is not whole OCEL"):
            names(written(tmp_path, "case,event,time\n", "b.jsonocel"))

    def test_a_bad_event_is_set_aside(self, tmp_path: Path) -> None:
        log: dict[str, Any] = {**LOG, "events": [{"id": 7}, *LOG["events"][:2]]}
        journeys = read(str(as_json(tmp_path, log)), Mapping(object_type="Order"))
        assert len(journeys) == 2
        (row,) = journeys.provenance.examples
        assert row.row == 1
        assert row.reason.startswith("it is no event (")

    def test_a_huge_field_is_kept(self, tmp_path: Path) -> None:
        log = {**LOG, "events": [dict(LOG["events"][0])]}
        log["events"][0]["attributes"] = [{"name": "picker", "value": "y" * 3_000_000}]
        assert names(as_json(tmp_path, log), "Order") == {"o1": ["place order"]}


def _as_long_xml(folder: Path, log: dict[str, Any], name: str) -> Path:
    """The first event of XML, as often as the log has events."""
    head, _, rest = XML.partition("<event ")
    first, _, tail = rest.partition("</event>")
    many = (f"<event {first}</event>".replace('"e1"', f'"e{i}"') for i in range(len(log["events"])))
    return written(folder, head + "\n".join(many) + tail, name)


class TestRoom:
    def test_a_log_that_has_none_is_refused_before_it_is_read(self) -> None:
        check_room("small.sqlite", 1_000_000_000, "sqlite", 7_000_000_000)
        check_room("unknown.jsonocel", 10**12, "json", None)
        check_room("large.jsonocel", 2_000_000_000, "json", 7_000_000_000)
        with pytest.raises(errors.FileTooLarge) as error:
            check_room("large.sqlite", 2_000_000_000, "sqlite", 7_000_000_000)
        assert "large.sqlite has 2.0 GB" in str(error.value)
        assert "takes about 8.0 GB of memory, and 7.0 GB are free" in str(error.value)
        assert "in parts" in error.value.hint

    @pytest.mark.parametrize("form", [as_json, _as_long_xml])
    def test_memory_grows_less_than_the_file(self, tmp_path: Path, form: Any) -> None:
        """Events are laid down on the disk as they are read."""
        peaks, sizes = [], []
        for times in (500, 4_000):
            events = [{**one, "id": f"{i}"} for i in range(times) for one in LOG["events"][:4]]
            path = form(tmp_path, {**LOG, "events": events}, f"log{times}")
            sizes.append(path.stat().st_size)
            tracemalloc.start()
            with Duck() as duck:
                open_ocel(duck, PlainFile(path, path.name), Choices("Order"), lambda _: None)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert peaks[1] - peaks[0] < 0.7 * (sizes[1] - sizes[0])

    def test_what_is_free_is_the_least_that_anyone_leaves(self, tmp_path: Path) -> None:
        meminfo = tmp_path / "meminfo"
        meminfo.write_text("MemTotal: 9 kB\nMemAvailable:    4000 kB\n")
        assert free_memory(tmp_path / "none", tmp_path) is None
        assert free_memory(meminfo, tmp_path) == 4_096_000
        (tmp_path / "memory.max").write_text("3000000\n")
        (tmp_path / "memory.current").write_text("1000000\n")
        assert free_memory(meminfo, tmp_path) == 2_000_000
        (tmp_path / "memory.max").write_text("max\n")
        assert free_memory(meminfo, tmp_path) == 4_096_000
