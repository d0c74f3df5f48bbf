"""Looks for words in every byte that is left of a workspace, however they may be written there."""

from __future__ import annotations

import gzip
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url
from tests.databases import PostgresServer

from desireline.formats.duck import Duck
from desireline.kit.database import Database


def forms_of(word: str) -> set[bytes]:
    """The bytes by which a word can be found: plain, escaped, in UTF-16, percent, hex, base64."""
    texts = {word, word.lower(), word.upper(), json.dumps(word)[1:-1], quote(word, safe="")}
    texts |= {json.dumps(word)[1:-1].replace("/", "\\/"), "".join(f"\\u{ord(c):04x}" for c in word)}
    found = {form.encode() for form in texts}
    found |= {word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode().hex().encode()}
    for shift in range(3):  # where base64 begins decides how it looks
        coded = b64encode(b"\0" * shift + word.encode())
        found.add(coded[4 if shift else 0 : -4])
    return {form for form in found if len(form) >= 4}


def found_in(folder: Path, db: Database | None, words: Iterable[str]) -> list[str]:
    """Where one of the words is: files in the folder, cells of Parquet, cells of the database."""
    forms = {form for word in words for form in forms_of(word)}
    places = {place for place, held in _everything(folder, db) if any(f in held for f in forms)}
    return sorted(places)


def found_in_server(server: PostgresServer, url: str, words: Iterable[str]) -> list[str]:
    """As `found_in`, in the files of a database of PostgreSQL after VACUUM FULL."""
    name = make_url(url).database
    with psycopg.connect(
        host=str(server.folder), user="postgres", dbname=name, autocommit=True
    ) as c:
        c.execute("VACUUM FULL")
        c.execute("CHECKPOINT")
        row = c.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    assert row is not None
    return found_in(server.data / "base" / str(row[0]), None, words)


def _everything(folder: Path, db: Database | None) -> Iterator[tuple[str, bytes]]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with suppress(FileNotFoundError):
            yield from _file(path, str(path.relative_to(folder)))
    if db is not None:
        yield from _cells(db)


def _file(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    held = path.read_bytes()
    yield name, held
    if path.suffix == ".parquet":
        with Duck() as duck:
            yield name, repr(duck.rows(f"SELECT * FROM read_parquet('{path}')")).encode()
    if held.startswith(b"\x1f\x8b"):
        yield name, gzip.decompress(held)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for inner in packed.namelist():
                yield f"{name}/{inner}", packed.read(inner)


def _cells(db: Database) -> Iterator[tuple[str, bytes]]:
    """A long cell lies in several pages: its bytes are in no one place of the file."""
    with db.reading() as look:
        for table in inspect(look).get_table_names():
            for row in look.execute(text(f'SELECT * FROM "{table}"')):
                for cell in row:
                    if isinstance(cell, str | bytes):
                        held = (
                            cell.encode(errors="surrogatepass") if isinstance(cell, str) else cell
                        )
                        yield f"table {table}", held
