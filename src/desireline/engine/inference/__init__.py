"""Statistics that several analyses share: what like journeys are, and what follows from them."""
