"""What people keep of their exploring: questions, dashboards, targets, and alerts."""

from __future__ import annotations

from desireline.modules.boards.documents import columns_of_questions
from desireline.modules.boards.routes import routes
from desireline.modules.boards.service import Boards
from desireline.modules.boards.tables import alert, dashboard, question, target
from desireline.modules.boards.watching import look_at_targets
from desireline.modules.module import Module

boards = Module(
    name="boards",
    tables=(question, dashboard, target, alert),
    routes=routes,
    service=Boards,
    columns=columns_of_questions,
    watches={"targets": look_at_targets},
)
