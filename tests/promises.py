"""What docs/reliability.md promises, and which tests prove it; `pytest --promise NAME` runs them.

With `--at-length` what they found is kept in build/reliability.json, from which
scripts/reliability_table.py writes the table of the page. Nothing in it is typed in by hand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FOUND = ROOT / "build" / "reliability.json"

Report = Callable[[str, object], None]
"""Takes the name of a promise and the figures that a test saw, in words."""


@dataclass(frozen=True)
class Promise:
    """A row of the page: its name, what is done to us, what is asked of us, the tests."""

    name: str
    done: str
    asked: str
    tests: tuple[str, ...]
    """Files, classes or functions, as pytest names them."""

    def has(self, test: str) -> bool:
        """Whether a test, by its node id, is one of this promise."""
        return any(test == one or test.startswith((f"{one}::", f"{one}[")) for one in self.tests)

    @property
    def files(self) -> tuple[str, ...]:
        """Where its tests are."""
        return tuple(dict.fromkeys(test.partition("::")[0] for test in self.tests))


PROMISES = (
    Promise(
        "R-KILL",
        "SIGKILL at random moments under load, 40 times; a ledger of acknowledged ids is kept"
        " outside; and with a million events in the log",
        "0 lost, 0 doubled; ready within 2 s more than an empty log",
        (
            "tests/reliability/test_kill.py::TestKill::test_r_kill",
            "tests/reliability/test_kill.py::TestKill::test_r_kill_starts_with_a_million_events",
        ),
    ),
    Promise(
        "R-POWER",
        "the disk is copied as it is while the server stands still, 30 times, and read by another"
        " machine",
        "0 lost; with `synchronous=NORMAL` the same test must find losses",
        ("tests/reliability/test_power.py",),
    ),
    Promise(
        "R-ENOSPC",
        "a disk of 16 MB fills up under load, then it is enlarged",
        "0 lost; 507 or 503; reading goes on; events are taken again without restart",
        ("tests/reliability/test_full_disk.py",),
    ),
    Promise(
        "R-IMPORT",
        "SIGKILL at random moments while an uploaded file is imported, 6 times, on both databases;"
        " a disk fills up during an upload",
        "what is there is what an import in peace gives, each event once; 507, no byte left, and"
        " events are taken meanwhile",
        ("tests/reliability/test_imports.py",),
    ),
    Promise(
        "R-TERM",
        "SIGTERM under load",
        "ends within 10 s, 0 lost",
        (
            "tests/reliability/test_kill.py::TestKill::test_r_term",
            "tests/server/test_serving.py::TestEnd",
        ),
    ),
    Promise(
        "R-DUP",
        "ids sent twice: in a batch, over connections, after a restart, after sealing and merging,"
        " in a file that is imported again",
        "each counts once",
        (
            "tests/log/appending/test_append.py::TestDuplicates",
            "tests/log/appending/test_append.py::TestDuplicatesOfSealedEvents",
            "tests/log/appending/test_append_sealed.py::TestDuplicatesOfSealedEvents",
            "tests/log/importing/test_idempotence.py",
            "tests/reliability/test_door.py::TestDuplicates",
        ),
    ),
    Promise(
        "R-BAD",
        "bytes that no honest sender writes",
        "a verdict for each event, never 500, alike on both databases",
        (
            "tests/log/test_decoding_bad.py",
            "tests/log/appending/test_append.py::TestStrangeEvents",
            "tests/kit/test_workspace.py::TestRefuse",
            "tests/reliability/test_door.py::TestBad",
        ),
    ),
    Promise(
        "R-POISON",
        "one event that breaks a stage among 10,000 good",
        "the others unharmed, the poison kept with its reason",
        (
            "tests/log/appending/test_append_trouble.py::TestPoison",
            "tests/reliability/test_door.py::TestPoison",
        ),
    ),
    Promise(
        "R-LOAD",
        "wrk, for two minutes each: single events on 1 and on 64 connections, batches of 100 on 12,"
        " with write keys, validation, identity and deduplication on",
        "all that is acknowledged is there, once; 64 connections get at least twice as much as one,"
        " batches carry at least twice the events of single requests, p99 is at most 20 times the"
        " mean wait; how much that is a second says `make bench`",
        ("tests/reliability/test_door.py::TestLoad",),
    ),
    Promise(
        "R-COUNT",
        "any calls, of good events, duplicates and nonsense",
        "received = stored + duplicate + failed",
        ("tests/log/appending/test_append.py::TestCounters",),
    ),
    Promise(
        "R-LIMIT",
        "3,000 half-open connections, 100 bodies that never come, heads without end, and a probe",
        "the probe's p99 within 250 ms",
        ("tests/server/test_crowd.py", "tests/server/test_door.py"),
    ),
    Promise(
        "R-FRESH",
        "events one by one over HTTP at a steady rate, while a map is asked for and followed",
        "in the answers within 2 s at p95; a stream rests four times as long as a drawing takes",
        ("tests/reliability/test_fresh.py",),
    ),
    Promise(
        "R-ORDER",
        "identify, alias and track calls of a few identifiers in all orders, sevens of them too;"
        " 10,000 identifiers on one person",
        "the same persons whatever the order; a few times what as many strangers cost",
        (
            "tests/log/identity/test_orders.py",
            "tests/log/identity/test_links.py::test_r_order_all_orders_of_seven_calls_make_the_same_persons",
        ),
    ),
    Promise(
        "R-REBUILD",
        "the index is thrown away",
        "the same answers",
        (
            "tests/log/index/test_index.py::TestRRebuild",
            "tests/log/index/test_index_any_sequence.py",
        ),
    ),
    Promise(
        "R-PG",
        "two servers and two workers on one PostgreSQL, which is stopped at once and started again"
        " under load; segments on an S3 server",
        "0 lost, 0 doubled, back within 5 s",
        (
            "tests/reliability/test_postgres.py",
            "tests/log/appending/test_append_trouble.py::TestPostgresAway",
        ),
    ),
    Promise(
        "R-DIST",
        "a node of a Ray cluster is killed in mid-query",
        "the exact answer or a clean error",
        ("tests/cluster/test_ray.py",),
    ),
    Promise(
        "B-BACKUP",
        "a backup while events arrive, restored into the other database",
        "equal, and of one moment",
        ("tests/log/test_backup.py::TestBackup", "tests/log/test_backup.py::TestRefuse"),
    ),
    Promise(
        "B-FENCE",
        "a message waits in a backup that is restored",
        "nothing leaves",
        ("tests/log/test_backup.py::TestBackup::test_b_fence_nothing_leaves_a_restored_workspace",),
    ),
    Promise(
        "B-MIG",
        "a migration, and the making of a workspace, are killed at each of many moments",
        "the next start completes it",
        (
            "tests/kit/test_migrating.py::TestBMig",
            "tests/kit/test_workspace.py::TestMake::test_killed_anywhere_is_completed",
        ),
    ),
    Promise(
        "S-AZ",
        "every route is asked as every role, as nobody, and with keys that have the one permission"
        " or all others",
        "what a table says that is written by hand; a route that is missing there fails",
        ("tests/server/test_permissions.py::TestMatrix",),
    ),
    Promise(
        "S-SCHEMA",
        "requests are made up from the form of the API, fit ones and unfit ones, for every route",
        "none is answered by 5xx",
        ("tests/server/test_schema.py::TestSchema",),
    ),
    Promise(
        "P-ERASE",
        "persons are erased, or made anonymous, whose canaries lie in the tail, in segments, in"
        " merged files, and in every column of text of every table about persons; old facts of them"
        " come late, and in files",
        "no byte left in the data folder, in any spelling; on PostgreSQL after VACUUM FULL; nobody"
        " is back",
        (
            "tests/log/segments/test_erasing.py",
            "tests/log/segments/test_anonymising.py",
            "tests/log/importing/test_erased.py",
            "tests/modules/test_rights.py::TestErase",
            "tests/modules/test_rights.py::TestTombstones",
            "tests/modules/test_rights.py::TestAnonymise",
            "tests/reliability/test_rights.py",
        ),
    ),
    Promise(
        "P-EXPORT",
        "a canary is planted in every column of text of every table about persons",
        "each is in the JSON and the CSV; a table that says of nobody whose it is fails",
        (
            "tests/modules/test_rights.py::TestAccess",
            "tests/modules/test_rights.py::TestTables",
        ),
    ),
    Promise(
        "P-IP",
        "whole IP addresses come in by every door and under every usual name",
        "none is on the disk",
        ("tests/modules/test_rights_addresses.py",),
    ),
    Promise(
        "P-BACK",
        "a backup is restored that was taken before an erasure; also after an earlier restore, and"
        " where restoring is cut off",
        "nobody is back, to the last byte",
        ("tests/log/test_backup_erasures.py",),
    ),
    Promise(
        "P-CONSENT",
        "persons decide by purpose and channel, leave by one click, scanners open their links; the"
        " server is killed; persons are merged and parted in any order; files tell of the past, and"
        " failed events are taken in again",
        "tracking and mailing apart; every answer as decided, within a second; no merge widens",
        (
            "tests/reliability/test_consent.py",
            "tests/modules/test_consent_rule.py",
            "tests/modules/test_consent_gate.py",
            "tests/modules/test_consent_source.py",
            "tests/modules/test_consent_history.py",
        ),
    ),
    Promise(
        "P-RESID",
        "importing, serving, collecting, drawing, sealing, verifying, backing up, watched in every"
        " Python process, and by the kernel where no way leads out",
        "no name looked up, no connection beyond this machine; what is planted is found",
        ("tests/reliability/test_no_outgoing.py",),
    ),
    Promise(
        "P-AUDIT",
        "any cell of any entry of the audit log is changed; entries are removed, moved, cut off",
        "found; a chain that is written anew, too, by a head kept elsewhere",
        ("tests/modules/test_audit.py",),
    ),
)


def of_test(test: str) -> list[Promise]:
    """The promises that a test is of."""
    return [promise for promise in PROMISES if promise.has(test)]


def select_tests(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves only the tests of the promises that were asked for. Raises UsageError."""
    asked: list[str] = config.getoption("--promise")
    if not asked:
        return
    known = {promise.name: promise for promise in PROMISES}
    wanted = known.keys() if "all" in asked else asked
    for name in wanted:
        if name not in known:
            raise pytest.UsageError(f"{name} is no promise; there are {', '.join(known)}.")
    chosen = [known[name] for name in wanted]
    kept = [item for item in items if any(promise.has(item.nodeid) for promise in chosen)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@dataclass
class Kept:
    """What a run found of one promise."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    figures: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    """Why tests were skipped."""
    on: str = ""
    processors: int = 0


COUNTED = {"passed": "passed", "failed": "failed", "error": "failed", "skipped": "skipped"}


def gather(stats: Mapping[str, Sequence[Any]]) -> dict[str, Kept]:
    """By promise: what the tests of a run found, as pytest's reports tell it."""
    found: dict[str, Kept] = {}
    today, processors = datetime.now(UTC).date().isoformat(), os.cpu_count() or 0
    for kind, counted in COUNTED.items():
        for told in stats.get(kind, ()):
            for promise in of_test(told.nodeid):
                kept = found.setdefault(promise.name, Kept(on=today, processors=processors))
                setattr(kept, counted, getattr(kept, counted) + 1)
                kept.figures += [str(f) for name, f in told.user_properties if name == promise.name]
                if kind == "skipped":
                    kept.reasons.append(str(told.longrepr[2]).removeprefix("Skipped: "))
    return found


def keep(found: dict[str, Kept]) -> None:
    """Writes them beside what earlier runs found of other promises."""
    known = read_found()
    FOUND.parent.mkdir(exist_ok=True)
    both = known | {name: asdict(kept) for name, kept in found.items()}
    FOUND.write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")


def read_found() -> dict[str, Any]:
    """What runs at length have found so far."""
    return dict(json.loads(FOUND.read_text(encoding="utf-8"))) if FOUND.exists() else {}
