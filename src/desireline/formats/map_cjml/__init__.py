"""Journey maps as CJML 2.0, the Customer Journey Modeling Language (https://cjml.no)."""

from desireline.formats.map_cjml.reading import CjmlUnreadable, loads
from desireline.formats.map_cjml.writing import dumps

__all__ = ["CjmlUnreadable", "dumps", "loads"]
