"""Journey maps as YAML files that people can read, write and keep in git."""

from desireline.formats.map_yaml.errors import MapFileUnreadable
from desireline.formats.map_yaml.files import dumps, loads, read_map, write_map

__all__ = ["MapFileUnreadable", "dumps", "loads", "read_map", "write_map"]
