"""The mapping: what the columns of a file mean, as a document that is kept and used again."""

from desireline.formats.mapping.document import Mapping, MappingInvalid
from desireline.formats.mapping.files import mapping_from, mapping_text, read_mapping, write_mapping

__all__ = [
    "Mapping",
    "MappingInvalid",
    "mapping_from",
    "mapping_text",
    "read_mapping",
    "write_mapping",
]
