"""The questions that can be asked of two groups."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from desireline.modules.explore.kinds.funnel import FunnelCell, FunnelQuestion
from desireline.modules.explore.kinds.paths import PathsQuestion
from desireline.modules.explore.kinds.positions import PositionsQuestion
from desireline.modules.explore.kinds.retention import RetentionCell, RetentionQuestion
from desireline.modules.explore.kinds.touchpoints import TouchpointCell, TouchpointsQuestion
from desireline.modules.explore.kinds.transitions import TransitionCell, TransitionsQuestion
from desireline.modules.explore.kinds.variants import VariantCell, VariantsQuestion

Plain: TypeAlias = (
    TransitionsQuestion
    | VariantsQuestion
    | FunnelQuestion
    | PathsQuestion
    | TouchpointsQuestion
    | PositionsQuestion
    | RetentionQuestion
)
ComparableQuestion: TypeAlias = Annotated[Plain, Field(discriminator="analysis")]
ComparableCell: TypeAlias = (
    TransitionCell | VariantCell | FunnelCell | TouchpointCell | RetentionCell
)
