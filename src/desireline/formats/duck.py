"""The one door to DuckDB: a connection in memory that reads files, and speaks numpy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import duckdb

Tell = Callable[[float], None]

POLL_SECONDS = 0.1


class DuckFailed(Exception):
    """DuckDB could not do what it was asked; its own words. Never leaves `formats`."""


@contextmanager
def _told() -> Iterator[None]:
    """Makes DuckDB's errors DuckFailed, and what Ctrl-C does to a statement KeyboardInterrupt."""
    import duckdb  # noqa: PLC0415 - as in `_opened`

    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except duckdb.Error as error:
        raise DuckFailed(str(error)) from error
    except RuntimeError as error:  # DuckDB's word for a signal that came while it worked
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


class Duck:
    """A DuckDB that keeps to itself: nothing is installed, loaded, or sent, all times are UTC.

    Questions (`rows`, `arrays`) have a cursor each, so threads may ask at the same time.

    `folder` is a temporary folder for its spills and for the reader's own copies; it goes when the
    door closes. With `remember_files` it keeps the footers of Parquet files in memory, for files
    that are asked again and again (a file that changed is read anew).

    DuckDB is opened at the first question: a log without segments never asks one.
    """

    def __init__(self, *, remember_files: bool = False) -> None:
        self._numbers = count()
        self._temporary = TemporaryDirectory(prefix="desireline-")
        self.folder = Path(self._temporary.name)
        self._remember_files = remember_files
        self._opening = threading.Lock()
        self._made: duckdb.DuckDBPyConnection | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of everything that it holds."""
        with self._opening:
            self._closed = True
            if self._made is not None:
                self._made.close()
        self._temporary.cleanup()

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            if self._made is None:
                if self._closed:
                    raise DuckFailed("Connection already closed")
                self._made = _opened(self.folder, remember_files=self._remember_files)
            return self._made

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """Does what the statement says. Raises DuckFailed."""
        with _told():
            self._connection.execute(sql, list(values))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of an answer, for small ones. Raises DuckFailed."""
        with _told():
            return self._execute(sql, values).fetchall()

    def batches(self, sql: str, rows: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a long answer, so many at a time. Raises DuckFailed."""
        cursor = self._execute(sql, ())
        while True:
            with _told():
                found = cursor.fetchmany(rows)
            if not found:
                return
            yield found

    def row(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
        """The only row of an answer. Raises DuckFailed."""
        return self.rows(sql, values)[0]

    def arrays(self, sql: str, values: Sequence[object] = ()) -> dict[str, NDArray[Any]]:
        """The columns of an answer, in the order of the rows; a missing text is None.

        `sql` has DuckDB finish the answer first, where `execute` has it handed over piece by piece
        into arrays that grow: 8 instead of 14 ns a number, with as much memory.
        """
        with _told():
            found = self._connection.cursor().sql(sql, params=list(values)).fetchnumpy()
        return {name: _plain(array) for name, array in found.items()}

    def array(self, sql: str, values: Sequence[object] = ()) -> NDArray[Any]:
        """The only column of an answer."""
        return next(iter(self.arrays(sql, values).values()))

    def lay_down(self, query: str) -> str:
        """Keeps an answer as a table, and says its name; threads may do so at the same time."""
        name = f"laid_down_{next(self._numbers)}"
        self._execute(f"CREATE TABLE {name} AS {query}", ())
        return name

    def describe(self, relation: str) -> list[tuple[str, str]]:
        """Name and type of each column of a relation."""
        return [(row[0], row[1]) for row in self.rows(f"DESCRIBE SELECT * FROM {relation}")]

    def register(self, name: str, source: object) -> None:
        """Lets statements read a pandas DataFrame, an Arrow stream or a mapping of arrays."""
        with _told():
            self._connection.register(name, source)

    def unregister(self, name: str) -> None:
        """Ends what `register` began."""
        self._connection.unregister(name)

    def watched(self, work: Callable[[], None], tell: Tell | None) -> None:
        """Does `work`, and meanwhile tells how far the running statement is, from 0 to 1."""
        if tell is None:
            work()
            return
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(tell, done), daemon=True)
        watcher.start()
        try:
            work()
        finally:
            done.set()
            watcher.join()

    def _watch(self, tell: Tell, done: threading.Event) -> None:
        while not done.wait(POLL_SECONDS):
            share = self._connection.query_progress()
            if share > 0:
                tell(min(share / 100, 1.0))

    def _execute(self, sql: str, values: Sequence[object]) -> duckdb.DuckDBPyConnection:
        with _told():
            return self._connection.cursor().execute(sql, list(values))


def _opened(folder: Path, *, remember_files: bool) -> duckdb.DuckDBPyConnection:
    import duckdb  # noqa: PLC0415 - takes 0.1 s, and a server may do without it for days

    made = duckdb.connect(
        ":memory:",
        config={
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": True,
            "python_enable_replacements": False,
        },
    )
    made.execute("SET GLOBAL TimeZone = 'UTC'")
    if remember_files:
        made.execute("SET GLOBAL parquet_metadata_cache = true")
    made.execute("SET enable_progress_bar = true")  # counts it; nothing is printed
    made.execute("SET enable_progress_bar_print = false")
    return made


def name_sql(name: str) -> str:
    """A name, quoted so that it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'


def text_sql(text: str) -> str:
    """A text, quoted so that it stands in a statement."""
    return "'" + text.replace("'", "''") + "'"


def record_sql(fields: Mapping[str, str]) -> str:
    """A mapping of texts to texts, as a struct in a statement."""
    return "{" + ", ".join(f"{text_sql(k)}: {text_sql(v)}" for k, v in fields.items()) + "}"


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    if not isinstance(array, np.ma.MaskedArray):
        return array
    plain = np.array(array.data, object)
    plain[np.ma.getmaskarray(array)] = None  # filled(None) would fill in a text of numpy's choice
    return plain
