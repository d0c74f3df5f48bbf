"""Keeps out what browsers send with Sec-GPC or DNT, for sources that refuse it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from desireline.log.drafting import COLUMNS, Draft
from desireline.log.rejecting import Reject
from desireline.modules.collect.verdicts import WHOLE_BODY
from desireline.modules.collect.visitors import Visitor
from desireline.modules.consent.facade import DECISIONS
from desireline.modules.sources.facade import Source

TYPE = COLUMNS.index("type")
OPTED_OUT = Reject(
    "tracking_opted_out",
    "The browser says by Sec-GPC or DNT that its owner does not want to be followed, and the source"
    " refuses such events: nothing of it is kept.",
    "There is nothing to do, and nothing to replay. `desireline source signals NAME mark` keeps and"
    " marks such events.",
    b"",
)
"""The same for all, and with no bytes: nothing of what came touches the disk."""


def is_refused(source: Source | None, visitor: Visitor) -> bool:
    """Whether the source takes nothing of this visitor."""
    return visitor.refuses and source is not None and source.refuses_opted_out


def without_opted_out(read: Callable[[], Sequence[Draft | Reject]]) -> list[Draft | Reject]:
    """What a request of an opted-out browser may bring all the same: what its owner decided."""
    return [_kept(item) for item in read()]


def _kept(item: Draft | Reject) -> Draft | Reject:
    if isinstance(item, Draft):
        return item if item.columns[TYPE] in DECISIONS else OPTED_OUT
    return replace(item, body=b"") if item.code in WHOLE_BODY else OPTED_OUT
