"""The door to DuckDB keeps to itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from desireline.formats.duck import Duck, DuckFailed, name_sql, text_sql


class TestDuck:
    def test_nothing_is_installed_or_loaded_from_outside(self):
        with Duck() as duck:
            for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
                assert duck.row("SELECT current_setting(?)", [setting]) == (False,)

    def test_its_folder_goes_with_it(self):
        with Duck() as duck:
            (duck.folder / "copy").write_text("x")
        assert not duck.folder.exists()

    def test_variables_of_the_program_are_no_tables(self):
        hidden = {"a": np.arange(3)}
        with Duck() as duck, pytest.raises(DuckFailed, match="hidden"):
            duck.rows("SELECT * FROM hidden")
        assert len(hidden) == 1

    def test_a_missing_text_is_none(self):
        with Duck() as duck:
            found = duck.array("SELECT * FROM (VALUES ('a'), (NULL), ('?'))")
        assert found.tolist() == ["a", None, "?"]

    def test_threads_may_ask_at_the_same_time(self):
        with Duck() as duck:
            duck.run("CREATE TABLE t AS SELECT range AS n FROM range(100000)")
            with ThreadPoolExecutor(4) as pool:
                sums = list(
                    pool.map(lambda k: duck.row(f"SELECT sum(n * {k}) FROM t")[0], range(8))
                )
        assert sums == [k * 4_999_950_000 for k in range(8)]

    def test_threads_may_lay_down_tables_at_the_same_time(self):
        with Duck() as duck, ThreadPoolExecutor(4) as pool:
            names = list(pool.map(lambda k: duck.lay_down(f"SELECT {k} AS n"), range(8)))
            assert [duck.row(f"SELECT n FROM {name}")[0] for name in names] == list(range(8))

    def test_quoting(self):
        with Duck() as duck:
            name = 'a "b"'
            statement = "SELECT " + text_sql("it's") + " AS " + name_sql(name)
            assert list(duck.arrays(statement)) == [name]
            assert duck.row(statement) == ("it's",)

    def test_progress_is_told(self, capfd):
        told: list[float] = []
        with Duck() as duck:
            slow = "CREATE TABLE t AS SELECT sum(sin(range)) AS s FROM range(60000000)"
            duck.watched(lambda: duck.run(slow), told.append)
        assert all(0 <= share <= 1 for share in told)
        assert capfd.readouterr() == ("", "")
