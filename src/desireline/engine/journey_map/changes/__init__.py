"""Changes of a map as data: the closed set of what an editor can do.

Each has `apply(document) -> document` and `inverse(document) -> change`, so undo is a change like
any other, and `touched(document)`, the places that it writes. The browser applies the same changes
by the same rules; one table of cases holds both to each other (`tests/engine/map_changes`).
"""

from desireline.engine.journey_map.changes.errors import (
    ChangeUnreadable,
    FieldUnknown,
    MapKeyFixed,
    MergedIntoItself,
    PartMissing,
)
from desireline.engine.journey_map.changes.forms import part_forms
from desireline.engine.journey_map.changes.grouped import (
    Add,
    All,
    GrowNote,
    MapChange,
    MergeStages,
    MergeTouchpoints,
    Remove,
    SplitStage,
    SplitTouchpoint,
    together,
)
from desireline.engine.journey_map.changes.places import Place, meeting
from desireline.engine.journey_map.changes.reading import (
    TYPES,
    change_from_dict,
    change_to_dict,
    changes_schema,
)
from desireline.engine.journey_map.changes.single import Change, Move, Replace, Set, SetCell

__all__ = [
    "TYPES",
    "Add",
    "All",
    "Change",
    "ChangeUnreadable",
    "FieldUnknown",
    "GrowNote",
    "MapChange",
    "MapKeyFixed",
    "MergeStages",
    "MergeTouchpoints",
    "MergedIntoItself",
    "Move",
    "PartMissing",
    "Place",
    "Remove",
    "Replace",
    "Set",
    "SetCell",
    "SplitStage",
    "SplitTouchpoint",
    "change_from_dict",
    "change_to_dict",
    "changes_schema",
    "meeting",
    "part_forms",
    "together",
]
