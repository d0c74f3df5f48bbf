"""Measures Desireline against its peers; not part of the package that ships."""
