"""Whether the audit log is what was written: nothing changed, removed, moved, or cut off."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from desireline.log.segments.verifying import Finding
from desireline.modules.audit.entries import Entry, Head
from desireline.modules.audit.repository import get_head, stream_entries
from desireline.modules.audit.tables import audit_entry

MOST_FINDINGS = 20


HINT = "Somebody has changed the database by hand. Compare with a backup from before."


def verify(connection: Connection, known: Head | None = None) -> list[Finding]:
    """What is wrong with the audit log; nothing where all is well; at most the first 20 findings.

    Every entry has the hash of what it says, follows the one before by number and by hash, and the
    last one is the head. With `known`, a head that was printed earlier: that entry is there and
    has that hash, so that also a chain that was written anew from there shows.
    """
    found: list[Finding] = []
    last, met = Head(), known is None or known.number == 0
    for entry in stream_entries(connection):
        found += [Finding(sentence, HINT) for sentence in _wrongs(last, entry)]
        last = Head(entry.number, entry.hash)
        if known is not None and entry.number == known.number:
            met = entry.hash == known.hash
        if len(found) >= MOST_FINDINGS:
            return found[:MOST_FINDINGS]
    found += [Finding(sentence, HINT) for sentence in _wrong_end(last, get_head(connection))]
    if not met and known is not None:
        sentence = (
            f"Entry {known.number:,} of the audit log is missing, or is not the one that was there"
            f" when the head {str(known)[:20]}... was printed."
        )
        found.append(Finding(sentence, HINT))
    return found


def is_at_its_head(connection: Connection) -> tuple[Head, bool]:
    """The head, and whether there are as many entries as it says: a quick look, no proof."""
    head = get_head(connection)
    n, last = connection.execute(select(func.count(), func.max(audit_entry.c.number))).one()
    return head, n == (last or 0) == head.number


def _wrongs(last: Head, entry: Entry) -> Iterator[str]:
    if entry.hash != entry.hashed():
        yield f"Entry {entry.number:,} of the audit log is not what was written: its hash differs."
    if entry.number != last.number + 1:
        yield (
            f"The audit log has no entry {last.number + 1:,}: after {last.number:,} comes"
            f" {entry.number:,}."
        )
    if entry.previous != last.hash:
        yield f"Entry {entry.number:,} of the audit log does not follow the one before it."


def _wrong_end(last: Head, head: Head) -> Iterator[str]:
    if last != head:
        yield (
            f"The audit log ends with entry {last.number:,}, and its head says {head.number:,}:"
            " entries at its end were removed or changed."
        )
