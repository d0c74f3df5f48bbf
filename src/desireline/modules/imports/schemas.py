"""The wire shapes of imports and mappings."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.formats.mapping import Mapping
from desireline.formats.mapping.files import plain
from desireline.modules.imports.errors import told
from desireline.modules.imports.repository import FileRow, MappingRow
from desireline.modules.imports.suggestions import Looked

Document = Annotated[
    dict[str, Any], Field(description="A mapping: docs/schemas/mapping.schema.json.")
]


class Told(BaseModel):
    """What a file means: a mapping, the name of a saved one, or nothing: as is suggested."""

    model_config = ConfigDict(extra="forbid")

    mapping: Document | None = None
    saved: Annotated[str | None, Field(description="The name of a saved mapping.")] = None


class Wish(BaseModel):
    """What is to be done with an upload, in the query."""

    start: Annotated[bool, Field(description="Start it at once, as is suggested.")] = False
    saved: Annotated[
        str | None, Field(max_length=64, description="Start it with this saved mapping.")
    ] = None
    name: Annotated[
        str, Field(max_length=1_000, description="Of the file, where the body is the file.")
    ] = ""


class Problem(BaseModel):
    """What has to be said or mended first."""

    sentence: str
    hint: str
    code: Annotated[str, Field(description="Its name for programs; empty of old imports.")] = ""
    values: Annotated[
        dict[str, str | int], Field(description="For the sentence in another language.")
    ] = {}


class ReasonTold(BaseModel):
    """Why a column serves a role."""

    role: str
    column: str
    why: str


class SuggestionTold(BaseModel):
    """What a file seems to mean."""

    form: str
    signature: Annotated[str, Field(description="The same for files with the same columns.")]
    columns: Annotated[dict[str, list[str]], Field(description="First values of each column.")]
    mapping: Document
    saved: Annotated[str, Field(description="The saved mapping that this is; else empty.")]
    reasons: list[ReasonTold]
    notes: list[str]
    events: Annotated[list[dict[str, Any]], Field(description="The first rows as events.")]
    set_aside: Annotated[list[str], Field(description="Of the first rows those set aside.")]
    problem: Problem | None

    @classmethod
    def of(cls, looked: Looked) -> SuggestionTold:
        """The wire shape."""
        found = looked.suggestion
        wrong = found.problem
        return cls(
            form=found.form,
            signature=found.signature,
            columns=dict(found.columns),
            mapping=plain(found.mapping),
            saved="" if looked.saved is None else looked.saved.name,
            reasons=[ReasonTold(role=r.role, column=r.column, why=r.why) for r in found.reasons],
            notes=[*([looked.why] if looked.why else []), *found.notes],
            events=list(found.events),
            set_aside=list(found.set_aside),
            problem=None if wrong is None else Problem(**told(wrong)),
        )


class Report(BaseModel):
    """What became of the rows of a file: rows = stored + duplicate + failed."""

    rows: int
    stored: int
    duplicate: int
    failed: int
    before: Annotated[bool, Field(description="The very same file was imported before.")]
    resumed: Annotated[int, Field(description="Chunks that an earlier try had done.")]
    reasons: Annotated[dict[str, int], Field(description="Rows set aside, by reason.")]
    columns: Annotated[dict[str, str], Field(description="What each role was read from.")]


class Progress(BaseModel):
    """How far an import is."""

    stage: str
    done: int
    total: Annotated[int, Field(description="0 where it is not known.")]


class ImportState(BaseModel):
    """An uploaded file and its import."""

    id: int
    name: Annotated[str, Field(description="Empty once the file is gone without an import.")]
    bytes: int
    sha256: str
    state: Annotated[
        str,
        Field(
            description="waiting, queued, running, cancelling, done, cancelled, failed, expired."
        ),
    ]
    made_at: str
    started_at: str | None
    ended_at: str | None
    asked_by: str
    progress: Progress
    mapping: Document | None
    problem: Problem | None
    report: Report | None
    same_as: Annotated[
        int | None, Field(description="An import of the very same file that was done before.")
    ] = None

    @classmethod
    def of(cls, row: FileRow, same: FileRow | None = None) -> ImportState:
        """The wire shape."""
        return cls(
            id=row.id,
            name=row.name,
            bytes=row.bytes,
            sha256=row.sha256,
            state=row.state,
            made_at=iso(row.made_at),
            started_at=_iso(row.started_at),
            ended_at=_iso(row.ended_at),
            asked_by=row.asked_by,
            progress=Progress(stage=row.stage, done=row.done, total=row.total),
            mapping=_plain(row.mapping),
            problem=Problem(**_plain(row.problem) or {}) if row.problem else None,
            report=Report(**_plain(row.report) or {}) if row.report else None,
            same_as=None if same is None else same.id,
        )


class ImportList(BaseModel):
    """Imports, the newest first."""

    imports: list[ImportState]
    next: Annotated[int | None, Field(description="As `before` it gives those that follow.")]


class AsideRow(BaseModel):
    """A row that was set aside, whole."""

    id: Annotated[
        int, Field(description="Of the failed event; POST /v1/events/failed/{id}/replay.")
    ]
    reason: str
    event: Annotated[Any, Field(description="The event that it would be.")]


class Aside(BaseModel):
    """What was set aside of a file, and why."""

    reasons: dict[str, int]
    kept: Annotated[int, Field(description="Rows kept whole: at most 10,000 of one file.")]
    rows: Annotated[list[AsideRow], Field(description="The first of them.")]


class NewMapping(BaseModel):
    """A mapping to be kept."""

    model_config = ConfigDict(extra="forbid")

    mapping: Document
    signature: Annotated[
        str, Field(description="Of the file it was made for, as its suggestion says it.")
    ] = ""


class MappingState(BaseModel):
    """A saved mapping."""

    name: str
    version: int
    signature: str
    author: str
    made_at: str
    mapping: Document

    @classmethod
    def of(cls, row: MappingRow, mapping: Mapping) -> MappingState:
        """The wire shape."""
        return cls(
            name=row.name,
            version=row.version,
            signature=row.signature,
            author=row.author,
            made_at=iso(row.made_at),
            mapping=plain(mapping),
        )


class MappingList(BaseModel):
    """The last version of each mapping, by name."""

    mappings: list[MappingState]


def _iso(at: int | None) -> str | None:
    return None if at is None else iso(at)


def _plain(text: str) -> dict[str, Any] | None:
    return msgspec.json.decode(text, type=dict[str, Any]) if text else None
