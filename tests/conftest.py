"""Settings that hold for every test."""

from hypothesis import settings

# The first call of a kernel compiles it, which no deadline should count.
settings.register_profile("desireline", deadline=None)
settings.load_profile("desireline")
