"""What `desireline doctor` checks in a workspace, while its server runs or not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import func, select, text

from desireline.cli.findings import Finding
from desireline.engine.errors import DesirelineError
from desireline.kit.migrating import newest, revision
from desireline.kit.outbox import frozen_why
from desireline.kit.workspace import Workspace, WorkspaceMissing, open_workspace
from desireline.log.counting import read_counts
from desireline.log.opening import open_store
from desireline.log.segments.book import tell_places
from desireline.log.segments.catalogue import Catalogue
from desireline.log.tables import event
from desireline.log.tables_erasures import erasure
from desireline.modules.audit.facade import is_at_its_head
from desireline.settings import Settings

NEEDED_BYTES = 1_000_000_000
SECOND = 1_000_000
LATE_SECONDS = 6 * 3600
"""A tail older than this is not being sealed."""
CLOCK_SECONDS = 300


def workspace_findings(settings: Settings) -> list[Finding]:
    """Findings about the workspace that the settings name; one that says so if there is none."""
    try:
        opened = open_workspace(settings, exclusive=False, create=False)
    except WorkspaceMissing:
        return [Finding("Workspace", f"none in {settings.data_dir}", well=True)]
    except DesirelineError as error:
        return [Finding("Workspace", str(error), False, error.hint)]
    with opened as workspace:
        return [check(workspace) for check in CHECKS]


def folder(workspace: Workspace) -> Finding:
    """Which workspace it is."""
    return Finding("Workspace", f"{workspace.data_dir}, {workspace.id}", well=True)


def database(workspace: Workspace) -> Finding:
    """The database and its version."""
    name = "SQLite" if workspace.database.is_sqlite else "PostgreSQL"
    asked = "SELECT sqlite_version()" if workspace.database.is_sqlite else "SHOW server_version"
    with workspace.database.reading() as look:
        version = look.execute(text(asked)).scalar()
        sound = not workspace.database.is_sqlite or _sound(look.execute(text(QUICK_CHECK)).scalar())
    return Finding("Database", f"{name} {version}", sound, "Restore a backup: it is damaged.")


QUICK_CHECK = "PRAGMA quick_check(1)"


def _sound(told: object) -> bool:
    return told == "ok"


def schema(workspace: Workspace) -> Finding:
    """Whether the tables are the newest."""
    with workspace.database.reading() as look:
        found = revision(look)
    return Finding("Schema", str(found), found == newest(), "Start the server: it brings them on.")


def disk(workspace: Workspace) -> Finding:
    """Room where the data lie."""
    free = shutil.disk_usage(workspace.data_dir).free
    state = f"{free / 1e9:.1f} GB free in {workspace.data_dir}"
    return Finding("Disk", state, free > NEEDED_BYTES, "Free some room: a full disk takes nothing.")


def segments(workspace: Workspace) -> Finding:
    """Whether every listed segment is there; `desireline verify` reads them all."""
    with workspace.database.reading() as look:
        listed = Catalogue.read(look)
    there = open_store(workspace).names()
    missing = [s.file for s in listed.segments if s.file not in there]
    state = f"{len(listed.segments):,} with {listed.rows:,} events"
    return Finding(
        "Segments",
        f"{state}; {len(missing)} missing, the first {missing[0]}" if missing else state,
        not missing,
        "Put the files back where they were, or restore a backup.",
    )


def counts(workspace: Workspace) -> Finding:
    """Whether received = stored + duplicate + failed."""
    with workspace.database.reading() as look:
        n = read_counts(look)
    state = ", ".join(f"{n[verdict]:,} {verdict}" for verdict in n)
    added = n["stored"] + n["duplicate"] + n["failed"]
    return Finding("Events", state, n["received"] == added, "Run `desireline verify`.")


def worker(workspace: Workspace) -> Finding:
    """Whether the tail is being sealed."""
    with workspace.database.reading() as look:
        waiting, oldest = look.execute(
            select(func.count(), func.min(event.c.received_at)).select_from(event)
        ).one()
    if oldest is None:
        return Finding("Worker", "nothing waits to be sealed", well=True)
    late = (workspace.clock.now() - oldest) // SECOND
    return Finding(
        "Worker",
        f"{waiting:,} events wait to be sealed, the oldest for {late / 3600:.1f} hours",
        late < LATE_SECONDS,
        "No worker has sealed them. Start `desireline serve`, or one with --role worker.",
    )


def clock(workspace: Workspace) -> Finding:
    """Whether this machine's clock agrees with the database's, and with the newest event."""
    now = workspace.clock.now()
    with workspace.database.reading() as look:
        newest_at = look.execute(select(func.max(event.c.received_at))).scalar() or 0
        theirs = now
        if not workspace.database.is_sqlite:
            asked = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
            theirs = int(look.execute(asked).scalar() or now)
    ahead = max(newest_at - now, abs(theirs - now)) / SECOND
    told = datetime.fromtimestamp(now / SECOND, UTC).isoformat(timespec="seconds")
    well = ahead < CLOCK_SECONDS
    state = told if well else f"{told}, {ahead:,.0f} s off the database's or the newest event's"
    return Finding("Clock", state, well, "Set the clock: order and waits are computed from it.")


def erasures(workspace: Workspace) -> Finding:
    """Whether the books beside the backups have every erasure."""
    behind = tell_places(workspace.database)
    with workspace.database.reading() as look:
        count = look.execute(select(func.count()).select_from(erasure)).scalar_one()
    state = f"{count:,}, known wherever backups were taken to"
    return Finding(
        "Erasures",
        f"{count:,}, not all of them known in {', '.join(behind)}" if behind else state,
        not behind,
        "A backup that is restored from there brings the erased back. Mount that disk again, and"
        " give this user the right to write to it.",
    )


def outgoing(workspace: Workspace) -> Finding:
    """Whether messages may leave; frozen is no fault."""
    with workspace.database.reading() as look:
        why = frozen_why(look)
    return Finding("Outgoing", "may leave" if why is None else f"frozen: {why}", well=True)


def audit_log(workspace: Workspace) -> Finding:
    """Whether the audit log is as long as it says; `desireline audit verify` reads it all."""
    with workspace.database.reading() as look:
        head, well = is_at_its_head(look)
    state = f"{head.number:,} entries"
    return Finding("Audit log", state, well, "Run `desireline audit verify`: some are missing.")


CHECKS: tuple[Callable[[Workspace], Finding], ...] = (
    folder,
    database,
    schema,
    disk,
    segments,
    counts,
    worker,
    clock,
    erasures,
    outgoing,
    audit_log,
)
