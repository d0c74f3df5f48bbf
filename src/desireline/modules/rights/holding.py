"""Where the database holds something about persons: found in its tables, not listed by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, or_, select

from desireline.kit.database import metadata
from desireline.log.segments.naming import LOOKED_THROUGH
from desireline.log.tables import event, subject

AT_ONCE = 500
NOT_PERSONAL: Mapping[str, str] = {
    "account": "companies and households; a household goes with its last member",
    "account_trait": "what is said of companies and households",
    "alembic_version": "the version of the tables",
    "alert": "figures of questions, and which member has seen them",
    "api_key": "keys of programs, hashed; named and made by members",
    "appearance": "the name and the colour of the workspace",
    "appearance_picture": "logos",
    "attempt": "counters of signing in, by hashed keys",
    "audit_entry": "names persons by number only; refused otherwise, as it outlives them",
    "audit_head": "a hash",
    "backup_place": "folders of this machine",
    "consent_purpose": "what the firm asks consent for",
    "consent_text": "the words that the firm shows",
    "dashboard": "what members keep of exploring",
    "department": "parts of the firm",
    "desireline_version": "the version of the tables",
    "duplicate_run": "when duplicates were searched for, and how many there were",
    "enrichment_switch": "which fields are enriched",
    "erasure": "numbers that name nobody",
    "event_property": "names of properties; examples are values that five persons share",
    "event_property_kind": "names of properties and their kinds",
    "event_type": "names of types of events",
    "hypothesis": "what members believe, as rules and numbers",
    "import_file": "files that wait to be imported; they go within a day, and their names",
    "import_run": "what files were imported: their names and hashes",
    "improvement": "what members do about opportunities",
    "invitation": "members to be; they are people of the firm, and a link ends after its time",
    "log_cursor": "who reads the log how far",
    "log_state": "counters",
    "map": "journey maps that the firm has drawn",
    "map_change": "what members did to drafts of maps",
    "map_comment": "what members say about maps",
    "map_nomination": "pain points that members know",
    "map_nomination_vote": "which members know a pain point too",
    "map_task": "what members shall do about maps",
    "map_vote": "how important members hold touchpoints",
    "map_presence": "which members are at a draft",
    "map_version": "journey maps that the firm has drawn",
    "member": "people of the firm with access; what they may ask is docs/team.md's",
    "member_department": "who of the firm belongs to which part of it",
    "oidc_link": "which account of a provider is which member",
    "oidc_provider": "where members may sign in",
    "opportunity": "what members hold worth mending",
    "passkey": "public keys of members",
    "plan": "how the firm comes to make its maps, and who of it does",
    "question": "what members keep of exploring",
    "recovery_code": "hashed codes of members",
    "persona": "types of customers, described by the firm",
    "restored_from": "numbers of workspaces",
    "retention": "types of events and periods",
    "saved_mapping": "what the columns of files mean",
    "segment": "the catalogue of files; the files are read event by event",
    "sign_in": "sessions of members; networks, never addresses",
    "sign_in_step": "what a member's sign-in has begun; it ends after minutes",
    "source": "who sends events, and the hash of their key",
    "source_day": "counters of sources",
    "source_seen": "counters of sources",
    "target": "figures of questions",
    "tombstone": "keyed hashes, which name nobody",
    "tombstone_key": "a random number",
    "trait_field": "names of traits",
    "workspace_secret": "random bytes",
    "workspace_state": "the workspace's own id",
}
"""Tables with columns of text that hold nothing about a person, and why. A test asks for each table
that no foreign key leads from to a subject, that it stands here or is looked through."""

OF_PERSONS = ("subject", "subject_id", "person", "person_id")
"""Names of columns that may hold the number of a person."""


def personal_tables() -> list[Table]:
    """The tables whose rows belong to somebody: a foreign key leads to a subject, or by others."""
    found: dict[str, Table] = {}
    for table in metadata.sorted_tables:  # what a key refers to comes before
        if any(key.column.table in (subject, *found.values()) for key in table.foreign_keys):
            found[str(table.name)] = table
    return [table for table in found.values() if table is not subject]


def rows_about(
    look: Connection, table: Table, subjects: Sequence[int]
) -> Iterator[Mapping[str, Any]]:
    """The rows of a personal table that are about somebody, in the order of its key."""
    query = select(table).where(_about(table, subjects)).order_by(*table.primary_key.columns)
    result = look.execution_options(yield_per=AT_ONCE).execute(query)
    yield from (dict(row) for row in result.mappings())


def rows_numbered(
    look: Connection, table: Table, numbers: Collection[int]
) -> Iterator[Mapping[str, Any]]:
    """The rows of a table that is looked through, by their ids."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), AT_ONCE):
        some = table.c.id.in_(wanted[start : start + AT_ONCE])
        query = select(table).where(some).order_by(table.c.id)
        yield from (dict(row) for row in look.execute(query).mappings())


def unexplained() -> list[str]:
    """Tables in which something about a person may stand unseen: there must be none.

    Those with text, or with a column called as if it held a person's number, from which no foreign
    key leads to a subject, and which are not explained.
    """
    told = {subject, event, *LOOKED_THROUGH, *personal_tables()}
    return [
        str(table.name)
        for table in metadata.sorted_tables
        if table not in told and table.name not in NOT_PERSONAL and any(map(_may_tell, table.c))
    ]


def _may_tell(column: Column[Any]) -> bool:
    return column.type.python_type in (str, bytes, dict, list) or column.name in OF_PERSONS


def _about(table: Table, subjects: Sequence[int]) -> ColumnElement[bool]:
    conditions = []
    personal = personal_tables()
    for key in table.foreign_keys:
        if key.column.table is subject:
            conditions.append(key.parent.in_(subjects))
        elif key.column.table in personal and key.column.table is not table:
            parents = select(key.column).where(_about(key.column.table, subjects))
            conditions.append(key.parent.in_(parents))
    return or_(*conditions)
