"""The analyses over HTTP, a file each: one entry in `KINDS` makes an analysis known here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Field

from desireline.modules.explore.documents import Question
from desireline.modules.explore.kinds.compare import CompareQuestion
from desireline.modules.explore.kinds.conformance import CONFORMANCE, ConformanceQuestion
from desireline.modules.explore.kinds.endings import ENDINGS, EndingsQuestion
from desireline.modules.explore.kinds.funnel import FUNNEL
from desireline.modules.explore.kinds.kind import Kind
from desireline.modules.explore.kinds.moments import MOMENTS, MomentsQuestion
from desireline.modules.explore.kinds.pains import PAINS, PainsQuestion
from desireline.modules.explore.kinds.paths import PATHS
from desireline.modules.explore.kinds.positions import POSITIONS
from desireline.modules.explore.kinds.questions import Plain
from desireline.modules.explore.kinds.retention import RETENTION
from desireline.modules.explore.kinds.touchpoints import TOUCHPOINTS
from desireline.modules.explore.kinds.transitions import TRANSITIONS
from desireline.modules.explore.kinds.variants import VARIANTS

KINDS: tuple[Kind, ...] = (
    TRANSITIONS,
    VARIANTS,
    FUNNEL,
    PATHS,
    TOUCHPOINTS,
    POSITIONS,
    RETENTION,
    CONFORMANCE,
    ENDINGS,
    MOMENTS,
    PAINS,
)
KIND_OF: Mapping[type[Question], Kind] = {kind.question: kind for kind in KINDS}

KeepableQuestion: TypeAlias = Annotated[Plain | CompareQuestion, Field(discriminator="analysis")]
"""What can be kept and put on a dashboard. What is found on a map has pages of its own there."""
AnyQuestion: TypeAlias = Annotated[
    Plain
    | CompareQuestion
    | ConformanceQuestion
    | EndingsQuestion
    | MomentsQuestion
    | PainsQuestion,
    Field(discriminator="analysis"),
]
"""Any question, by its `analysis`."""
