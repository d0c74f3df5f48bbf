"""Rules and path patterns: typed predicates over events, and where they hold."""

from desireline.engine.rules.ast import (
    Actor,
    AllOf,
    AnyOf,
    Channel,
    Count,
    Direction,
    Event,
    Not,
    Pattern,
    Property,
    Rule,
    Sequence,
    Step,
    TimeOfDay,
    Trait,
    Value,
)
from desireline.engine.rules.errors import PatternTooLarge, PatternUnreadable, RuleUnreadable
from desireline.engine.rules.language import parse
from desireline.engine.rules.matching import event_table, holds_for_journey, matches
from desireline.engine.rules.names import columns_of, traits_of, unknown_names
from desireline.engine.rules.printing import to_text
from desireline.engine.rules.reading import from_dict, schema, to_dict
from desireline.engine.rules.words import in_words

__all__ = [
    "Actor",
    "AllOf",
    "AnyOf",
    "Channel",
    "Count",
    "Direction",
    "Event",
    "Not",
    "Pattern",
    "PatternTooLarge",
    "PatternUnreadable",
    "Property",
    "Rule",
    "RuleUnreadable",
    "Sequence",
    "Step",
    "TimeOfDay",
    "Trait",
    "Value",
    "columns_of",
    "event_table",
    "from_dict",
    "holds_for_journey",
    "in_words",
    "matches",
    "parse",
    "schema",
    "to_dict",
    "to_text",
    "traits_of",
    "unknown_names",
]
