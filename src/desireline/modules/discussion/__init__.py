"""What people say about maps: comments, tasks, votes on moments of truth, nominated pain points."""

from __future__ import annotations

from desireline.modules.discussion.routes import routes
from desireline.modules.discussion.service import Discussion
from desireline.modules.discussion.tables import comment, nomination, nomination_vote, task, vote
from desireline.modules.module import Module

discussion = Module(
    name="discussion",
    tables=(comment, task, vote, nomination, nomination_vote),
    routes=routes,
    service=Discussion,
)
